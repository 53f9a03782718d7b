"""What is looked for among the cases."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import State
from niangjia.core import clock
from niangjia.members.rules import purposes
from niangjia.members.rules.purposes import LookUpPurpose

ME = "me"
ANY = ("", _("All"))


def day_field(label: Any) -> forms.DateField:
    """A day that need not be given."""
    return forms.DateField(
        required=False,
        label=label,
        widget=forms.DateInput({"type": "date"}),
        error_messages={"invalid": _("Choose a day.")},
    )


def choice(label: Any, choices: Any = (), **named: Any) -> forms.ChoiceField:
    """One of a list, or none."""
    return forms.ChoiceField(required=False, label=label, choices=choices, **named)


def text(label: Any, *, hint: Any = "", length: int = 120) -> forms.CharField:
    """A few words, remembered by no browser."""
    return forms.CharField(
        required=False,
        max_length=length,
        label=label,
        help_text=hint,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class SearchForm(forms.Form):
    """Everything narrows together; what is left out narrows nothing. Who is looked for by name or
    number is looked for with a purpose."""

    words = text(_("Words, or a case number"))
    item = choice(_("Service"))
    state = choice(_("State"), [ANY, *State.choices])
    union = text(_("Union"), hint=_("Whole name or number"))
    officer = choice(_("Assigned to"))
    employer = text(_("Employer complained about"), hint=_("Whole name or credit code"))
    since = day_field(_("Opened from"))
    until = day_field(_("Opened until"))
    by = choice(
        _("Applicant, by"),
        [
            ("name", _("Whole name")),
            ("identity_number", _("Identity number")),
            ("phone", _("Mobile number")),
        ],
        initial="name",
    )
    whom = text(_("Name or number"), length=60)
    purpose = choice(_("What for?"), [("", _("Choose")), *LookUpPurpose.choices])
    purpose_words = text(
        _("In a few words"),
        hint=_("The person concerned can read who looked, when and why."),
        length=purposes.WORDS_MAX_LENGTH,
    )

    def __init__(
        self, items: Mapping[str, str], officers: Mapping[uuid.UUID, str], data: Any = None
    ) -> None:
        super().__init__(data)
        self.set_choices("item", items)
        self.set_choices("officer", {ME: _("Me"), **{str(key): officers[key] for key in officers}})

    def set_choices(self, name: str, choices: Mapping[str, Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [ANY, *choices.items()]

    def clean(self) -> dict[str, Any]:
        """Who looks for a person says why, in words; days come in their order."""
        given = self.cleaned_data
        if given.get("whom"):
            if not given.get("purpose"):
                self.add_error("purpose", _("State what you need it for."))
            if not given.get("purpose_words", "").strip():
                self.add_error("purpose_words", _("Say in a few words why you need it."))
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day lies before the first."))
        return given

    def stated(self) -> str:
        """The purpose as it is recorded; empty where nobody is looked for. Only of a valid form."""
        given = self.cleaned_data
        return purposes.stated(given["purpose"], given["purpose_words"]) if given["whom"] else ""


def beginning_of(day: dt.date | None) -> dt.datetime | None:
    """The first moment of a day in China."""
    return dt.datetime.combine(day, dt.time(), clock.CHINA) if day else None


def end_of(day: dt.date | None) -> dt.datetime | None:
    """The first moment that is no longer of it."""
    return beginning_of(day + dt.timedelta(days=1)) if day else None
