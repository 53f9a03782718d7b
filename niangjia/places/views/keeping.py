"""The keeper's pages, on a phone: open today, shut today, what is in the cupboard."""

import datetime as dt

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.core import clock, refusals
from niangjia.core.errors import DomainError, NotFound
from niangjia.members.doors import signed_in
from niangjia.places import services
from niangjia.places.forms.hours import ShutForm
from niangjia.places.forms.keeping import EndingForm, NextCheckForm, SupplyForm, TickForm
from niangjia.places.models import Place
from niangjia.places.rules import facilities, supplies
from niangjia.places.selectors import keeping as selectors


@never_cache
@login_required
@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """What one keeps; the only one at once."""
    found = selectors.list_kept(signed_in(request))
    if len(found) == 1:
        return redirect("places:keep", found[0].place.code)
    return render(request, "places/keeping/list.html", {"kept": found})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A link to a place: which, and yes."""
    found = selectors.find_invitation(token)
    if found is None:
        raise NotFound(_("There is no such page"))
    refused = ""
    if request.method == "POST":
        try:
            keeper = services.accept_keeping(by=signed_in(request), token=token, now=clock.now())
        except DomainError as refusal:
            refused = str(refusal.message)
        else:
            messages.success(request, _("You keep this place now. Thank you."))
            return redirect("places:keep", keeper.place.code)
    context = {"invitation": found, "refused": refused}
    return render(
        request, "places/keeping/invitation.html", context, status=409 if refused else 200
    )


@never_cache
@login_required
@require_GET
def keep(request: HttpRequest, code: str) -> HttpResponse:
    """One place on one screen."""
    return show(request, selectors.access_kept(signed_in(request), code))


def show(request: HttpRequest, place: Place, wrong: forms.Form | None = None) -> HttpResponse:
    """The page, also with what was refused."""
    now = clock.now()
    today = now.astimezone(clock.CHINA).date()
    overrides = selectors.list_overrides(place, now)
    context = {
        "place": place,
        "today": selectors.find_today(place, now),
        "date": today,
        "tomorrow": today + dt.timedelta(days=1),
        "days": selectors.preview(place.hours, place.division, overrides, now=now)[:7],
        "overrides": overrides,
        "facilities": facilities.named(place.facilities),
        "supplies": [
            {"supply": each, "state": supplies.state_of(each, today)}
            for each in selectors.list_supplies(place)
        ],
        "supply_form": wrong if isinstance(wrong, SupplyForm) else SupplyForm(place=place),
        "ending": EndingForm(),
        "next_check": NextCheckForm(),
        "shut": wrong if isinstance(wrong, ShutForm) else shut_form(today),
        "wrong": wrong,
    }
    return render(request, "places/keeping/place.html", context, status=422 if wrong else 200)


def shut_form(today: dt.date) -> ShutForm:
    return ShutForm(initial={"first_date": today, "last_date": today})


@require_POST
@login_required
def tick(request: HttpRequest, code: str) -> HttpResponse:
    """Open today, with what is missing."""
    account = signed_in(request)
    place = selectors.access_kept(account, code)
    form = TickForm(request.POST, place=place)
    if form.is_valid():
        with refusals.beside(form):
            lacking = form.cleaned_data["lacking"]
            services.tick_opening(by=account, place=place, lacking=lacking, now=clock.now())
            messages.success(request, _("Thank you. Everybody sees that it is open."))
            return redirect("places:keep", code)
    return show(request, place, form)


@require_POST
@login_required
def shut(request: HttpRequest, code: str) -> HttpResponse:
    """Shut, or otherwise open, on some days."""
    account = signed_in(request)
    place = selectors.access_kept(account, code)
    form = ShutForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        with refusals.beside(form, hours="ends"):
            services.shut_for_days(
                by=account,
                place=place,
                first_date=data["first_date"],
                last_date=data["last_date"],
                hours=form.hours(),
                reason=data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("Saved; it counts from now on."))
            return redirect("places:keep", code)
    return show(request, place, form)


@require_POST
@login_required
def reopen(request: HttpRequest, override_id: str) -> HttpResponse:
    """The usual hours count again."""
    account = signed_in(request)
    override = selectors.access_kept_override(account, override_id)
    services.open_again(by=account, override=override, now=clock.now())
    return redirect("places:keep", override.place.code)


@require_POST
@login_required
def supply(request: HttpRequest, code: str) -> HttpResponse:
    """Something came in."""
    account = signed_in(request)
    place = selectors.access_kept(account, code)
    form = SupplyForm(request.POST, place=place)
    if form.is_valid():
        with refusals.beside(form):
            services.add_supply(by=account, place=place, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("It is on the list."))
            return redirect("places:keep", code)
    return show(request, place, form)


@require_POST
@login_required
def ending(request: HttpRequest, supply_id: str) -> HttpResponse:
    """It is used up, broken, thrown away; or was checked and works."""
    account = signed_in(request)
    found = selectors.access_kept_supply(account, supply_id)
    with refusals.told(request):
        if "checked" in request.POST:
            form = NextCheckForm(request.POST)
            day = form.cleaned_data.get("next_date") if form.is_valid() else None
            services.check_supply(by=account, supply=found, next_date=day, now=clock.now())
        else:
            ending = request.POST.get("ending", "")
            services.end_supply(by=account, supply=found, ending=ending, now=clock.now())
    return redirect("places:keep", found.place.code)
