"""The benefits of one's unions: drafting, publishing, adding, calling off."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.benefits import services
from niangjia.benefits.forms.benefits import (
    BenefitForm,
    ClosingForm,
    CountForm,
    ReasonForm,
    as_typed,
    first_draft,
)
from niangjia.benefits.forms.sharing import ReachForm, ShareForm
from niangjia.benefits.models import Benefit, BenefitState
from niangjia.benefits.rules import claiming
from niangjia.benefits.selectors import benefits as selectors
from niangjia.benefits.selectors.books import list_handed_out, read_figures
from niangjia.benefits.selectors.merchants import list_merchants_for
from niangjia.benefits.selectors.sharing import list_also, list_shares
from niangjia.benefits.services.drafting import unpacked
from niangjia.benefits.views.desk.charts import chart_of_supply
from niangjia.core import clock, refusals
from niangjia.core.errors import Invalid
from niangjia.core.pagination import page_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import access_acting_post, holding
from niangjia.members.selectors.unions_within_reach import (
    access_union_within,
    find_named_union_within,
)
from niangjia.organisations.models import Union

GIVE = Action.GIVE_BENEFITS


@require_GET
@officer_page(GIVE)
def benefits(request: OfficerRequest) -> HttpResponse:
    """Drafts and all that was published within reach."""
    state = request.GET.get("state", "")
    found = selectors.list_benefits_within(
        request.posts, state if state in BenefitState.values else ""
    )
    page = page_of(found, order=("-id",), cursor=request.GET.get("cursor"))
    now = clock.now()
    context = {
        "page": page,
        "rows": [
            (each, claiming.said(each.pool, now) if each.pool else None) for each in page.items
        ],
        "state": state,
        "states": BenefitState,
        "unions": [post.union for post in holding(request.posts, GIVE)],
        "here": "benefits",
    }
    return render(request, "benefits/desk/benefits.html", context)


@require_http_methods(["GET", "POST"])
@officer_page(GIVE)
def draft(request: OfficerRequest, union: str) -> HttpResponse:
    """A new one."""
    where = access_union_within(request.posts, GIVE, union)
    form = form_for(request, where, initial=first_draft(clock.now()))
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            draft = form.draft(reach_of(request, form))
            made = services.draft_benefit(
                by=post_at(request, where), union=where, draft=draft, now=clock.now()
            )
            messages.success(request, _("Saved as a draft. Look at it, then publish it."))
            return redirect("benefits:desk_benefit", made.number)
    return show_form(request, where, form, None)


@require_http_methods(["GET", "POST"])
@officer_page(GIVE)
def change(request: OfficerRequest, number: str) -> HttpResponse:
    """Another draft in the place of this one."""
    found = selectors.access_benefit_within(request.posts, number)
    form = form_for(request, found.union, initial=as_typed(found))
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            services.change_draft(
                by=post_at(request, found.union),
                benefit=found,
                draft=form.draft(reach_of(request, form)),
                now=clock.now(),
            )
            return redirect("benefits:desk_benefit", number)
    return show_form(request, found.union, form, found)


def reach_of(request: OfficerRequest, form: BenefitForm) -> Union | None:
    """The union below whose members alone can have it. Raises `Invalid` on `reach`."""
    named = form.cleaned_data["reach"]
    found = find_named_union_within(request.posts, GIVE, named) if named else None
    if named and found is None:
        problem = _("Within your reach there is no one union of this name.")
        raise Invalid(problem, fields={"reach": problem})
    return found


def form_for(request: OfficerRequest, union: Union, initial: dict[str, Any]) -> BenefitForm:
    return BenefitForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        union=union,
        budgets=list(selectors.list_budgets_of(union)[:50]),
        merchants=list_merchants_for(union),
    )


def show_form(
    request: OfficerRequest, union: Union, form: BenefitForm, found: Benefit | None
) -> HttpResponse:
    context = {"union": union, "form": form, "benefit": found, "here": "benefits"}
    status = 422 if form.errors else 200
    return render(request, "benefits/desk/draft.html", context, status=status)


@require_GET
@officer_page(GIVE)
def benefit(request: OfficerRequest, number: str) -> HttpResponse:
    """One benefit: what it is, what became of it, what can be done now."""
    return show(request, selectors.access_benefit_within(request.posts, number))


def show(
    request: OfficerRequest, found: Benefit, wrong: dict[str, forms.Form] | None = None
) -> HttpResponse:
    wrong = wrong or {}
    shares, also = list_shares(found), list_also(found.pool)
    context = {
        "benefit": found,
        "chart": chart_of_supply(found, shares),
        "stage": claiming.said(found.pool, clock.now()) if found.pool else None,
        "conditions": claiming.conditions(found.pool or unpacked(found.draft), also),
        "figures": read_figures(found),
        "handed_out": list_handed_out(found) if found.is_piece else [],
        "publication": wrong.get("publication", forms.Form()),
        "supply": wrong.get("supply", CountForm()),
        "closing": wrong.get("closing", forms.Form()),
        "longer": wrong.get("longer", ClosingForm()),
        "now": clock.now(),
        "cancellation": wrong.get("cancellation", ReasonForm()),
        "sharing": wrong.get("sharing", ShareForm()),
        "shares": shares,
        "reaching": wrong.get("reaching", ReachForm()),
        "also": also,
        "here": "benefits",
    }
    return render(request, "benefits/desk/benefit.html", context, status=422 if wrong else 200)


def act(
    request: OfficerRequest,
    found: Benefit,
    name: str,
    form: forms.Form,
    do: Callable[[dict[str, Any]], object],
    said: str,
) -> HttpResponse:
    """Do what the form called `name` says, or show the page again with what is wrong in it."""
    to = reverse("benefits:desk_benefit", args=[found.number])
    again = partial(show, request, found, {name: form})
    return refusals.act(request, form, do, to=to, said=said, again=again)


@require_POST
@officer_page(GIVE)
def publication(request: OfficerRequest, number: str) -> HttpResponse:
    """Set its cost aside and open it."""
    found = selectors.access_benefit_within(request.posts, number)

    def publish(_given: dict[str, Any]) -> None:
        by = post_at(request, found.union)
        services.publish_benefit(by=by, benefit=found, now=clock.now())

    said = _("Published. Its cost has been set aside.")
    return act(request, found, "publication", forms.Form(request.POST), publish, said)


@require_POST
@officer_page(GIVE)
def supply(request: OfficerRequest, number: str) -> HttpResponse:
    """So many more, from the same budget."""
    found = selectors.access_benefit_within(request.posts, number)

    def add(given: dict[str, Any]) -> None:
        by = post_at(request, found.union)
        services.add_to_benefit(by=by, benefit=found, now=clock.now(), **given)

    said = _("There are more now; whoever waits is offered them.")
    return act(request, found, "supply", CountForm(request.POST), add, said)


@require_POST
@officer_page(GIVE)
def closing(request: OfficerRequest, number: str) -> HttpResponse:
    """Nobody can have it from now on."""
    found = selectors.access_benefit_within(request.posts, number)

    def close(_given: dict[str, Any]) -> None:
        services.close_sign_up(by=post_at(request, found.union), benefit=found, now=clock.now())

    said = _("Closed. Whoever has one keeps it.")
    return act(request, found, "closing", forms.Form(request.POST), close, said)


@require_POST
@officer_page(GIVE)
def longer(request: OfficerRequest, number: str) -> HttpResponse:
    """It can be had until another moment."""
    found = selectors.access_benefit_within(request.posts, number)

    def extend(given: dict[str, Any]) -> None:
        by = post_at(request, found.union)
        services.move_closing(by=by, benefit=found, now=clock.now(), **given)

    said = _("It can be had until then.")
    return act(request, found, "longer", ClosingForm(request.POST), extend, said)


@require_POST
@officer_page(GIVE)
def cancellation(request: OfficerRequest, number: str) -> HttpResponse:
    """Call it off, with the reason."""
    found = selectors.access_benefit_within(request.posts, number)

    def call_off(given: dict[str, Any]) -> None:
        by = post_at(request, found.union)
        services.cancel_benefit(by=by, benefit=found, now=clock.now(), **given)

    said = _("Called off. Everybody who has one is being told.")
    return act(request, found, "cancellation", ReasonForm(request.POST), call_off, said)


def post_at(request: OfficerRequest, union: Union) -> Post:
    """The post with which one acts at `union`. Raises `NotFound`."""
    return access_acting_post(request.posts, GIVE, union.path)
