"""What is typed about a team."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TeamCodeForm(forms.Form):
    """The code that a captain has sent."""

    code = forms.CharField(
        label=_("Code of the team"),
        max_length=40,
        help_text=_("12 letters and digits, like 7K2M-9QXC-4T0B."),
        error_messages={"required": _("Type the code that your captain sent you.")},
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )
