"""The smaller forms of the worker's side."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReviewForm(forms.Form):
    """Asking the union above to look again."""

    statement = forms.CharField(
        label=_("What should the union above know?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What was overlooked, or what has changed. Up to 1,000 characters."),
    )


class ResignationForm(forms.Form):
    """Leaving the union."""

    reason = forms.CharField(
        label=_("Why are you leaving?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("You need not say. It helps us do better."),
    )
    confirms = forms.BooleanField(
        label=_("I want to end my membership."),
        error_messages={"required": _("Please tick this if you really want to leave.")},
    )


class CardForm(forms.Form):
    """Checking a card without a camera: its number and the eight digits under the code."""

    number = forms.CharField(
        label=_("Membership number"),
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    code = forms.CharField(
        label=_("The eight digits under the code"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
