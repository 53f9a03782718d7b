"""Entering days off."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

KINDS = (("off", _("Day off")), ("work", _("Make-up working day")))
DATE = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class DayForm(forms.Form):
    """One day, for the country or one province."""

    date = forms.DateField(label=_("Day"), widget=DATE)
    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS, widget=forms.RadioSelect)
    province = forms.ChoiceField(label=_("Where"), required=False)
    name = forms.CharField(label=_("Name of the day"), max_length=40)
    source = forms.CharField(
        label=_("Announced by"),
        max_length=200,
        help_text=_("Who announced it and where: the number of the notice, or its address."),
    )

    def __init__(self, *args: object, places: Iterable[tuple[str, object]], **kwargs: object):
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["province"].choices = list(places)  # type: ignore[attr-defined]


class YearForm(forms.Form):
    """The whole arrangement of a year is entered."""

    year = forms.IntegerField(widget=forms.HiddenInput)
    source = forms.CharField(label=_("Announced by"), max_length=120)


class ClearingForm(forms.Form):
    """Which entry to take back."""

    date = forms.DateField()
    province = forms.CharField(required=False, max_length=2)
