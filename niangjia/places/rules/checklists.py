"""What whoever goes to a place looks at there: before it opens, and on every round.

The list is data with a version, which stands beside each answer: a later list changes nothing about
what was found by an earlier one. After the six haves (六有) that the programme of 2023 asks of a
station, and what people complain of most: shut in the daytime, expired medicine, a broken kettle.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text
from niangjia.places.models import Mender, Place, Severity, Supply
from niangjia.places.rules import facilities

VERSION = 2
LONGEST_WORDS = 200
#: What may be answered before a place opens, and on a round: there something may be dangerous, or
#: not be there to be looked at.
OPENING = ("ok", "bad")
ROUND = ("ok", "bad", "danger", "na")
WRONG = frozenset({"bad", "danger"})
OF_SUPPLY, OF_FACILITY = "supply-", "facility:"


@dataclass(frozen=True)
class Item:
    """One thing to look at. `is_needed`: without it a place does not open. `facility` hangs on it
    where it is about one. `severity` is how bad it is when it is not so, `mender` who puts it
    right; an inspector alone says that something is dangerous. `title`: of what is in the cupboard.
    """

    key: str
    label: Text
    is_needed: bool = True
    facility: str = ""
    severity: str = Severity.MAJOR
    mender: str = Mender.KEEPER
    title: str = ""


MINOR, UNION = Severity.MINOR, Mender.UNION
ITEMS = (
    Item("found", _("It is where the map says, and the door is easy to find"), mender=UNION),
    Item(
        "sign", _("The sign with its name and its code hangs at the door"), True, "", MINOR, UNION
    ),
    Item("open", _("The door is open in the hours that are written down")),
    Item("hours", _("The hours hang at the door and are those on the map"), severity=MINOR),
    Item("rules", _("The rules hang on the wall"), False, "", MINOR),
    Item("layout", _("Seats, tables and ways are clear and clean"), severity=MINOR),
    Item("water", _("There is hot and cold drinking water"), facility="water"),
    Item("meal", _("The microwave works"), facility="meal", mender=UNION),
    Item("charge", _("Sockets and cables work"), facility="charge", mender=UNION),
    Item("cool", _("Cooling and heating work"), False, "cool", mender=UNION),
    Item("medicine", _("The medicine box is full and nothing in it has expired"), True, "medicine"),
    Item("aed", _("The AED is ready: light green, pads in date"), True, "aed", mender=UNION),
    Item("toilet", _("The toilet is clean and works"), True, "toilet"),
    Item("nursing", _("The nursing room is clean and can be locked"), True, "nursing"),
    Item("shower", _("The shower is clean and has hot water"), True, "shower"),
    Item("laundry", _("The washing machine works"), False, "laundry", mender=UNION),
    Item("air_pump", _("The air pump works"), False, "air_pump"),
    Item(
        "e_bike", _("Bikes are charged outside, away from the door"), True, "e_bike", mender=UNION
    ),
    Item("bays", _("The truck bays are marked, lit and free for trucks"), True, "truck_parking"),
    Item("fire", _("The extinguisher is in date and the way out is free"), mender=UNION),
    Item("phone", _("Somebody answers the telephone on the sign"), False, "", MINOR, UNION),
)
BY_KEY = {item.key: item for item in ITEMS}


def items_for(place: Place, supplies: Iterable[Supply] = ()) -> list[Item]:
    """What there is to look at: what every place needs, what this one is said to have, and what
    stands in its cupboard."""
    listed = [item for item in ITEMS if not item.facility or item.facility in place.facilities]
    return listed + [of_supply(each) for each in supplies]


def of_supply(supply: Supply) -> Item:
    """Something in the cupboard that is to be there and usable."""
    return Item(
        key=f"{OF_SUPPLY}{supply.pk.hex}",
        label=label_of_supply(supply.name),
        is_needed=False,
        facility=supply.facility,
        title=supply.name,
    )


def of_facility(key: str) -> Item:
    """What to look at where a facility is said to be missing: the item about it, if any."""
    about = next((item for item in ITEMS if item.facility == key), None)
    return about or Item(f"{OF_FACILITY}{key}", facilities.BY_KEY[key].label, facility=key)


def label_of_supply(name: str) -> Text:
    """What is asked of something in the cupboard."""
    return _("%(name)s: there, in date and in order") % {"name": name}


def problems(
    items: Iterable[Item],
    answers: Mapping[str, str],
    words: Mapping[str, str],
    taken: Collection[str] = OPENING,
) -> dict[str, Text]:
    """What is missing in what was filled in, by the item's key: each answered by one of `taken`,
    and what is wrong said in words."""
    found: dict[str, Text] = {}
    for item in items:
        if answers.get(item.key) not in taken:
            found[item.key] = _("Say whether it is all right.")
        elif answers[item.key] in WRONG and not words.get(item.key, "").strip():
            found[item.key] = _("Say in a few words what is wrong.")
        elif len(words.get(item.key, "")) > LONGEST_WORDS:
            found[item.key] = _("Please keep to 200 characters.")
    return found


def failed(items: Iterable[Item], answers: Mapping[str, str]) -> list[Item]:
    """What was found wrong, in the order of the list."""
    return [item for item in items if answers.get(item.key) in WRONG]


def passes(items: Iterable[Item], answers: Mapping[str, str]) -> bool:
    """Whether a place may open with these answers: nothing that is needed is wrong."""
    return not any(item.is_needed for item in failed(items, answers))
