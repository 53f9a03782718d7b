"""What somebody found of something odd."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.models import Judgement


class JudgementForm(forms.Form):
    """What somebody found."""

    judgement = forms.ChoiceField(
        label=_("What did you find?"), choices=Judgement.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In words"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say what you found.")},
    )
