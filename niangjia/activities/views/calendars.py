"""Calendars for other programs, and the page where one gives out the address of one's own."""

import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.activities.models import Session
from niangjia.activities.rules import calendars as rules
from niangjia.activities.rules import programmes
from niangjia.activities.rules.calendars import CANCELLED, CONFIRMED, TENTATIVE, Entry
from niangjia.activities.selectors import calendars as selectors
from niangjia.activities.services import calendars as services
from niangjia.allocation.models import ClaimState
from niangjia.core import clock
from niangjia.core.errors import NotFound
from niangjia.members.doors import signed_in, visitor_or_account
from niangjia.organisations import selectors as organisations

TYPE = "text/calendar; charset=utf-8"


def answer(name: str, entries: Iterable[Entry], file: str) -> HttpResponse:
    """A calendar as a file."""
    headers = {"Content-Disposition": f'inline; filename="{file}.ics"'}
    return HttpResponse(rules.calendar(name, entries), content_type=TYPE, headers=headers)


def public_entries(request: HttpRequest, sessions: Iterable[Session]) -> list[Entry]:
    """Sessions that lead to the pages of their activities."""
    return [
        Entry(
            each,
            request.build_absolute_uri(
                reverse("activities:activity", args=[each.run.activity.number])
            ),
            rules.status_of(each),
        )
        for each in sessions
    ]


@require_safe
@cache_control(private=True, max_age=300)
def own(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody signed up for, for whoever knows the address: their calendar. Four queries."""
    account = selectors.access_calendar(token)
    entries = []
    for session, sign_up in selectors.list_own_sessions(account, now=clock.now()):
        url = request.build_absolute_uri(reverse("activities:ticket", args=[sign_up.pk]))
        states = {ClaimState.CONFIRMED: CONFIRMED, ClaimState.CANCELLED: CANCELLED}
        status = states.get(ClaimState(sign_up.claim.state), TENTATIVE)
        if rules.status_of(session) == CANCELLED:
            status = CANCELLED
        entries.append(Entry(session, url, status))
    return answer(_("My union activities"), entries, "mine")


@require_safe
@cache_control(public=True, max_age=300)
def union(request: HttpRequest, number: str) -> HttpResponse:
    """What a union and those below it put on, for everybody."""
    found = organisations.access_union_by_number(number)
    sessions = selectors.list_union_sessions(found, now=clock.now())
    return answer(found.name, public_entries(request, sessions), f"union-{found.number}")


@require_safe
@cache_control(public=True, max_age=300)
def programme(request: HttpRequest, key: str) -> HttpResponse:
    """What is on under a programme, for everybody."""
    found = programmes.BY_KEY.get(key)
    if found is None:
        raise NotFound(_("There is no such page"))
    sessions = selectors.list_programme_sessions(key, now=clock.now())
    return answer(str(found.name), public_entries(request, sessions), key)


@require_safe
@never_cache
def session(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """One session, for the calendar of a phone."""
    found = selectors.access_session(session_id, visitor_or_account(request))
    name = found.run.activity.name
    return answer(name, public_entries(request, [found]), found.run.activity.number)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Whether one's calendar has an address; a new one is shown this once."""
    account, now = signed_in(request), clock.now()
    context: dict[str, object] = {}
    if request.method == "POST":
        token = services.make_address(by=account, now=now)
        link = request.build_absolute_uri(reverse("activities:own_calendar", args=[token]))
        context = {"link": link, "subscribe": "webcal:" + link.partition(":")[2]}
    context["address"] = selectors.find_address(account)
    return render(request, "activities/portal/calendar_address.html", context)


@require_POST
@login_required
def address_end(request: HttpRequest) -> HttpResponse:
    """The address leads nowhere any more."""
    services.end_address(by=signed_in(request), now=clock.now())
    messages.success(request, _("Ended. Calendars that used it find nothing any more."))
    return redirect("activities:calendar_address")
