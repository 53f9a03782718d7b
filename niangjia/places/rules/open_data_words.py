"""The open data in words, for people who write programs: what each field means, and on which terms
a node may give it away."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text


@dataclass(frozen=True)
class Licence:
    """A licence by its SPDX identifier."""

    key: str
    name: Text
    url: str
    asks: Text


NAMING = _("Name the union of this node as the source, with a link and the day of your copy.")
LICENCES = {
    each.key: each
    for each in (
        Licence(
            "CC-BY-4.0",
            _("Creative Commons Attribution 4.0"),
            "https://creativecommons.org/licenses/by/4.0/",
            NAMING,
        ),
        Licence(
            "CC0-1.0",
            _("Creative Commons Zero 1.0"),
            "https://creativecommons.org/publicdomain/zero/1.0/",
            _("Nothing is asked for; naming the source helps people to trust it."),
        ),
        Licence(
            "ODbL-1.0",
            _("Open Database License 1.0"),
            "https://opendatacommons.org/licenses/odbl/1-0/",
            NAMING,
        ),
    )
}
#: What each field of a place means, in the order of the CSV's columns.
FIELDS: dict[str, Text] = {
    "code": _("stands on the plate at the door and never changes; the key of your copy"),
    "kind": _("what sort of place it is, by the keys below"),
    "state": _("published, or closed for good: take it off your map"),
    "name": _("as it stands over the door"),
    "name_en": _("in English, where it has such a name"),
    "address": _("street and number"),
    "way_in": _("how to find the door"),
    "phone": _("of the place, never of a person"),
    "longitude": _("degrees, WGS-84: convert to GCJ-02 or BD-09 for maps of China"),
    "latitude": _("degrees, WGS-84"),
    "hours": _("OpenStreetMap's opening_hours"),
    "facilities": _("what is there, by the keys below"),
    "languages": _("spoken there besides Mandarin, by the keys below"),
    "accessibility": _("what makes it easy to get in and about, by the keys below"),
    "welcome": _("whom it is meant for, by the keys below; nobody named means everybody"),
    "area_m2": _("square metres"),
    "seats": _("number of seats"),
    "parking_bays": _("for trucks, at drivers' homes"),
    "is_made_up": _("made up for a demonstration: never show it as real"),
    "changed_at": _("when anything of this changed last, UTC"),
    "closed_at": _("when it closed for good"),
    "close_reason": _("why"),
    "unsafe_since": _("shut since then, as something there is dangerous and is being put right"),
    "union": _("the union that keeps it"),
    "division": _("GB/T 2260, townships with nine digits"),
    "other_hours": _("single days with other hours or none; of several the fewest days count"),
}
