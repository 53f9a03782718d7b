"""What officers write about an employer's record."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RenamingForm(forms.Form):
    """What it is called from now on."""

    name = forms.CharField(
        label=_("Name of the employer"),
        max_length=120,
        error_messages={"required": _("Enter the name.")},
    )


class HeirForm(forms.Form):
    """Words to find the record by that it goes into."""

    words = forms.CharField(
        label=_("Name or code of the other employer"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    words.wanted = True  # type: ignore[attr-defined] # nothing is found without
