"""What people write to the hotline, online and on paper."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.cases.doors import OfficerForm, ReachForm
from niangjia.core import clock
from niangjia.hotline.services.writing import LONGEST

SENTENCE = _("Write at least a sentence, and at most 3,000 characters.")


class WordsForm(forms.Form):
    """Somebody's words."""

    words = forms.CharField(
        min_length=5,
        max_length=LONGEST,
        label=_("What is it about?"),
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": SENTENCE, "min_length": SENTENCE, "max_length": SENTENCE},
    )


class MessageForm(OfficerForm, WordsForm, ReachForm):
    """A message; a number only from whoever wants to be called. It may be about somebody at a
    union."""

    field_order = ("words", "phone", "officer_union", "officer")


class ReceiptForm(forms.Form):
    """The receipt, typed or carried along."""

    receipt = forms.CharField(
        max_length=60,
        label=_("Receipt"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type the receipt.")},
    )


class LetterForm(WordsForm):
    """A letter, as whoever opened it reads it."""

    use_required_attribute = False

    name = forms.CharField(required=False, max_length=60, label=_("Who wrote"))
    phone = forms.CharField(required=False, max_length=20, label=_("Number to call back"))
    arrived_on = forms.DateField(
        label=_("Arrived on"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Write the day like 2026-11-22."),
            "invalid": _("Write the day like 2026-11-22."),
        },
    )
    field_order = ("arrived_on", "name", "phone", "words")

    def clean_arrived_on(self) -> dt.date:
        """A day that has come."""
        day: dt.date = self.cleaned_data["arrived_on"]
        if day > clock.today():
            raise forms.ValidationError(_("A letter cannot arrive later than now."))
        return day

    def values(self, now: dt.datetime) -> dict[str, Any]:
        """What the service takes. Only of a valid form."""
        data = self.cleaned_data
        day = dt.datetime.combine(data["arrived_on"], dt.time(9), clock.CHINA)
        return {
            "words": data["words"],
            "name": data["name"].strip(),
            "phone": data["phone"].strip(),
            "arrived_at": min(day, now),
        }
