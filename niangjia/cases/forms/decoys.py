"""What is typed about a decoy."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DecoyForm(forms.Form):
    """Where it lies, and whose it seems to be. What it says are the answers of its service."""

    union = forms.CharField(
        max_length=120,
        label=_("At which union below"),
        help_text=_("Whole name or number"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    name = forms.CharField(
        max_length=40,
        label=_("A made-up name"),
        help_text=_("Of nobody you know."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
