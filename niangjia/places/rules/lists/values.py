"""What a row of a list says, as values of a listing, and what in it cannot be read.

Cells are text. A point is taken in the system that was said for the whole list.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from niangjia.core.errors import Text
from niangjia.organisations.rules.positions import Position
from niangjia.places.models import Kind
from niangjia.places.rules import facilities
from niangjia.places.rules.points import as_wgs84
from niangjia.places.rules.told_hours import read as read_hours

BETWEEN = re.compile(r"[、，,;；|/\s]+")
PAIR = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[,，;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
#: Words of a name or a type that say what a place is; the first that is met counts.
KIND_WORDS = (
    ("司机之家", Kind.DRIVERS_HOME),
    ("母婴", Kind.NURSING_ROOM),
    ("哺乳", Kind.NURSING_ROOM),
    ("文化宫", Kind.PALACE),
    ("创新工作室", Kind.STUDIO),
    ("服务中心", Kind.OFFICE),
    ("驿站", Kind.STATION),
    ("站点", Kind.STATION),
)
NUMBERS = ("area_m2", "seats", "parking_bays")
TEXTS = {"address": 200, "way_in": 120, "introduction": 1000, "name_en": 120}
MOST_NUMBER = 500_000


@dataclass
class Said:
    """A row as far as it could be read: values of a listing, and what is wrong by field."""

    values: dict[str, object] = field(default_factory=dict)
    point: Position | None = None
    problems: dict[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Defaults:
    """What was said of the whole list: the system of its points; what holds where a row is
    silent."""

    system: str
    kind: str
    hours: str = ""


def read(given: Mapping[str, str], defaults: Defaults) -> Said:
    """The row whose cells are `given` by our names. What is not said is not among the values, so
    that bringing a place up to date leaves it as it is."""
    said = Said()
    if given.get("name"):
        said.values["name"] = given["name"][:60]
    for key, longest in TEXTS.items():
        if text := given.get(key, ""):
            said.values[key] = text
            if len(text) > longest:
                said.problems[key] = _("This is longer than %(most)s characters.") % {
                    "most": longest
                }
    said.values["kind"] = kind_of(given, defaults.kind)
    read_point(said, given, defaults.system)
    read_times(said, given.get("hours", ""), defaults.hours)
    read_phone(said, given.get("phone", ""))
    read_facilities(said, given.get("facilities", ""))
    for key in NUMBERS:
        read_number(said, key, given.get(key, ""))
    return said


def kind_of(given: Mapping[str, str], otherwise: str) -> str:
    """What a place is, by its type and its name."""
    for text in (given.get("kind", ""), given.get("name", "")):
        if kind := kinds().get(text):
            return kind
        for word, kind in KIND_WORDS:
            if word in text:
                return kind
    return otherwise


@cache
def kinds() -> dict[str, str]:
    """What a place can be, by its Chinese name: lists are in Chinese."""
    with override("zh-hans"):
        return {str(kind.label): kind.value for kind in Kind}


@cache
def facilities_by_name() -> dict[str, str]:
    """The keys of facilities by their Chinese names, in their order."""
    with override("zh-hans"):
        return {str(each.label): each.key for each in facilities.FACILITIES}


def read_point(said: Said, given: Mapping[str, str], system: str) -> None:
    """From one cell "longitude,latitude", as vendors write it, or from two."""
    text = given.get("location") or f"{given.get('longitude', '')},{given.get('latitude', '')}"
    match = PAIR.fullmatch(text)
    if match is None:
        said.problems["point"] = _(
            "There is no point here that can be read. Write longitude and latitude as numbers: "
            "120.0741 and 29.3052."
        )
        return
    said.point = as_wgs84(float(match[1]), float(match[2]), system)


def read_times(said: Said, text: str, otherwise: str) -> None:
    """What a row says of its hours, else what was said for all."""
    if not text:
        if otherwise:
            said.values["hours"] = otherwise
        return
    written = read_hours(text)
    if written:
        said.values["hours"] = written
    else:
        said.problems["hours"] = _(
            "We do not understand these hours: %(hours)s. Write them like 周一至周五 08:30-17:30, "
            "周六 09:00-12:00 or 24小时."
        ) % {"hours": text[:80]}


def read_phone(said: Said, text: str) -> None:
    """The first of several numbers, as vendors list them."""
    first = next((part for part in re.split(r"[;；,，、]", text) if part.strip()), "")
    if first and first != "[]":
        said.values["phone"] = first.strip()


def read_facilities(said: Said, text: str) -> None:
    """Each by its Chinese name or its key."""
    names = [name for name in BETWEEN.split(text) if name]
    if not names:
        return
    known = facilities_by_name()
    keys = {**known, **{key: key for key in facilities.BY_KEY}}
    unknown = [name for name in names if name not in keys]
    if unknown:
        said.problems["facilities"] = _("We do not know “%(names)s”. Known are: %(known)s.") % {
            "names": "、".join(unknown)[:60],
            "known": "、".join(known),
        }
    said.values["facilities"] = [keys[name] for name in names if name in keys]


def read_number(said: Said, key: str, text: str) -> None:
    digits = re.sub(r"(?:平方米|平米|㎡|m2|个|座)$", "", text.strip())
    if not digits:
        return
    if digits.isdecimal() and 1 <= int(digits) <= MOST_NUMBER:
        said.values[key] = int(digits)
    else:
        said.problems[key] = _("Write a whole number here, from 1.")
