"""Asking for supplies, and answering."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.places.forms.keeping import day, has
from niangjia.places.models import Place
from niangjia.places.rules.requests import LONGEST_REASON, LONGEST_WHAT


class AskingForm(forms.Form):
    """What is used up or missing."""

    what = forms.CharField(
        label=_("What is needed"),
        max_length=LONGEST_WHAT,
        help_text=_("Such as: drinking water, plasters, paper cups."),
        error_messages={"required": _("Say what it is, in up to 60 characters.")},
    )
    facility = forms.ChoiceField(label=_("Without it, missing is"), required=False)

    def __init__(self, *args: Any, place: Place, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["facility"].choices = [("", "—"), *has(place)]  # type: ignore[attr-defined]


class SendingForm(forms.Form):
    """It is on its way."""

    expected_date = day(_("It should be there by"))


class DecliningForm(forms.Form):
    """It is not brought."""

    reason = forms.CharField(
        label=_("Why not: whoever asked reads it"),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Say why, in up to 200 characters: whoever asked reads it.")},
    )


class ReceivingForm(forms.Form):
    """It has come; with a number it goes on the list."""

    amount = forms.IntegerField(label=_("How many"), min_value=1, max_value=10_000, required=False)
    expires_date = day(_("Expires on"))
