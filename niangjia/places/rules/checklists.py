"""What whoever goes to a place looks at there: before it opens, and on every round.

The list is data with a version, which stands beside each answer: a later list changes nothing about
what was found by an earlier one. After the six haves (六有) that the programme of 2023 asks of a
station, and what people complain of most: shut in the daytime, expired medicine, a broken kettle.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text

VERSION = 1
LONGEST_WORDS = 200


@dataclass(frozen=True)
class Item:
    """One thing to look at. `is_needed`: without it a place does not open. `facility` hangs on it
    where it is about one; `days`: so long there is to put it right."""

    key: str
    label: Text
    is_needed: bool = True
    facility: str = ""
    days: int = 7


ITEMS = (
    Item("found", _("It is where the map says, and the door is easy to find")),
    Item("sign", _("The sign with its name and its code hangs at the door"), days=14),
    Item("open", _("The door is open in the hours that are written down"), days=1),
    Item("hours", _("The hours hang at the door and are those on the map"), days=3),
    Item("rules", _("The rules hang on the wall"), is_needed=False, days=14),
    Item("layout", _("Seats, tables and ways are clear and clean"), days=3),
    Item("water", _("There is hot and cold drinking water"), facility="water", days=2),
    Item("meal", _("The microwave works"), facility="meal"),
    Item("charge", _("Sockets and cables work"), facility="charge"),
    Item("medicine", _("The medicine box is full and nothing in it has expired"), True, "medicine"),
    Item("aed", _("The AED is ready: light green, pads in date"), True, "aed", 2),
    Item("toilet", _("The toilet is clean and works"), True, "toilet", 2),
    Item("fire", _("The extinguisher is in date and the way out is free"), days=1),
    Item("phone", _("Somebody answers the telephone on the sign"), is_needed=False, days=3),
)
BY_KEY = {item.key: item for item in ITEMS}


def items_for(facilities: list[str]) -> list[Item]:
    """What there is to look at in a place with these facilities."""
    return [item for item in ITEMS if not item.facility or item.facility in facilities]


def problems(
    facilities: list[str], answers: Mapping[str, str], words: Mapping[str, str]
) -> dict[str, Text]:
    """What is missing in what was filled in, by the item's key: each answered "ok" or "bad", and
    what is bad said in words."""
    found: dict[str, Text] = {}
    for item in items_for(facilities):
        if answers.get(item.key) not in {"ok", "bad"}:
            found[item.key] = _("Say whether it is all right.")
        elif answers[item.key] == "bad" and not words.get(item.key, "").strip():
            found[item.key] = _("Say in a few words what is wrong.")
        elif len(words.get(item.key, "")) > LONGEST_WORDS:
            found[item.key] = _("Please keep to 200 characters.")
    return found


def failed(facilities: list[str], answers: Mapping[str, str]) -> list[Item]:
    """What was found bad, in the order of the list."""
    return [item for item in items_for(facilities) if answers.get(item.key) == "bad"]


def passes(facilities: list[str], answers: Mapping[str, str]) -> bool:
    """Whether a place may open with these answers: nothing that is needed is bad."""
    return not any(item.is_needed for item in failed(facilities, answers))
