"""Entering what a list says, some hundred rows at a time, each time whole or not at all."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from niangjia.core import audit, transactions
from niangjia.core.audit import Act
from niangjia.core.errors import DomainError
from niangjia.members.models import Post
from niangjia.organisations.models import Union
from niangjia.places.models import ListRow, ListState, Place, PlaceList, RowState
from niangjia.places.rules.listing import Listing
from niangjia.places.selectors import likes as selectors
from niangjia.places.selectors.likes import Asked
from niangjia.places.services.acting import hold_doors, next_codes
from niangjia.places.services.listing import write_anew
from niangjia.places.services.lists.acting import begin, go_on, hold, record, refuse_unless
from niangjia.places.services.lists.reading import likes_of, mark_known, says, shown
from niangjia.regions.models import Division

AT_A_TIME = 300


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
        .select_related("same_as__union", "same_as__division")
        .order_by("number")[:AT_A_TIME]
    )
    if not rows:
        end(held, now)
        return 0
    hold_doors()
    fresh = look_again(held, [row for row in rows if not (row.same_as_id or row.same_row)])
    make_places(held, fresh, now)
    known = {row.number: row for row in rows}
    for row in rows:
        if row.same_as_id or row.same_row:
            bring_up_to_date(held, row, same_place(held, row, known), now)
    names = ["state", "likes", "place", "problems"]
    ListRow.objects.bulk_update(rows, names)
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
    asked = [
        Asked(row.number, row.name, row.address, row.point) for row in rows if not row.is_another
    ]
    near = selectors.surroundings(held.pk, asked, held.reach)
    became: list[ListRow] = []
    for row in rows:
        found = likes_of(row, near[row.number]) if row.number in near else []
        likes = [like for like in found if not like.known.is_row]
        if likes:
            row.likes, row.state = [shown(like) for like in likes], RowState.ASKED
            became.append(row)
    if became:
        mark_known(became)
    return [row for row in rows if row.state == RowState.READY]


def make_places(held: PlaceList, rows: Sequence[ListRow], now: dt.datetime) -> None:
    """A draft for each row. Five statements, however many."""
    if not rows:
        return
    unions = unions_of(held, rows)
    divisions = Division.objects.in_bulk({row.values["division"] for row in rows})
    codes = next_codes([row.values["division"] for row in rows])
    Place.objects.bulk_create(
        Place(
            code=code,
            union=unions[row.values.get("union", "")],
            division=divisions[row.values["division"]],
            **vars(row.point),
            created_at=now,
            changed_at=now,
            **says(row),
        )
        for code, row in zip(codes, rows, strict=True)
    )
    made = {place.code: place for place in Place.objects.filter(code__in=codes)}
    for code, row in zip(codes, rows, strict=True):
        row.place, row.state = made[code], RowState.MADE
    audit.record_all(
        [
            Act("place.drafted", held.by_account_id, f"place:{place.pk}", place.union_id)
            for place in made.values()
        ]
    )


def unions_of(held: PlaceList, rows: Sequence[ListRow]) -> dict[str, Union]:
    """By the number a row gives; "" is the union of the list."""
    numbers = {row.values["union"] for row in rows if row.values.get("union")}
    found = {union.number: union for union in Union.objects.filter(number__in=numbers)}
    return {"": held.union, **found}


def same_place(held: PlaceList, row: ListRow, known: Mapping[int, ListRow]) -> Place | None:
    """The place that a row is said to be the same as, also that of an earlier row; None where that
    one was never entered."""
    if not row.same_row:
        return row.same_as
    earlier = known.get(row.same_row)
    if earlier is None:
        earlier = held.rows.select_related("place__division").get(number=row.same_row)
    return earlier.place


def bring_up_to_date(held: PlaceList, row: ListRow, place: Place | None, now: dt.datetime) -> None:
    """What a row says anew about `place`; what it does not say stays. Without one it is entered
    itself."""
    if place is None:
        make_places(held, [row], now)
        return
    said: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in says(row).items()
    }
    division = Division.objects.get(code=row.values["division"])
    listing = replace(
        as_listing(place),
        **said,
        division=division,
        **vars(row.point),
    )
    try:
        write_anew(by=held.by_account_id, place=place, listing=listing, now=now)
    except DomainError as refusal:
        row.state = RowState.WRONG
        words = str(refusal.message)
        row.problems = [{"field": "name", "mend": "", "zh": words, "en": words}]
        return
    row.place, row.state = place, RowState.UPDATED


def as_listing(place: Place) -> Listing:
    """A place as it is written down now."""
    known: dict[str, Any] = {each.name: getattr(place, each.name) for each in fields(Listing)}
    told: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in known.items()}
    return Listing(**told)
