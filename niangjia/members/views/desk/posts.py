"""Who holds which post, appointing and ending."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from niangjia.core import clock, refusals
from niangjia.core.errors import Conflict, NotFound
from niangjia.members import services
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.forms.posts import AppointmentForm
from niangjia.members.models import Post, Reach, Role
from niangjia.members.rules import Action, permissions
from niangjia.members.selectors.posts import access_post, holding, list_posts_at
from niangjia.members.selectors.unions_within_reach import access_union_within
from niangjia.organisations.models import Union

APPOINTS = Action.APPOINT_POSTS


@require_GET
@officer_page(APPOINTS)
def posts(request: OfficerRequest) -> HttpResponse:
    """The posts at the highest union where one may appoint."""
    return redirect("members:union_posts", holding(request.posts, APPOINTS)[0].union.number)


@require_http_methods(["GET", "POST"])
@officer_page(APPOINTS)
def union_posts(request: OfficerRequest, number: str) -> HttpResponse:
    """Everyone with a post at this union, and a form to appoint another."""
    union = access_union_within(request.posts, APPOINTS, number)
    form = AppointmentForm(request.POST or None, roles=roles_for(request.posts, union))
    if form.is_valid():
        with refusals.beside(form):
            appoint(request, union, form)
            return redirect("members:union_posts", union.number)
    return render(
        request,
        "members/desk/posts.html",
        {"union": union, "held": list_posts_at(union), "form": form, "now": clock.now()},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@officer_page(APPOINTS)
def post_ending(request: OfficerRequest, post_id: str) -> HttpResponse:
    """Ask once more, then end the post."""
    found = access_post(request.posts, post_id)
    problem = None
    if request.method == "POST":
        try:
            services.end_post(by=request.user, post_id=found.pk, now=clock.now())
        except NotFound:
            problem = _("Only the union above may end this post.")
        except Conflict as error:
            problem = str(error.message)
        else:
            messages.success(request, _("The post is ended. It gives no access any more."))
            return redirect("members:union_posts", found.union.number)
    return render(
        request,
        "members/desk/post_ending.html",
        {"post": found, "problem": problem},
        status=409 if problem else 200,
    )


def roles_for(held: list[Post], union: Union) -> list[Role]:
    """The roles one may appoint to at `union`, in the order of the table."""
    offered: set[Role] = set()
    for post in holding(held, APPOINTS):
        if post.scope.covers(union.path):
            offered |= permissions.appointable(post.role, from_above=post.union.path != union.path)
    return [role for role in Role if role in offered]


def appoint(request: OfficerRequest, union: Union, form: AppointmentForm) -> None:
    """Appoint whoever signs in with this number. A number that nobody signs in with gets the same
    friendly answer as one that does: the page never says who has an account (promise 15)."""
    services.appoint_by_phone(
        by=request.user,
        phone=form.cleaned_data["phone"],
        union=union,
        role=Role(form.cleaned_data["role"]),
        reach=Reach(form.cleaned_data["reach"]),
        now=clock.now(),
    )
    messages.success(
        request,
        _(
            "If this number has signed in here before, the post is theirs from now on. If it does "
            "not show below, ask them to sign in once and appoint them again."
        ),
    )
