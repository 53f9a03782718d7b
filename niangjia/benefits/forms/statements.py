"""What a union answers a merchant who disputes a statement."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.models import StatementLine
from niangjia.benefits.rules.money import yuan_of


class DisputeForm(forms.Form):
    """The answer, and which lines are taken off."""

    words = forms.CharField(
        label=_("What you answer the merchant"),
        max_length=500,
        help_text=_("The merchant reads it, and confirms the statement or disputes it again."),
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": _("Say what you found, in up to 500 characters. The merchant reads it.")
        },
    )
    lines = forms.MultipleChoiceField(
        label=_("Take off this statement"),
        required=False,
        help_text=_("They stand on the next one, with what came back of them."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, lines: Iterable[StatementLine], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["lines"].choices = [  # type: ignore[attr-defined]
            (str(line.pk), label_of(line)) for line in lines
        ]


def label_of(line: StatementLine) -> str:
    """A line in the list to choose from."""
    bought = line.bought
    return f"{localtime(line.at):%m-%d %H:%M} · {bought.shop.name} · {yuan_of(line.amount_fen)}"


class PaymentForm(forms.Form):
    """That a statement was paid."""

    payment = forms.CharField(
        label=_("The bank's reference"),
        max_length=60,
        error_messages={"required": _("Write the bank's reference.")},
    )


class MonthField(forms.DateField):
    """A month: its first day."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput({"type": "month"}, format="%Y-%m")
        wrong = dict.fromkeys(("required", "invalid"), _("Choose a month."))
        super().__init__(input_formats=["%Y-%m"], widget=widget, error_messages=wrong, **options)


class MonthForm(forms.Form):
    """Which month."""

    month = MonthField(label=_("Month"))


class MonthsForm(forms.Form):
    """From which month to which."""

    first = MonthField(label=_("From month"))
    last = MonthField(label=_("To month"))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("first") and given.get("last") and given["first"] > given["last"]:
            self.add_error("last", _("It cannot end before it begins."))
        return given
