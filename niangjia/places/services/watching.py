"""What time does: asking keepers who did not tick, telling unions, reminding of what expires."""

import datetime as dt
import uuid
from typing import Any

from django.db import connection

from niangjia.core import clock, transactions
from niangjia.members import services as members
from niangjia.members.models import Account
from niangjia.places.models import Keeper, OpeningDay, Place, Supply
from niangjia.places.rules import supplies as rules
from niangjia.places.services.indexing import index_places
from niangjia.places.services.opening import tell

#: After its opening a keeper has so long to tick; then they are asked, later their union is told.
ASK_AFTER = dt.timedelta(minutes=30)
TELL_AFTER = dt.timedelta(hours=2)
#: Whatever opened in the night is asked about from then on.
MORNING = dt.time(8)
MOST_AT_ONCE = 2_000
#: Kept places that are open now, and since when, counted from this morning at the earliest.
OPEN_NOW = """
    SELECT entry.place_id, greatest(lower(stretch), %(morning)s)
    FROM places_placesearch AS entry, unnest(entry.open) AS stretch
    WHERE stretch @> %(now)s
      AND greatest(lower(stretch), %(morning)s) <= %(due)s
      AND EXISTS (SELECT FROM places_keeper AS keeper
                  WHERE keeper.place_id = entry.place_id AND keeper.ended_at IS NULL)
      AND NOT EXISTS (SELECT FROM places_openingday AS day
                      WHERE day.place_id = entry.place_id AND day.date = %(today)s
                        AND (day.ticked_at IS NOT NULL OR day.told_at IS NOT NULL
                             OR (day.asked_at IS NOT NULL
                                 AND greatest(lower(stretch), %(morning)s) > %(late)s)))
    ORDER BY entry.place_id LIMIT %(most)s
"""


def ask_who_did_not_tick(*, now: dt.datetime) -> int:
    """Ask the keepers of places that opened half an hour ago and were not ticked, and tell the
    unions of those that opened two hours ago. Each once a day. Says how many places."""
    local = now.astimezone(clock.CHINA)
    values: dict[str, Any] = {
        "now": now,
        "today": local.date(),
        "morning": dt.datetime.combine(local.date(), MORNING, clock.CHINA),
        "due": now - ASK_AFTER,
        "late": now - TELL_AFTER,
        "most": MOST_AT_ONCE,
    }
    with connection.cursor() as cursor:
        cursor.execute(OPEN_NOW, values)
        found: list[tuple[uuid.UUID, dt.datetime]] = cursor.fetchall()
    for place_id, opened_at in found:
        ask(place_id, opened_at=opened_at, now=now)
    return len(found)


@transactions.atomic
def ask(place_id: uuid.UUID, *, opened_at: dt.datetime, now: dt.datetime) -> None:
    """Ask or tell about one place, unless somebody ticked meanwhile."""
    place = Place.objects.select_related("union").get(pk=place_id)
    day, _is_new = OpeningDay.objects.select_for_update().get_or_create(
        place=place, date=now.astimezone(clock.CHINA).date()
    )
    if day.ticked_at is not None:
        return
    if day.asked_at is None:
        day.asked_at = now
        for account in keepers_of(place):
            tell_keeper(account, place, "place.tick", now)
    if day.told_at is None and now - opened_at >= TELL_AFTER:
        day.told_at = now
        tell(place.union, place, "place.unticked", now)
    day.save(update_fields=["asked_at", "told_at"])


def keepers_of(place: Place) -> list[Account]:
    """Who keeps it now."""
    current = Keeper.objects.filter(place=place, ended_at=None, account__is_active=True)
    return [keeper.account for keeper in current.select_related("account")]


def tell_keeper(account: Account, place: Place, kind: str, now: dt.datetime, **facts: str) -> None:
    members.notify(
        account=account,
        kind=kind,
        facts={"name": place.name, **facts},
        url=f"/keeping/{place.code}/",
        now=now,
    )


@transactions.atomic
def remind_of_supplies(*, now: dt.datetime) -> int:
    """Remind the keepers of what expires or is to be checked within two weeks, once for each day it
    is due, and show as missing what has expired or was not checked. Says how many things."""
    today = now.astimezone(clock.CHINA).date()
    horizon = today + dt.timedelta(days=rules.REMIND_DAYS)
    current = Supply.objects.filter(ended_at=None).select_related("place__union")
    due = current.filter(expires_date__lte=horizon) | current.filter(check_date__lte=horizon)
    told = 0
    changed: set[uuid.UUID] = set()
    for supply in due.order_by("id"):
        if not rules.is_usable(supply, today) and supply.facility:
            changed.add(supply.place_id)
        day = rules.due_date(supply)
        if supply.reminded_date == day or day is None:
            continue
        supply.reminded_date = day
        supply.save(update_fields=["reminded_date"])
        people = keepers_of(supply.place)
        for account in people:
            tell_keeper(account, supply.place, "place.supply", now, what=supply.name, day=str(day))
        if not people:
            tell(
                supply.place.union,
                supply.place,
                "place.supply",
                now,
                what=supply.name,
                day=str(day),
            )
        told += 1
    index_places(changed, now=now)
    return told
