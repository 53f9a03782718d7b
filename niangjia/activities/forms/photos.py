"""Asking that a photo is taken down."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.activities.services.photos import WORDS_MAX


class TakeDownForm(forms.Form):
    """Why; it may stay empty."""

    words = forms.CharField(
        label=_("What is the matter with it"),
        required=False,
        max_length=WORDS_MAX,
        widget=forms.Textarea({"rows": 2}),
    )
