"""What officers write about unions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.organisations.models import Kind, Union, WorkerKind

DATE = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class PointForm(forms.Form):
    """A point on the map."""

    longitude = forms.FloatField(
        label=_("Longitude"),
        required=False,
        help_text=_("Degrees, as in 120.0751 (WGS-84). Put on the map for workers nearby."),
    )
    latitude = forms.FloatField(
        label=_("Latitude"), required=False, help_text=_("Degrees, as in 29.3069.")
    )


class UnionForm(PointForm):
    """A union's page: who they are, where and when to find them, whom they admit. What is allowed
    in a field is checked by the service, whose messages come back beside the fields."""

    introduction = forms.CharField(
        label=_("Introduction"), required=False, max_length=2000, widget=forms.Textarea({"rows": 4})
    )
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    phone = forms.CharField(
        label=_("Office telephone"),
        required=False,
        max_length=30,
        help_text=_("Shown to everybody."),
    )
    email = forms.EmailField(label=_("Email"), required=False)
    point_from_address = forms.BooleanField(
        label=_("Take the point from the address, as near as it says"), required=False
    )
    opening_hours = forms.CharField(
        label=_("Opening hours"),
        required=False,
        max_length=200,
        help_text=_("As in: Mo-Fr 09:00-17:00; PH off"),
    )
    trade = forms.CharField(label=_("Trade"), required=False, max_length=60)
    admits_directly = forms.MultipleChoiceField(
        label=_("Whom it admits directly"),
        required=False,
        choices=WorkerKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    answer_working_days = forms.IntegerField(
        label=_("Promised answer, in working days"), min_value=1, max_value=15
    )
    uscc = forms.CharField(label=_("Unified social credit code"), required=False, max_length=18)
    founded_date = forms.DateField(label=_("Founded on"), required=False, widget=DATE)
    committee_elected_date = forms.DateField(
        label=_("Committee elected on"), required=False, widget=DATE
    )
    committee_term_years = forms.IntegerField(
        label=_("Committee term, in years"), required=False, min_value=3, max_value=5
    )
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def clean_uscc(self) -> str | None:
        return self.cleaned_data["uscc"].strip().upper() or None

    @classmethod
    def of(cls, union: Union) -> "UnionForm":
        """The form as the union is now."""
        known: dict[str, Any] = {
            name: getattr(union, name) for name in cls.base_fields if hasattr(union, name)
        }
        return cls(initial={**known, "seen_at": union.updated_at.isoformat()})


class FoundingForm(forms.Form):
    """A new union below this one."""

    name = forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Enter the name.")}
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Kind.choices, initial=Kind.GRASSROOTS, widget=forms.RadioSelect
    )
    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=120,
        help_text=_("As in: 浙江省金华市义乌市. Empty: the place of the union above."),
    )


class ConfirmationForm(forms.Form):
    """The election that makes a union what it is."""

    committee_elected_date = forms.DateField(
        label=_("Committee elected on"),
        widget=DATE,
        help_text=_("The day the members' meeting elected the committee."),
        error_messages={"required": _("Enter the day of the election.")},
    )


class EmployerForm(forms.Form):
    """An employer whose workers the union is there for."""

    name = forms.CharField(
        label=_("Name of the employer"),
        max_length=120,
        error_messages={"required": _("Enter the name.")},
    )
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        required=False,
        max_length=30,
        help_text=_("With it, an employer that other unions name too stays one record."),
    )
    trade = forms.CharField(label=_("Trade"), required=False, max_length=60)
    address = forms.CharField(label=_("Address"), required=False, max_length=200)
    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=120,
        help_text=_("Where it is registered. Empty: the place of the union."),
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    division = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)


class MoveForm(forms.Form):
    """Where a union goes."""

    parent = forms.CharField(
        label=_("Number of the new upper union"),
        max_length=20,
        error_messages={"required": _("Enter the number.")},
    )
