"""What a station asked for and nobody answered, as a case of the item `station-supplies`."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.cases.rules.content import Result
from niangjia.core import clock
from niangjia.core.errors import Text
from niangjia.places.models import SupplyRequest

ITEM = "station-supplies"
#: The item's own words for what is missing; whatever else a place can lack is "other".
NEEDS = {
    "water": "water",
    "medicine": "medicine",
    "meal": "microwave",
    "cool": "cooling",
    "charge": "charging",
    "e_bike": "charging",
    "umbrella": "rain",
    "air_pump": "tools",
    "rest": "furniture",
    "wifi": "wifi",
}
#: Why it is not brought after all, where the case ended without it.
REFUSALS: dict[str, Text] = {
    Result.REFUSED: gettext_lazy("It was looked into as a case, and not approved."),
    Result.REFERRED: gettext_lazy("The union does not run this place; whoever does has been told."),
    Result.UNRESOLVED: gettext_lazy("It cannot be brought while the place stays shut."),
}
MET = (Result.GRANTED, Result.RESOLVED)


def answers(request: SupplyRequest) -> dict[str, Any]:
    """The request as answers to the item's questions."""
    place = request.place
    details = _("%(what)s: on its page since %(day)s, how many asked: %(asks)s.") % {
        "what": request.what,
        "asks": request.asks,
        "day": request.asked_at.astimezone(clock.CHINA).date().isoformat(),
    }
    return {
        "station": f"{place.name} {place.code}",
        "needs": [NEEDS.get(request.facility, "other")],
        "details": details,
        "is_keeper": request.by_keeper,
        "unsafe": False,
    }
