"""The field that asks one question."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from niangjia.cases.rules.questions import Question
from niangjia.core import clock


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


class RowsField(forms.IntegerField):
    """How many rows a group has on the page; what they say stands in fields of their own."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> None:
        """Nothing: the rows are the answer."""


def rows(question: Question, shared: dict[str, Any]) -> forms.Field:
    return RowsField(**shared)


class FilesField(forms.Field):
    """Which of the files that are kept already are handed in: their ids."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        """The ids, each once."""
        return list(dict.fromkeys(value or []))


def files(question: Question, shared: dict[str, Any]) -> forms.Field:
    return FilesField(**shared)


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
    "group": rows,
    "files": files,
}


def as_json(field: forms.Field, typed: Any) -> Any:
    """What was typed into a field as its answer in JSON; the words themselves where they are no
    answer yet."""
    try:
        value = field.clean(typed)
    except ValidationError:
        return typed
    return plain(value)


def plain(value: Any) -> Any:
    """A cleaned value as JSON."""
    return value.isoformat() if isinstance(value, dt.date) else value


def as_shown(question: Question, value: Any) -> Any:
    """An answer as its field shows it."""
    if question.kind == "yes_no" and isinstance(value, bool):
        return "yes" if value else "no"
    return value
