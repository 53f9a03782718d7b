"""Asking the union for supplies, and what becomes of it."""

import datetime as dt

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, outbox, transactions, working_calendar
from niangjia.members.models import Account, Post
from niangjia.members.rules.throttles import Limit
from niangjia.members.services import throttles
from niangjia.members.services.notices import notify_many
from niangjia.places import events
from niangjia.places.models import Asked, Place, Sort, SupplyAsker, SupplyRequest
from niangjia.places.models.requests import OPEN
from niangjia.places.rules import requests as rules
from niangjia.places.rules.voices import Speaker
from niangjia.places.services.acting import hold, record, refuse
from niangjia.places.services.answering import change, still_open
from niangjia.places.services.keeping import note
from niangjia.places.services.listing import refuse_closed
from niangjia.places.services.raising import raise_request
from niangjia.places.services.supplies import add_supply
from niangjia.places.services.telling import tell_nearest, upwards
from niangjia.places.services.watching import keepers_of

OF_ONE = (Limit(6, 3_600), Limit(20, 86_400))


@transactions.atomic
def ask_for_supplies(
    *,
    place: Place,
    what: str,
    facility: str = "",
    speaker: Speaker,
    account: Account | None = None,
    by_keeper: bool = False,
    now: dt.datetime,
) -> SupplyRequest:
    """Somebody asks that something be brought. Where the same is asked for already they join in.

    The union and the keepers are told the first time, and again when a keeper joins. They have two
    working days to answer; where nobody keeps the place it is raised at once. Raises
    `Invalid` by "what" and "facility", `Throttled` for one voice that asks too much, `Conflict` for
    a place that is closed for good.
    """
    refuse(rules.problems(what=what, facility=facility, has=place.facilities))
    throttles.take("place-supplies", speaker.key, OF_ONE, now=now)
    held = hold(place.pk)
    refuse_closed(held)
    key = rules.key(what, facility)
    found = SupplyRequest.objects.filter(place=held, key=key, state__in=OPEN).first()
    is_news = found is None or (by_keeper and not found.by_keeper)
    if found is None:
        found = SupplyRequest.objects.create(
            place=held,
            what=what.strip(),
            facility=facility,
            key=key,
            asked_at=now,
            changed_at=now,
            due_at=answer_due(held, now),
            by_keeper=by_keeper,
        )
        outbox.publish(events.SuppliesAsked(place_id=held.pk, request_id=found.pk))
        if not keepers_of(held):
            raise_request(found, now=now)
    elif not has_asked(found, account):
        SupplyRequest.objects.filter(pk=found.pk).update(
            asks=F("asks") + 1, by_keeper=found.by_keeper or by_keeper
        )
        found.refresh_from_db()
    if account is not None:
        SupplyAsker.objects.get_or_create(request=found, account=account, defaults={"at": now})
    if is_news:
        tell_first(held, found, but=account, now=now)
    return found


def answer_due(place: Place, now: dt.datetime) -> dt.datetime:
    """The end of the last day on which the union of the place answers in time."""
    today = now.astimezone(clock.CHINA).date()
    province = place.division_id[:2]
    return working_calendar.deadline(today, rules.ANSWER_DAYS, province=province).at


def has_asked(found: SupplyRequest, account: Account | None) -> bool:
    """Whether this account is among those who asked."""
    return account is not None and found.askers.filter(account=account).exists()


def tell_first(
    place: Place, found: SupplyRequest, *, but: Account | None, now: dt.datetime
) -> None:
    """Tell the keepers, and the union that keeps the place or the next above."""
    facts = {"name": place.name, "what": found.what}
    keepers = [each for each in keepers_of(place) if each != but]
    url = f"/keeping/{place.code}/"
    notify_many(accounts=keepers, kind="place.supply_asked", facts=facts, url=url, now=now)
    tell_nearest(upwards(place), "place.supply_asked", facts, f"/desk/places/{place.code}/", now)


@transactions.atomic
def send_supplies(
    *, by: Post, request: SupplyRequest, expected_date: dt.date | None = None, now: dt.datetime
) -> SupplyRequest:
    """It is on its way; said again it corrects the day. Raises `Invalid` on "expected_date" for a
    day that is past, `Conflict` for a request that has ended."""
    if expected_date is not None and expected_date < now.astimezone(clock.CHINA).date():
        refuse({"expected_date": _("This day is past.")})
    held = still_open(request)
    if held.state == Asked.ON_WAY and held.expected_date == expected_date:
        return held
    record(held.place, by, "supplies-sent", {"request": str(held.pk)})
    return change(held, Asked.ON_WAY, now, expected_date=expected_date)


@transactions.atomic
def decline_supplies(
    *, by: Post, request: SupplyRequest, reason: str, now: dt.datetime
) -> SupplyRequest:
    """It is not brought, with the reason. Raises `Invalid` on "reason", `Conflict` for a request
    that has ended."""
    if not 1 <= len(reason.strip()) <= rules.LONGEST_REASON:
        refuse({"reason": _("Say why, in up to 200 characters: whoever asked reads it.")})
    held = still_open(request)
    record(held.place, by, "supplies-declined", {"request": str(held.pk)})
    return change(held, Asked.DECLINED, now, reason=reason.strip(), expected_date=None)


@transactions.atomic
def receive_supplies(
    *,
    by: Account,
    request: SupplyRequest,
    amount: int | None = None,
    expires_date: dt.date | None = None,
    now: dt.datetime,
) -> SupplyRequest:
    """It has come. With an `amount` it stands on the list of supplies from now on. Twice is once.
    Raises as `add_supply`, and `Conflict` for a request that was declined."""
    place = hold(request.place_id)
    fresh = SupplyRequest.objects.get(pk=request.pk)
    if fresh.state == Asked.ARRIVED:
        return fresh
    held = still_open(request)
    if amount is not None:
        add_supply(
            by=by,
            place=place,
            sort=Sort.SUPPLY,
            name=held.what,
            facility=held.facility,
            amount=amount,
            expires_date=expires_date,
            now=now,
        )
    note(place, by, "supplies-received", request=str(held.pk))
    return change(held, Asked.ARRIVED, now, expected_date=None)


@transactions.atomic
def forget_askers(*, now: dt.datetime) -> int:
    """Delete who asked, a month after it ended. Says how many."""
    ended = SupplyAsker.objects.exclude(request__state__in=OPEN)
    return ended.filter(request__changed_at__lte=now - rules.KEPT).delete()[0]
