"""补录: entering members of the paper register."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.core import clock, refusals
from niangjia.members import selectors, services
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.forms.paper import PaperMemberForm
from niangjia.members.models import Membership
from niangjia.members.rules import Action
from niangjia.members.rules.applications import is_joinable
from niangjia.members.selectors.posts import holding
from niangjia.members.selectors.unions_within_reach import (
    Choices,
    find_joinable_within,
    find_named_union_within,
    find_union_within,
)
from niangjia.members.views.desk.pickers import union_picker
from niangjia.organisations.models import Union

ENTERS = Action.CHANGE_MEMBERSHIPS


@require_http_methods(["GET", "POST"])
@officer_page(ENTERS)
def paper_member(request: OfficerRequest) -> HttpResponse:
    """Enter somebody; the next one of the same union follows. Whoever is a member elsewhere is told
    how they move here themselves."""
    if request.method == "GET":
        own = suggested_union(request)
        first = {"union": own.name if own else "", "document_type": "resident_id"}
        return page(request, PaperMemberForm(initial=first), union=own)
    if "find" in request.POST:
        return page(request, PaperMemberForm(initial=request.POST.dict()))
    form = PaperMemberForm(request.POST)
    union, tried = None, refusals.beside(form)
    if form.is_valid():
        union = wanted_union(request, form)
        if union is None:
            form.add_error("union", _("Please choose one of the unions below, within your reach."))
    if union is not None:
        with tried:
            membership = enter(request, form, union)
            messages.success(request, entered(membership))
            return redirect(f"{reverse('members:paper_member')}?union={union.number}")
    return page(request, form, union=union, refusal=tried.refusal.code if tried.refusal else None)


def enter(request: OfficerRequest, form: PaperMemberForm, union: Union) -> Membership:
    """The one service this page is for."""
    return services.register_paper_member(
        by=selectors.access_acting_post(request.posts, ENTERS, union.path),
        union=union,
        answers=form.answers(),
        admitted_date=form.cleaned_data["admitted_date"],
        phone=form.cleaned_data["phone"],
        employer_name=form.cleaned_data["employer_name"],
        job=form.cleaned_data["job"],
        now=clock.now(),
    )


def entered(membership: Membership) -> str:
    """What is said once somebody is in the register."""
    return _("%(name)s is in the register of %(union)s with number %(number)s.") % {
        "name": membership.person.name,
        "union": membership.union.name,
        "number": membership.spaced_number,
    }


def wanted_union(request: OfficerRequest, form: PaperMemberForm) -> Union | None:
    """The union that was ticked among what the typed words offer, else the one whose number or
    whole name they are: a tick left over from other words does not count."""
    words, ticked = form.cleaned_data["union"], form.cleaned_data["chosen"]
    offered = find_joinable_within(request.posts, ENTERS, words).unions if ticked else []
    chosen = next((union for union in offered if union.number == ticked), None)
    return chosen or find_named_union_within(request.posts, ENTERS, words)


def suggested_union(request: OfficerRequest) -> Union | None:
    """The union to begin with: the address's, else one's own if it has members itself."""
    if number := request.GET.get("union", ""):
        return find_union_within(request.posts, ENTERS, number)
    own = [post.union for post in holding(request.posts, ENTERS) if is_joinable(post.union)]
    return own[0] if own else None


def page(
    request: OfficerRequest,
    form: PaperMemberForm,
    *,
    union: Union | None = None,
    refusal: str | None = None,
) -> HttpResponse:
    """The form, with what was typed, and the unions it may mean unless one is `union`."""
    words = str(form["union"].value() or "")
    ticked = union.number if union else str(form["chosen"].value() or "")
    choices = Choices([union]) if union else find_joinable_within(request.posts, ENTERS, words)
    return render(
        request,
        "members/desk/paper_member.html",
        {
            "form": form,
            "union": union,
            "picker": union_picker(choices, words=words, ticked=ticked),
            "refusal": refusal,
        },
        status=422 if form.errors else 200,
    )
