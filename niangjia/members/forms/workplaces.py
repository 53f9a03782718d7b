"""Which members of a union work outdoors."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.members.forms.corrections import REASON
from niangjia.members.models import Workplace


class WorkplaceForm(forms.Form):
    """Membership numbers, one a line or side by side, and where these members work."""

    workplace = forms.ChoiceField(
        label=_("Where they work"),
        choices=Workplace.choices,
        initial=Workplace.OUTDOORS,
        widget=forms.RadioSelect,
    )
    numbers = forms.CharField(
        label=_("Membership numbers"),
        help_text=_("One a line, as on their cards; up to 200 at one go."),
        max_length=8000,
        widget=forms.Textarea({"rows": 8, "autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": _("Enter the numbers of whom it is about.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Each of them reads it."),
        error_messages={"required": REASON},
    )

    def clean_numbers(self) -> list[str]:
        """Without the spaces that stand on a card."""
        lines = re.split(r"[\n,;、，；]", self.cleaned_data["numbers"])
        return [number for line in lines if (number := "".join(line.split()))]
