"""Objecting to a public notice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.cases.services.announcing import OBJECTION_LENGTHS


class ObjectionForm(forms.Form):
    """What is not right."""

    words = forms.CharField(
        max_length=OBJECTION_LENGTHS[1],
        label=_("What is not right?"),
        help_text=_("You need not say who you are. The union looks into it before it goes on."),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Say what is not right, in 10 to 2,000 characters.")},
    )
