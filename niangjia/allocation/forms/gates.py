"""What is typed at gates and about them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import Judgement
from niangjia.members.doors.fields import ColleagueField


class CodeForm(forms.Form):
    """A code that was scanned or read out, where the page has no script."""

    code = forms.CharField(
        label=_("Entry code"),
        help_text=_("Scan it, or type the number and the six digits, like 42 123456."),
        max_length=200,
        error_messages={"required": _("Scan or type the code.")},
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "off"}),
    )
    door = forms.CharField(label=_("Which door?"), required=False, max_length=40)


class StewardForm(forms.Form):
    """Who shall keep a gate."""

    phone = ColleagueField()


class JudgementForm(forms.Form):
    """What an entry was."""

    judgement = forms.ChoiceField(
        label=_("What was it?"),
        choices=[(value, label) for value, label in Judgement.choices if value],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what it was.")},
    )
