"""The form for a new token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.members.models import Scope

LIFETIMES = [(30, _("30 days")), (90, _("90 days")), (365, _("A year"))]


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What it is for"),
        max_length=60,
        help_text=_("For example the program that uses it."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=Scope.choices,
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=_("How long it is valid"), choices=LIFETIMES, coerce=int, initial=90
    )
