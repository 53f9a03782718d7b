"""A new lock."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LockForm(forms.Form):
    """Which door it is."""

    name = forms.CharField(
        label=_("Which door"),
        max_length=40,
        help_text=_("Such as: front door, night entrance."),
        error_messages={"required": _("Say which door it is, in up to 40 characters.")},
    )
