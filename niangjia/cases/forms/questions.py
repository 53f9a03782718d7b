"""A form made of an item's questions."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.cases.rules.questions import Question, Questions
from niangjia.core import clock

NEEDED = _("Please answer this.")
AGREE = _("We can go on only with your agreement.")


class QuestionsForm(forms.Form):
    """The questions of a form document as fields. What is not asked of somebody who answers like
    this is neither required nor kept. `answers()` is what the document's schema checks. Where
    nothing is needed (`is_needed`), what was typed is shown again but neither checked nor kept."""

    is_needed = True

    def __init__(
        self,
        questions: Questions,
        data: Mapping[str, Any] | None = None,
        *,
        known: Mapping[str, Any] | None = None,
        prefix: str = "",
    ) -> None:
        super().__init__(data, initial=dict(known or {}), prefix=prefix or None)
        self.questions = questions
        for question in questions.every:
            self.fields[question.name] = field_for(question)
            if question.depends_on:
                # What the script needs to show a question only where it is asked.
                self.fields[question.name].widget.attrs |= {
                    "data-show-field": self.add_prefix(question.depends_on),
                    "data-show-equals": wanted_by(question),
                }

    def clean(self) -> dict[str, Any]:
        """Drop what is not asked; what is asked and required must be answered."""
        cleaned = super().clean() or {}
        if not self.is_needed:
            self.errors.clear()
            return {}
        given = {name: value for name, value in cleaned.items() if value not in (None, "", [])}
        shown = self.questions.shown(given)
        for question in shown:
            if (
                question.required
                and question.name not in given
                and question.name not in self.errors
            ):
                self.add_error(question.name, AGREE if question.kind == "agree" else NEEDED)
        asked = {question.name for question in shown}
        for name in list(self.errors):
            if name in self.fields and name not in asked:
                del self.errors[name]
        return {name: value for name, value in given.items() if name in asked}

    def answers(self) -> dict[str, Any]:
        """The answers as JSON."""
        return {
            name: value.isoformat() if isinstance(value, dt.date) else value
            for name, value in self.cleaned_data.items()
        }


def field_for(question: Question) -> forms.Field:
    """The field that asks one question. Requiredness depends on what else is answered, so the
    whole form decides it."""
    shared: dict[str, Any] = {"label": str(question.label), "required": False}
    if question.help:
        shared["help_text"] = str(question.help)
    field = MAKERS[question.kind](question, shared)
    field.wanted = question.required  # type: ignore[attr-defined]
    return field


def wanted_by(question: Question) -> str:
    """The value, as a form sends it, with which a question is asked."""
    wanted = question.depends_value
    if isinstance(wanted, bool):
        wanted = "yes" if wanted else "no"
    return str(wanted)


def yes_no(question: Question, shared: dict[str, Any]) -> forms.Field:
    return forms.TypedChoiceField(
        **shared,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )


def date(question: Question, shared: dict[str, Any]) -> forms.Field:
    most = {"max": clock.today().isoformat()} if question.today_at_most else {}
    return forms.DateField(
        **shared,
        widget=forms.DateInput(attrs={"type": "date", **most}),
        error_messages={"invalid": _("Write the day like 2026-11-22.")},
    )


def number(question: Question, shared: dict[str, Any]) -> forms.Field:
    make: Any = forms.IntegerField if question.kind == "integer" else forms.FloatField
    field: forms.Field = make(
        **shared,
        min_value=question.least,
        max_value=question.most,
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": _("Write a number.")},
    )
    return field


def words(question: Question, shared: dict[str, Any]) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 5}) if question.kind == "long" else forms.TextInput()
    return forms.CharField(
        **shared, min_length=question.min_length, max_length=question.max_length, widget=widget
    )


def choice(question: Question, shared: dict[str, Any]) -> forms.Field:
    options = [(value, str(words)) for value, words in question.options]
    if len(options) > 6:
        return forms.ChoiceField(
            **shared,
            choices=[("", _("Choose")), *options],
            widget=forms.Select,
            error_messages={"invalid_choice": _("Choose one of the list.")},
        )
    return forms.ChoiceField(
        **shared,
        choices=options,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )


def choices(question: Question, shared: dict[str, Any]) -> forms.Field:
    return forms.MultipleChoiceField(
        **shared,
        choices=[(value, str(words)) for value, words in question.options],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )


class AgreementField(forms.BooleanField):
    """A consent: given, or not said at all."""

    def clean(self, value: Any) -> bool | None:
        return super().clean(value) or None


def agree(
    question: Question, shared: dict[str, Any], attributes: dict[str, str] | None = None
) -> forms.Field:
    return AgreementField(**shared, widget=forms.CheckboxInput(attrs=attributes))


MAKERS = {
    "agree": agree,
    "text": words,
    "long": words,
    "integer": number,
    "number": number,
    "date": date,
    "yes_no": yes_no,
    "choice": choice,
    "choices": choices,
}
