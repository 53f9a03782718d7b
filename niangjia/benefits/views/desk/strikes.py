"""Striking redemptions: proposing, confirming or not, and answering what a merchant objects."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.benefits import services
from niangjia.benefits.forms.strikes import DropForm, ObjectionAnswerForm, StrikeForm
from niangjia.benefits.models import Strike, StrikeState
from niangjia.benefits.selectors import strikes as selectors
from niangjia.core import clock, refusals
from niangjia.core.pagination import page_of
from niangjia.members.doors import OfficerRequest, officer_page, signed_in
from niangjia.members.models import Post
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import access_acting_post

GIVE = Action.GIVE_BENEFITS


@never_cache
@require_GET
@officer_page(GIVE)
def strikes(request: OfficerRequest) -> HttpResponse:
    """All within reach, by where they stand."""
    state = request.GET.get("state", "")
    page = page_of(
        selectors.list_strikes_within(request.posts, state if state in StrikeState.values else ""),
        order=("-id",),
        cursor=request.GET.get("cursor"),
    )
    context = {"page": page, "state": state, "states": StrikeState, "here": "strikes"}
    return render(request, "benefits/desk/strikes.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@officer_page(GIVE)
def propose(request: OfficerRequest, sale_id: str) -> HttpResponse:
    """That a redemption is struck; another person confirms it."""
    sale = selectors.access_redemption_within(request.posts, sale_id)
    form = StrikeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            made = services.propose_strike(
                by=access_acting_post(request.posts, GIVE, sale.coupon.benefit.union.path),
                redemption=sale,
                now=clock.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("Proposed. Somebody else confirms it, or not."))
            return redirect("benefits:strike", made.pk)
    context = {"sale": sale, "form": form, "here": "strikes"}
    status = 422 if form.errors else 200
    return render(request, "benefits/desk/strike_new.html", context, status=status)


@never_cache
@require_GET
@officer_page(GIVE)
def strike(request: OfficerRequest, strike_id: str) -> HttpResponse:
    """One, and what is to be done about it."""
    return shown(request, selectors.access_strike_within(request.posts, strike_id))


def shown(request: OfficerRequest, found: Strike, **filled: forms.Form) -> HttpResponse:
    """Its page, with a form that needs another look."""
    me = signed_in(request).pk
    context = {
        "strike": found,
        "is_mine": me == found.proposed_by_id,
        "had_a_hand": me in (found.proposed_by_id, found.decided_by_id),
        "confirmation": forms.Form(),
        "drop": DropForm(),
        "answer": ObjectionAnswerForm(),
        "here": "strikes",
    }
    status = 422 if filled else 200
    return render(request, "benefits/desk/strike.html", context | filled, status=status)


def acting(request: OfficerRequest, found: Strike) -> Post:
    """The post with which one acts at the union that pays."""
    path = found.redemption.coupon.benefit.union.path
    return access_acting_post(request.posts, GIVE, path)


@require_POST
@officer_page(GIVE)
def confirm(request: OfficerRequest, strike_id: str) -> HttpResponse:
    """A second person agrees."""
    found = selectors.access_strike_within(request.posts, strike_id)
    form = forms.Form(request.POST)
    with refusals.beside(form):
        services.confirm_strike(by=acting(request, found), strike=found, now=clock.now())
        messages.success(request, _("Struck. The merchant and the coupon's holder are told."))
        return redirect("benefits:strike", strike_id)
    return shown(request, found, confirmation=form)


@require_POST
@officer_page(GIVE)
def drop(request: OfficerRequest, strike_id: str) -> HttpResponse:
    """It is not struck."""
    found = selectors.access_strike_within(request.posts, strike_id)
    form = DropForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            services.drop_strike(
                by=acting(request, found), strike=found, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("It is not struck."))
            return redirect("benefits:strike", strike_id)
    return shown(request, found, drop=form)


@require_POST
@officer_page(GIVE)
def answer(request: OfficerRequest, strike_id: str) -> HttpResponse:
    """A third person answers the merchant."""
    found = selectors.access_strike_within(request.posts, strike_id)
    form = ObjectionAnswerForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            services.answer_objection(
                by=acting(request, found), strike=found, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Answered. The merchant is told."))
            return redirect("benefits:strike", strike_id)
    return shown(request, found, answer=form)
