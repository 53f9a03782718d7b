"""Checking answers against the questions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from niangjia.cases.rules.content import Form
from niangjia.core.errors import Invalid, Text

MOST_CHARACTERS = 60_000


def checked(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers, when they fit the form. Raises `Invalid` with one message a field."""
    problems: dict[str, Text] = {}
    for error in form.once(checker).iter_errors(dict(answers)):
        problems.setdefault(field_of(error), message_of(error))
    if problems:
        raise Invalid(
            _("Some answers need another look."), code="answers-do-not-fit", fields=problems
        )
    return dict(answers)


def checker(form: Form) -> Draft202012Validator:
    return Draft202012Validator(form.schema_, format_checker=Draft202012Validator.FORMAT_CHECKER)


def field_of(error: ValidationError) -> str:
    """The field a problem is shown beside; in a row of a group, under its name there, as forms have
    it ("family-0-name")."""
    path = list(error.absolute_path)
    if error.validator == "required":
        wanted: Any = error.validator_value
        given: Any = error.instance
        path += [next((str(name) for name in wanted if name not in given), "")]
    is_in_row = len(path) > 2 and isinstance(path[1], int)
    return "-".join(map(str, path[:3])) if is_in_row else str(path[0]) if path else ""


def message_of(error: ValidationError) -> Text:
    """What is wrong with one answer, in words that say what to do."""
    said: dict[str, Text] = {
        "required": _("Please answer this."),
        "minLength": _("Please write a little more."),
        "maxLength": _("Please write less."),
        "enum": _("Choose one of the list."),
        "const": _("We can go on only with your agreement."),
        "minItems": _("Choose at least one."),
        "format": _("Write the day like 2026-11-22."),
        "minimum": _("This number is too small."),
        "maximum": _("This number is too large."),
        "type": _("This answer is not of the right kind."),
    }
    return said.get(str(error.validator), _("This answer does not fit."))
