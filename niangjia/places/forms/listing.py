"""What officers write about a place. What is allowed is checked by the service, whose messages come
back beside the fields."""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import DomainError, Invalid
from niangjia.members.selectors.places import access_place, name_of
from niangjia.organisations.models import Union, WorkerKind
from niangjia.organisations.rules.positions import BadPosition, parse_position
from niangjia.places.forms.finding import BAD_POSITION
from niangjia.places.models import Access, Have, Kind, Language, Place
from niangjia.places.rules.facilities import FACILITIES
from niangjia.places.rules.listing import LONGEST_ADDRESS, LONGEST_NAME, Listing
from niangjia.places.rules.points import System, as_wgs84
from niangjia.regions.selectors import find_division

#: What most places begin with; the page after this one has hours day by day.
FIRST_HOURS = (
    ("Mo-Fr 08:30-17:30; PH off", _("Working days, 8:30 to 17:30")),
    ("Mo-Su 08:00-20:00", _("Every day, 8:00 to 20:00")),
    ("Mo-Su 06:00-22:00", _("Every day, 6:00 to 22:00")),
    ("24/7", _("Around the clock")),
)


def ticks(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    """Several of a list."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
    )


class ListingForm(forms.Form):
    """A place as its union writes it down."""

    kind = forms.ChoiceField(label=_("What it is"), choices=Kind.choices)
    name = forms.CharField(
        label=_("What it is called"),
        max_length=LONGEST_NAME,
        help_text=_("As it stands on the sign, such as 江滨路工会驿站."),
        error_messages={"required": _("Give it a name of 2 to 60 characters.")},
    )
    name_en = forms.CharField(
        label=_("What it is called in English"), max_length=120, required=False
    )
    place = forms.CharField(label=_("County or district"), max_length=60, required=False)
    address = forms.CharField(
        label=_("Street and number"),
        max_length=LONGEST_ADDRESS,
        error_messages={"required": _("Write the address, in up to 200 characters.")},
    )
    way_in = forms.CharField(
        label=_("How to find the door"),
        max_length=120,
        required=False,
        help_text=_("Such as: behind the bank, first floor."),
    )
    point = forms.CharField(
        label=_("Point on the map"),
        max_length=60,
        help_text=_("Latitude and longitude, as a map shows them: 29.3100, 120.0700"),
        error_messages={"required": _("Without a point nobody finds it.")},
    )
    system = forms.ChoiceField(
        label=_("Which map the point is from"), choices=System.choices, initial=System.GCJ02
    )
    hours = forms.ChoiceField(label=_("Open, to begin with"), choices=FIRST_HOURS)
    facilities = ticks(_("What it has"), [(each.key, each.label) for each in FACILITIES])
    haves = ticks(_("The six haves"), Have.choices)
    welcome = ticks(_("Who is meant"), WorkerKind.choices, _("None ticked: everybody."))
    languages = ticks(_("Spoken besides Mandarin"), Language.choices)
    accessibility = ticks(_("Getting in and about"), Access.choices)
    area_m2 = forms.IntegerField(label=_("Area, in square metres"), min_value=1, required=False)
    seats = forms.IntegerField(
        label=_("How many can sit"), min_value=1, max_value=9999, required=False
    )
    parking_bays = forms.IntegerField(
        label=_("Room for so many trucks"), min_value=1, max_value=9999, required=False
    )
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    introduction = forms.CharField(
        label=_("A few words about it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    knows_point = forms.BooleanField(required=False, widget=forms.HiddenInput)
    knows_neighbours = forms.BooleanField(
        label=_("It is none of these: another place"), required=False
    )

    def __init__(self, *args: Any, union: Union, place: Place | None = None, **more: Any) -> None:
        self.union, self.known = union, place
        #: What would put the point right.
        self.proposal = ""
        super().__init__(*args, **more)
        if place is not None:
            del self.fields["hours"]
        else:
            self.fields["place"].initial = name_of(union.division)

    @staticmethod
    def mended(posted: QueryDict) -> QueryDict:
        """What was typed, put right as was proposed beside the point (`rules.points.Fault`)."""
        mend, data = posted.get("mend", ""), posted.copy()
        if mend == "swap":
            data["point"] = ", ".join(reversed(re.split(r"\s*[,，]\s*", data.get("point", ""))))
        elif mend.startswith("system:"):
            data["system"] = mend.removeprefix("system:")
        elif mend.startswith("division:"):
            if division := find_division(mend.removeprefix("division:")):
                data["place"] = name_of(division)
        elif mend == "sure":
            data["knows_point"] = "on"
        return data

    @classmethod
    def of(cls, place: Place) -> "ListingForm":
        """The form as the place is now."""
        names = set(cls.base_fields) & {field.name for field in Place._meta.fields}
        known = {name: getattr(place, name) for name in names}
        return cls(
            union=place.union,
            place=place,
            initial={
                **known,
                "place": name_of(place.division),
                "point": f"{place.latitude:.6f}, {place.longitude:.6f}",
                "system": System.WGS84,
            },
        )

    def clean(self) -> dict[str, Any]:
        """The division and the point by what was typed of them."""
        data: dict[str, Any] = super().clean() or {}
        try:
            data["division"] = access_place(data.get("place", ""), default=self.union.division)
        except Invalid as refusal:
            for problem in refusal.fields.values():
                self.add_error("place", str(problem))
        if "point" in data:
            try:
                data["position"] = parse_position(data["point"])
            except BadPosition as bad:
                self.add_error("point", str(BAD_POSITION[bad.reason]))
                self.proposal = "swap" if bad.reason == "swapped" else ""
        return data

    def propose(self, refusal: DomainError | None) -> None:
        """Keep what a service says would put the point right."""
        self.proposal = refusal.proposals.get("point", "") if refusal else ""

    def listing(self) -> Listing:
        """What was typed, the point in WGS-84. Only of a valid form."""
        data = self.cleaned_data
        typed = data["position"]
        point = as_wgs84(typed.longitude, typed.latitude, data["system"])
        names = set(Listing.__dataclass_fields__) & set(self.fields)
        values = {
            name: tuple(data[name]) if isinstance(data[name], list) else data[name]
            for name in names
        }
        return Listing(
            **{
                "hours": self.known.hours if self.known else "",
                **values,
                "division": data["division"],
                "longitude": point.longitude,
                "latitude": point.latitude,
            }
        )
