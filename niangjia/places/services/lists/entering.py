"""Entering what a list says, a thousand rows at a time, each time whole or not at all."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from django.db import connection

from niangjia.core import audit, outbox, prepared, transactions
from niangjia.core.audit import Act
from niangjia.core.errors import DomainError
from niangjia.members.models import Post
from niangjia.organisations.models import Union
from niangjia.organisations.services import next_ids
from niangjia.places import events
from niangjia.places.models import ListRow, ListState, Place, PlaceList, RowState, State
from niangjia.places.rules.listing import Listing
from niangjia.places.rules.points import Fault
from niangjia.places.selectors import likes as selectors
from niangjia.places.services.acting import hold_doors, next_codes
from niangjia.places.services.indexing import index_places
from niangjia.places.services.listing import alter
from niangjia.places.services.lists.acting import (
    begin,
    go_on,
    hold,
    record,
    refuse_unless,
    write,
)
from niangjia.places.services.lists.reading import (
    asked_of,
    in_both,
    likes_of,
    mark_known,
    says,
    shown,
)
from niangjia.regions.models import Division

AT_A_TIME = 1_000
#: Columns of a place that a listing says.
WRITTEN = (*(each.name for each in fields(Listing)), "changed_at")


@transactions.atomic
def enter_list(*, by: Post, place_list: PlaceList, now: dt.datetime) -> PlaceList:
    """Have the rows entered that can be: each as a draft of its union, or as what is new about the
    place it is the same as. Asked again while it is under way, it goes on.

    Raises `Conflict` before the list has been read, and after it was thrown away.
    """
    held = hold(place_list.pk)
    if held.state == ListState.DONE:
        return held
    if held.state == ListState.ENTERING:
        go_on(held)
        return held
    refuse_unless(held, ListState.READ)
    begin(held, ListState.ENTERING, held.rows.filter(state=RowState.READY).count())
    record(held, by.account_id, "entering", rows=held.due)
    return held


@transactions.atomic
def enter_some(*, list_id: uuid.UUID, now: dt.datetime) -> int:
    """Enter some rows of a list; says how many. Called until it says none; begun again it goes on
    with what is left. A row that has become like a place meanwhile is asked about first."""
    held = hold(list_id)
    if held.state != ListState.ENTERING:
        return 0
    rows = list(
        held.rows.select_for_update(of=("self",))
        .filter(state=RowState.READY)
        .select_related("same_as")
        .order_by("number")[:AT_A_TIME]
    )
    if not rows:
        end(held, now)
        return 0
    hold_doors()
    fresh = look_again(held, [row for row in rows if not (row.same_as_id or row.same_row)])
    make_places(held, fresh, now)
    bring_up_to_date(held, rows, now)
    write(rows, ("state", "likes", "place", "problems"))
    held.done += len(rows)
    held.save(update_fields=["done"])
    return len(rows)


def end(held: PlaceList, now: dt.datetime) -> None:
    """All is entered that could be. While something is asked still, the list stays open."""
    is_open = held.rows.filter(state=RowState.ASKED).exists()
    held.state = ListState.READ if is_open else ListState.DONE
    held.ended_at = None if is_open else now
    held.save(update_fields=["state", "ended_at"])
    record(held, held.by_account_id, "entered", rows=held.done)


def look_again(held: PlaceList, rows: Sequence[ListRow]) -> list[ListRow]:
    """Those of `rows` that are still like nothing that is there; the others are asked about. Inside
    the lock of doors, so that two lists at once make no doubles."""
    asked = [asked_of(row) for row in rows if not row.is_another]
    near = selectors.places_near(asked, held.reach)
    became: list[ListRow] = []
    for row in rows:
        likes = likes_of(row, near[row.number]) if row.number in near else []
        if likes:
            row.likes, row.state = [shown(like) for like in likes], RowState.ASKED
            became.append(row)
    if became:
        mark_known(became)
    return [row for row in rows if row.state == RowState.READY]


def make_places(held: PlaceList, rows: Sequence[ListRow], now: dt.datetime) -> None:
    """A draft for each row. Seven statements, however many."""
    if not rows:
        return
    unions = unions_of(held, rows)
    divisions = Division.objects.in_bulk({row.values["division"] for row in rows})
    codes = next_codes([row.values["division"] for row in rows])
    drafted = []
    with connection.rows_together():  # type: ignore[attr-defined]
        for pk, code, row in zip(next_ids(len(rows)), codes, rows, strict=True):
            place = Place(
                id=pk,
                code=code,
                union=unions[row.values.get("union", "")],
                division=divisions[row.values["division"]],
                **vars(row.point),
                created_at=now,
                changed_at=now,
                **says(row),
            )
            prepared.write_later(place)
            row.place, row.state = place, RowState.MADE
            drafted.append(Act("place.drafted", held.by_account_id, *about(place)))
    audit.record_all(drafted)


def about(place: Place) -> tuple[str, uuid.UUID]:
    """What an entry of the audit chain about a place is about, and its union."""
    return f"place:{place.pk}", place.union_id


def unions_of(held: PlaceList, rows: Sequence[ListRow]) -> dict[str, Union]:
    """By the number a row gives; "" is the union of the list."""
    numbers = {row.values["union"] for row in rows if row.values.get("union")}
    found = {union.number: union for union in Union.objects.filter(number__in=numbers)}
    return {"": held.union, **found}


def bring_up_to_date(held: PlaceList, rows: Sequence[ListRow], now: dt.datetime) -> None:
    """What rows say anew about the places they are the same as; what they do not say stays. Some
    fifteen queries, however many. A row whose place was never entered is entered itself."""
    known = {row.number: row for row in rows}
    about_one: list[ListRow] = []
    for row in rows:
        if row.same_as_id or row.same_row:
            row.place = same_place(held, row, known)
            if row.place is None:
                make_places(held, [row], now)
            else:
                about_one.append(row)
    if not about_one:
        return
    wanted = Place.objects.select_for_update(of=("self",)).select_related("union", "division")
    places = wanted.order_by("pk").in_bulk({row.place_id for row in about_one})
    divisions = Division.objects.in_bulk({row.values["division"] for row in about_one})
    acts = []
    for row in about_one:
        place, division = places[row.place_id], divisions[row.values["division"]]
        try:
            changed = alter(place, said_anew(row, place, division), now)
        except DomainError as refusal:
            refuse_row(row, refusal)
            continue
        row.state = RowState.UPDATED
        details = {"fields": changed}
        acts.append(Act("place.changed", held.by_account_id, *about(place), details=details))
    keep({row.place_id: places[row.place_id] for row in about_one if row.place_id}, now)
    audit.record_all(acts)


def keep(places: Mapping[uuid.UUID, Place], now: dt.datetime) -> None:
    """Write down places that rows said something of, each once, and tell whoever copies them."""
    with connection.rows_together():  # type: ignore[attr-defined]
        for place in places.values():
            prepared.save_later(place, WRITTEN)
    index_places(list(places), now=now)
    for place in places.values():
        if place.state == State.PUBLISHED:
            outbox.publish(events.PlaceChanged(place_id=place.pk))


def same_place(held: PlaceList, row: ListRow, known: Mapping[int, ListRow]) -> Place | None:
    """The place that a row is said to be the same as, also that of an earlier row; None where that
    one was never entered."""
    if not row.same_row:
        return row.same_as
    earlier = known.get(row.same_row)
    if earlier is None:
        earlier = held.rows.select_related("place").get(number=row.same_row)
    return earlier.place


def said_anew(row: ListRow, place: Place, division: Division) -> Listing:
    """A place as it is written down now, but for what a row says of it."""
    said: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in says(row).items()
    }
    return replace(as_listing(place), **said, division=division, **vars(row.point))


def refuse_row(row: ListRow, refusal: DomainError) -> None:
    """Its place cannot be brought up to date, as nobody could by hand: why, in both languages."""
    row.place, row.state = None, RowState.WRONG
    told = refusal.fields or {"name": refusal.message}
    row.problems = in_both(lambda: {name: Fault(words) for name, words in told.items()})


def as_listing(place: Place) -> Listing:
    """A place as it is written down now."""
    known: dict[str, Any] = {each.name: getattr(place, each.name) for each in fields(Listing)}
    told: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in known.items()}
    return Listing(**told)
