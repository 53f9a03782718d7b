"""The keeper's pages, on a phone: open today, shut today, what is in the cupboard."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.core import clock, refusals
from niangjia.members.doors import signed_in
from niangjia.members.doors.links import chosen_page, offer_page
from niangjia.places import services
from niangjia.places.forms.hours import ShutForm
from niangjia.places.forms.keeping import EndingForm, NextCheckForm, SupplyForm, TickForm
from niangjia.places.forms.requests import AskingForm, ReceivingForm
from niangjia.places.models import Keeper, Place, Supply
from niangjia.places.rules import facilities, supplies
from niangjia.places.selectors import keeping as selectors
from niangjia.places.selectors.problems import list_to_mend
from niangjia.places.selectors.requests import access_kept_request, list_requests


@never_cache
@login_required
@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """What one keeps; the only one at once."""
    held = selectors.list_kept(signed_in(request))
    return chosen_page(request, "places/keeping/list.html", held, address)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A link to a place: which, and yes."""
    link = selectors.access_invitation(token)

    def take() -> Keeper:
        return services.accept_keeping(by=signed_in(request), token=token, now=clock.now())

    said = _("You keep this place now. Thank you.")
    return offer_page(request, "places/keeping/invitation.html", link, take, address, said=said)


def address(keeper: Keeper) -> str:
    """The page of a place one keeps."""
    return reverse("places:keep", args=[keeper.place.code])


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
        "to_mend": list_to_mend(place, now),
        "has_plate": selectors.find_plate(place) is not None,
        "facilities": facilities.named(place.facilities),
        "supplies": [
            {
                "supply": each,
                "state": supplies.state_of(each, today),
                "check": check_form(each, wrong),
            }
            for each in selectors.list_supplies(place)
        ],
        "requests": [each for each in list_requests(place) if each.is_open],
        "receiving": wrong if isinstance(wrong, ReceivingForm) else ReceivingForm(),
        "asking": AskingForm(place=place),
        "supply_form": wrong if isinstance(wrong, SupplyForm) else SupplyForm(place=place),
        "ending": EndingForm(),
        "shut": wrong if isinstance(wrong, ShutForm) else shut_form(today),
        "wrong": wrong,
    }
    return render(request, "places/keeping/place.html", context, status=422 if wrong else 200)


def check_form(supply: Supply, wrong: forms.Form | None) -> NextCheckForm:
    """The form of its next check, as it was sent if that was refused."""
    if isinstance(wrong, NextCheckForm) and wrong.supply == supply:
        return wrong
    return NextCheckForm(supply=supply)


def shut_form(today: dt.date) -> ShutForm:
    return ShutForm(initial={"first_date": today, "last_date": today})


@require_POST
@login_required
def tick(request: HttpRequest, code: str) -> HttpResponse:
    """Open today, with what is missing."""
    account = signed_in(request)
    place = selectors.access_kept(account, code)
    return act(
        request,
        place,
        TickForm(request.POST, place=place),
        lambda data: services.tick_opening(by=account, place=place, now=clock.now(), **data),
        said=_("Thank you. Everybody sees that it is open."),
    )


def act(
    request: HttpRequest,
    place: Place,
    form: forms.Form,
    do: Callable[[dict[str, Any]], object],
    *,
    said: str,
    **names: str,
) -> HttpResponse:
    """Do what a form of the page says, and back to the page."""
    return refusals.act(
        request,
        form,
        do,
        said=said,
        to=reverse("places:keep", args=[place.code]),
        again=lambda: show(request, place, form),
        names=names,
    )


@require_POST
@login_required
def shut(request: HttpRequest, code: str) -> HttpResponse:
    """Shut, or otherwise open, on some days."""
    account = signed_in(request)
    place = selectors.access_kept(account, code)
    form = ShutForm(request.POST)
    return act(
        request,
        place,
        form,
        lambda data: services.shut_for_days(
            by=account,
            place=place,
            first_date=data["first_date"],
            last_date=data["last_date"],
            hours=form.hours(),
            reason=data["reason"],
            now=clock.now(),
        ),
        said=_("Saved; it counts from now on."),
        hours="ends",
    )


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
    return act(
        request,
        place,
        SupplyForm(request.POST, place=place),
        lambda data: services.add_supply(by=account, place=place, now=clock.now(), **data),
        said=_("It is on the list."),
    )


@require_POST
@login_required
def ending(request: HttpRequest, supply_id: str) -> HttpResponse:
    """It is used up, broken, thrown away; or was checked and works."""
    account = signed_in(request)
    found = selectors.access_kept_supply(account, supply_id)
    if "checked" in request.POST:
        return act(
            request,
            found.place,
            NextCheckForm(request.POST, supply=found),
            lambda data: services.check_supply(by=account, supply=found, now=clock.now(), **data),
            said=_("It is noted; you are reminded before the next check."),
        )
    with refusals.told(request):
        ending = request.POST.get("ending", "")
        services.end_supply(by=account, supply=found, ending=ending, now=clock.now())
    return redirect("places:keep", found.place.code)


@require_POST
@login_required
def receipt(request: HttpRequest, request_id: str) -> HttpResponse:
    """What was asked for has come."""
    account = signed_in(request)
    found = access_kept_request(account, request_id)
    return act(
        request,
        found.place,
        ReceivingForm(request.POST),
        lambda data: services.receive_supplies(by=account, request=found, now=clock.now(), **data),
        said=_("It has arrived; whoever asked has been told."),
    )
