"""Changing a union: a new one below, its place in the tree, its end."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from niangjia.core import clock, refusals
from niangjia.members import services
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.forms.unions import FoundingForm, MoveForm
from niangjia.members.models import Post
from niangjia.members.rules import Action
from niangjia.members.selectors.places import access_place
from niangjia.members.selectors.posts import access_acting_post
from niangjia.members.selectors.unions_within_reach import access_union_within, find_union_within
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Kind, Status, Union


@require_http_methods(["GET", "POST"])
@officer_page(Action.FOUND_UNIONS)
def union_founding(request: OfficerRequest, number: str) -> HttpResponse:
    """Found a union right below this one, which approves it."""
    union, by = acting(request, Action.FOUND_UNIONS, number)
    form = FoundingForm(request.POST or None)
    if form.is_valid():
        with refusals.beside(form):
            founded = organisations.create_union(
                name=form.cleaned_data["name"],
                kind=Kind(form.cleaned_data["kind"]),
                parent=union,
                division=access_place(form.cleaned_data["place"], default=union.division),
                status=Status.PREPARING,
                by=by,
                now=clock.now(),
            )
            messages.success(
                request,
                _(
                    "The union is being founded. Appoint its chair, and confirm it once its "
                    "committee is elected."
                ),
            )
            return redirect("members:union_posts", founded.number)
    return page(request, union, form, _("Found a union below"))


@require_http_methods(["GET", "POST"])
@officer_page(Action.MOVE_UNIONS)
def union_move(request: OfficerRequest, number: str) -> HttpResponse:
    """Hang the union, and all below it, below another one within reach."""
    union, by = acting(request, Action.MOVE_UNIONS, number)
    form = MoveForm(request.POST or None)
    if form.is_valid():
        parent = find_union_within(request.posts, Action.FOUND_UNIONS, form.cleaned_data["parent"])
        if parent is None:
            form.add_error("parent", _("There is no such union within your reach."))
        else:
            with refusals.beside(form):
                organisations.move_union(
                    union_id=union.pk, parent_id=parent.pk, by=by, now=clock.now()
                )
                messages.success(request, _("The union and all below it have moved."))
                return redirect("members:desk_union", number)
    return page(request, union, form, _("Move the union"))


@require_http_methods(["GET", "POST"])
@officer_page(Action.MOVE_UNIONS)
def union_dissolution(request: OfficerRequest, number: str) -> HttpResponse:
    """Ask once more, then dissolve; the union above holds the members."""
    union, by = acting(request, Action.MOVE_UNIONS, number)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals.beside(form):
            services.dissolve_union_and_hold_members(by=by, union=union, now=clock.now())
            messages.success(
                request, _("The union is dissolved. The union above holds its members.")
            )
            return redirect("members:tree")
    return page(request, union, form, _("Dissolve the union"))


def acting(request: OfficerRequest, action: Action, number: str) -> tuple[Union, Post]:
    """The union and the post that acts on it, or `NotFound`."""
    union = access_union_within(request.posts, action, number)
    return union, access_acting_post(request.posts, action, union.path)


def page(request: OfficerRequest, union: Union, form: Form, heading: str) -> HttpResponse:
    """One form about one union."""
    return render(
        request,
        "members/desk/union_form.html",
        {
            "union": union,
            "form": form,
            "heading": heading,
            "dissolves": not form.fields,
        },
        status=422 if form.errors else 200,
    )
