"""One tap: "I am here"."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.organisations.rules.positions import BadPosition, Position, parse_position
from niangjia.places.forms.finding import BAD_POSITION


class ArrivalForm(forms.Form):
    """`near` is filled in by the phone, when its owner lets it."""

    near = forms.CharField(
        label=_("Where your phone is"),
        max_length=80,
        required=False,
        widget=forms.HiddenInput(),
    )

    def clean_near(self) -> Position | None:
        return position_of(self.cleaned_data["near"])


def position_of(text: str) -> Position | None:
    """What a phone says; nothing when it says nothing. Raises `ValidationError`."""
    if not text.strip():
        return None
    try:
        return parse_position(text)
    except BadPosition as bad:
        raise forms.ValidationError(str(BAD_POSITION[bad.reason])) from bad
