"""What the style guide shows: each component, in each of its states."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.core.charts import Chart, Point


class ExampleForm(forms.Form):
    """One field of every sort."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("As on your identity card"),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Phone number"),
        min_length=11,
        widget=forms.TextInput({"autocomplete": "tel-national", "inputmode": "numeric"}),
    )
    job = forms.ChoiceField(
        label=_("What do you do?"),
        choices=[("courier", _("I deliver")), ("driver", _("I drive")), ("host", _("I sell live"))],
        widget=forms.RadioSelect,
    )
    province = forms.ChoiceField(label=_("Where do you work?"), choices=[("33", "浙江省")])
    story = forms.CharField(label=_("What happened?"), required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label=_("I agree to be told about activities"))


@dataclass(frozen=True)
class ExamplePage:
    """A page of a list that has more on both sides."""

    previous: str = "a"
    next: str = "b"


#: Made up, and said to be.
POINTS = [
    Point("浙江", 412, code="330000", parts=(260, 100, 52)),
    Point("广东", 388, code="440000", parts=(301, 80, 7)),
    Point("四川", 207, code="510000", parts=(150, 0, 57)),
    Point("新疆", 96, code="650000", parts=(36, 60, 0)),
    Point("西藏", 31, code="540000", parts=(10, 11, 10)),
]
MARKERS = [
    {"longitude": 120.0759, "latitude": 29.3066, "label": "义乌市总工会", "url": "#map"},
    {"longitude": 120.1536, "latitude": 30.2875, "label": "杭州市总工会", "url": "#map"},
]


def context() -> dict[str, Any]:
    """Everything the page shows."""
    bars = Chart(
        id="example-bars",
        title=_("Zhejiang has the most unions of these five"),
        source=_("made up for this page"),
        date=dt.date(2026, 1, 31),
        row_label=_("Province"),
        value_label=_("Unions"),
        points=POINTS,
    )
    part_labels = [_("Founded before 2020"), _("2020 to 2024"), _("Since 2025")]
    return {
        "form": ExampleForm(),
        "wrong_form": ExampleForm({"wrong-phone": "139", "wrong-province": "33"}, prefix="wrong"),
        "page": ExamplePage(),
        "charts": [
            bars,
            replace(bars, id="example-shades", kind="choropleth"),
            replace(bars, id="example-parts", kind="parts", part_labels=part_labels),
        ],
        "map": {
            "id": "example-map",
            "label": _("Map of two unions"),
            "division": "330782",
            "markers": MARKERS,
            "note": "",
        },
        "icons": ["map-pin", "search", "inbox", "id-card", "bell", "shield-check", "calendar-days"],
    }
