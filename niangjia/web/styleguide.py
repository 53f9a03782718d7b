"""What the style guide shows: each component, in each of its states."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


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
    {"code": "330000", "name": "浙江", "value": 412, "url": ""},
    {"code": "440000", "name": "广东", "value": 388, "url": ""},
    {"code": "510000", "name": "四川", "value": 207, "url": ""},
    {"code": "650000", "name": "新疆", "value": 96, "url": ""},
    {"code": "540000", "name": "西藏", "value": 31, "url": ""},
]
MARKERS = [
    {"longitude": 120.0759, "latitude": 29.3066, "label": "义乌市总工会", "url": "#map"},
    {"longitude": 120.1536, "latitude": 30.2875, "label": "杭州市总工会", "url": "#map"},
]


def context() -> dict[str, Any]:
    """Everything the page shows."""
    chart: dict[str, Any] = {
        "title": _("Zhejiang has the most unions of these five"),
        "source": _("made up for this page"),
        "date": dt.date(2026, 1, 31),
        "row_label": _("Province"),
        "value_label": _("Unions"),
        "division": "",
        "data": {"points": POINTS},
    }
    return {
        "form": ExampleForm(),
        "wrong_form": ExampleForm({"wrong-phone": "139", "wrong-province": "33"}, prefix="wrong"),
        "page": ExamplePage(),
        "bars": {**chart, "id": "example-bars", "kind": "bar"},
        "shades": {**chart, "id": "example-shades", "kind": "choropleth"},
        "map": {
            "id": "example-map",
            "label": _("Map of two unions"),
            "division": "330782",
            "markers": MARKERS,
            "note": "",
        },
        "icons": ["map-pin", "search", "inbox", "id-card", "bell", "shield-check", "calendar-days"],
    }
