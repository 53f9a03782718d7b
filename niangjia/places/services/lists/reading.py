"""Reading a list, a thousand rows at a time: what they say, what is wrong, what is there."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from niangjia.core import transactions
from niangjia.members.selectors.places import read_places
from niangjia.organisations.models import Union
from niangjia.places.models import ListRow, ListState, Place, PlaceList, RowState
from niangjia.places.rules.likeness import DOOR_METRES, Like, find_likes
from niangjia.places.rules.lists import columns, judging, values
from niangjia.places.rules.lists.judging import LANGUAGES
from niangjia.places.rules.lists.values import Defaults, Said
from niangjia.places.rules.names import sound_alike
from niangjia.places.rules.points import Fault
from niangjia.places.selectors import likes as selectors
from niangjia.places.selectors.likes import Asked, Surroundings
from niangjia.places.selectors.points import whereabouts_fault
from niangjia.places.services.lists.acting import hold, write
from niangjia.regions.models import Division

AT_A_TIME = 1_000
#: Where it lies and who keeps it are columns of their own.
NOT_OF_PLACE = {"division", "union"}
#: So many a person compares.
MOST_LIKES = 3
UNDERSTOOD = (
    *("values", "mended", "name", "address", "longitude", "latitude", "state", "problems"),
    "likes",
)


NOWHERE = judging.Place(
    None, _("We do not know for certain which place this is. Write it as 某省某市某县.")
)


@dataclass
class Reading:
    """One list while some of its rows are read. Each division and union is looked up once."""

    list: PlaceList
    places: dict[tuple[str, str], judging.Place] = field(default_factory=dict)
    unions: dict[str, bool] = field(default_factory=dict)

    def read(self, row: ListRow) -> Said:
        """What a row says, in the language now active."""
        given, defaults = self.given(row)
        return values.read(given, defaults)

    def given(self, row: ListRow) -> tuple[dict[str, str], Defaults]:
        told = columns.cells_by_key(row.cells, self.list.columns)
        defaults = Defaults(self.list.system, self.list.kind, self.list.hours)
        return judging.mended(told, defaults, row.mended)

    def place_key(self, row: ListRow) -> tuple[str, str]:
        """The code of its division and its name, as far as a row says them."""
        given, _defaults = self.given(row)
        return given.get("adcode", "")[:9], given.get("place", "")

    def look_up(self, rows: Sequence[ListRow]) -> None:
        """Find the division of each row: by its code, else by its name, else that of the union.
        Four queries at most."""
        asked = {self.place_key(row) for row in rows}
        known = Division.objects.in_bulk({code for code, _text in asked if code})
        texts = {text for code, text in asked if code not in known}
        named = read_places(texts, default=self.list.union.division)
        for code, text in asked:
            found = known.get(code) or named[text]
            place = judging.Place(found) if isinstance(found, Division) else NOWHERE
            self.places[code, text] = place

    def place(self, row: ListRow) -> judging.Place:
        """The division of a row that was looked up."""
        return self.places[self.place_key(row)]

    def knows_union(self, number: str) -> bool:
        """Whether a row may say that this union keeps the place."""
        if number not in self.unions:
            path = Union.objects.filter(number=number).values_list("path", flat=True).first()
            self.unions[number] = path is not None and self.list.reach.covers(path)
        return self.unions[number]


@transactions.atomic
def read_some(*, list_id: uuid.UUID) -> int:
    """Read some rows of a list that are unread; says how many. Called until it says none; begun
    again it goes on with what is left."""
    held = hold(list_id)
    if held.state != ListState.READING:
        return 0
    rows = list(held.rows.filter(state=RowState.UNREAD).order_by("number")[:AT_A_TIME])
    if not rows:
        held.state = ListState.READ
        held.save(update_fields=["state"])
        return 0
    judge_rows(held, rows)
    held.done += len(rows)
    held.save(update_fields=["done"])
    return len(rows)


def judge_rows(held: PlaceList, rows: Sequence[ListRow]) -> None:
    """Write down of each row what it says, what is wrong with it and what it may be the same as.
    Some ten queries, however many rows."""
    reading = Reading(held)
    reading.look_up(rows)
    told = {row.number: reading.read(row) for row in rows}
    for row in rows:
        note(row, told[row.number])
    asked = [asked_of(row) for row in rows if told[row.number].point]
    near = selectors.surroundings(held.pk, asked, held.reach)
    for row in rows:
        judge(reading, row, told[row.number], near.get(row.number, Surroundings()))
    mark_known(rows)
    write(rows, UNDERSTOOD)


def note(row: ListRow, said: Said) -> None:
    """What was understood, as its columns."""
    row.values = said.values
    row.name, row.address = (
        str(said.values.get("name", "")),
        str(said.values.get("address", ""))[:200],
    )
    row.longitude = said.point.longitude if said.point else None
    row.latitude = said.point.latitude if said.point else None


def asked_of(row: ListRow) -> Asked:
    """A row that has a point, as its neighbours are asked for."""
    return Asked(row.number, str(row.values["kind"]), row.name, row.address, row.point)


def judge(reading: Reading, row: ListRow, told: Said, near: Surroundings) -> None:
    """What is wrong with a row, else what it may be the same as. `told`: what it says, in the
    language now active; in the other it is read only where that is to be told."""
    where = reading.place(row)
    is_sure = judging.SURE in row.mended
    number = columns.cells_by_key(row.cells, reading.list.columns).get("union", "")

    def faults(said: Said) -> dict[str, Fault]:
        about = None
        if said.point and where.division and not is_sure:
            about = whereabouts_fault(said.point, where.division)
        found = judging.faults_of(said, where, () if is_sure else near.trusted, about)
        if number and not reading.knows_union(number):
            found["union"] = Fault(_("There is no union with this number within your reach."))
        return found

    row.problems = in_both(lambda: faults(reading.read(row))) if faults(told) else []
    row.likes = []
    if row.problems:
        row.state = RowState.WRONG
        return
    assert where.division is not None  # noqa: S101 - that would be a problem
    row.values["division"] = where.division.code
    if number:
        row.values["union"] = number
    likes = [] if row.is_another else likes_of(row, near)
    row.likes = [shown(like) for like in likes[:MOST_LIKES]]
    row.state = RowState.ASKED if likes else RowState.READY


def in_both(judge: Callable[[], Mapping[str, Fault]]) -> list[dict[str, str]]:
    """What is wrong, in both languages: whoever reads it may speak the other one."""
    told: dict[str, Mapping[str, Fault]] = {}
    for key, language in LANGUAGES:
        with override(language):
            told[key] = {
                name: Fault(str(fault.words), fault.mend) for name, fault in judge().items()
            }
    return [
        {
            "field": name,
            "mend": fault.mend,
            **{key: str(said[name].words) for key, said in told.items()},
        }
        for name, fault in told["zh"].items()
    ]


def likes_of(row: ListRow, near: Surroundings) -> list[Like]:
    """What a row with a point may be the same as, the nearest first."""
    return find_likes(str(row.values["kind"]), row.name, row.point, near.known)


def shown(like: Like) -> dict[str, object]:
    """What an officer reads of it."""
    known = like.known
    return {
        ("number" if known.is_row else "code"): int(known.key) if known.is_row else known.key,
        "name": known.name,
        "metres": like.metres,
        "ours": known.is_ours,
    }


def mark_known(rows: Sequence[ListRow]) -> None:
    """Rows that say nothing new of what they are the same as need nobody's look: sent again, a list
    is known from its first row to its last. Two queries at most."""
    asked = {
        row: row.likes[0]
        for row in rows
        if row.state == RowState.ASKED
        and row.likes[0]["metres"] <= DOOR_METRES
        and sound_alike(row.name, row.likes[0]["name"])
    }
    codes = [like["code"] for like in asked.values() if "code" in like]
    numbers = [like["number"] for like in asked.values() if "number" in like]
    places = {place.code: place for place in Place.objects.filter(code__in=codes)}
    earlier = {row.number: row for row in rows}
    written = [number for number in numbers if number not in earlier]
    read_before = ListRow.objects.filter(place_list=rows[0].place_list_id, number__in=written)
    earlier |= {row.number: row for row in read_before}
    for row, like in asked.items():
        if "code" in like:
            is_known = like["ours"] and not news(row, places[like["code"]])
        else:
            first = earlier[like["number"]]
            is_known = says(row) == says(first) and like["metres"] <= 1
        if is_known:
            row.state = RowState.KNOWN


def says(row: ListRow) -> dict[str, Any]:
    """What a row says about a place itself."""
    return {key: value for key, value in row.values.items() if key not in NOT_OF_PLACE}


def news(row: ListRow, place: Place) -> list[str]:
    """The fields of `place` that a row says otherwise."""
    changed = [key for key, value in says(row).items() if getattr(place, key) != value]
    return changed + (["division"] if place.division_id != row.values.get("division") else [])
