"""The page about the open data: for map vendors and whoever writes a program."""

import json

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.organisations.models import WorkerKind
from niangjia.places.models import Access, Kind, Language
from niangjia.places.rules import facilities, open_data
from niangjia.places.rules.open_data_words import FIELDS
from niangjia.places.selectors.open_data import SETTLED_AFTER, find_example, licence

FEED = "api-1:list_open_places"


@require_safe
def open_data_page(request: HttpRequest) -> HttpResponse:
    """What there is, on which terms, how to keep a copy, what each field means. Two queries."""
    feed = reverse(FEED)
    example = find_example()
    context = {
        "formats": formats(feed),
        "address": request.build_absolute_uri(feed),
        "licence": licence(),
        "minutes": round(SETTLED_AFTER.total_seconds() / 60),
        "rate": settings.NIANGJIA_API_REQUESTS_PER_MINUTE,
        "example": example and pretty(open_data.record(example)),
        "fields": FIELDS.items(),
        "keys": [
            ("kind", Kind.choices),
            ("facilities", [(each.key, each.label) for each in facilities.FACILITIES]),
            ("languages", Language.choices),
            ("accessibility", Access.choices),
            ("welcome", WorkerKind.choices),
        ],
    }
    return render(request, "places/portal/open_data.html", context)


def formats(feed: str) -> list[tuple[str, str, str]]:
    """Name, address and for whom."""
    return [
        ("JSON", feed, _("all there is, for programs")),
        ("GeoJSON", f"{feed}/geojson", _("for maps (RFC 7946)")),
        ("CSV", f"{feed}/csv", _("for spreadsheets and databases (RFC 4180, UTF-8)")),
        ("HSDS 3", f"{feed}/hsds", _("for directories of social services (Open Referral)")),
    ]


def pretty(record: dict[str, object]) -> str:
    """A record as JSON that people can read."""
    return json.dumps(record, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
