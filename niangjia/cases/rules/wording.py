"""Answers and outcomes in words: nobody is shown the name of a field."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from niangjia.cases.rules.content import Form, Result
from niangjia.cases.rules.linking import MERGED
from niangjia.cases.rules.questions import Question, questions_of
from niangjia.core.errors import Text

RESULTS: dict[str, Text] = {
    Result.GRANTED: gettext_lazy("Granted"),
    Result.REFUSED: gettext_lazy("Not granted"),
    Result.RESOLVED: gettext_lazy("Resolved"),
    Result.UNRESOLVED: gettext_lazy("Not resolved"),
    Result.REFERRED: gettext_lazy("Referred to another authority"),
    MERGED: gettext_lazy("Handled together with an earlier case about the same"),
}


class Named(Protocol):
    """A file that has a name."""

    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Answered:
    """A question and what was answered, both in words. A group has its answers in `rows` as well;
    a question of files has the files."""

    label: str
    words: str
    is_long: bool = False
    rows: Sequence[Sequence["Answered"]] = ()
    files: Sequence[Named] = ()


def in_words(
    form: Form | None, answers: Mapping[str, Any], files: Mapping[str, Named] | None = None
) -> list[Answered]:
    """The answers in the order of the form, under what was asked. What was answered under a name
    the form does not know (an older client's) stands last, under one label for all. `files` are
    those a reader may see, by their ids."""
    questions = questions_of(form).every if form else ()
    found = [
        answered(question, value, files or {})
        for question in questions
        if (value := answers.get(question.name)) not in (None, "", [])
    ]
    known = {question.name for question in questions}
    rest = [plain(value) for name, value in answers.items() if name not in known]
    return [*found, *(Answered(gettext("Also said"), words) for words in rest if words)]


def answered(question: Question, value: Any, files: Mapping[str, Named]) -> Answered:
    """One answer under its question."""
    label = str(question.label)
    if question.group and isinstance(value, list):
        inside = question.group.questions.every
        rows = [
            [answered(each, row[each.name], files) for each in inside if each.name in row]
            for row in value
            if isinstance(row, dict)
        ]
        return Answered(label, "\n".join(map(row_in_words, rows)), rows=rows)
    if question.files and isinstance(value, list):
        found = [files[key] for key in value if key in files]
        return Answered(label, gettext(", ").join(file.name for file in found), files=found)
    return Answered(label, said(question, value), question.kind == "long")


def row_in_words(row: Sequence[Answered]) -> str:
    """A row of a group on one line."""
    colon = gettext(": ")
    return gettext(", ").join(f"{each.label}{colon}{each.words}" for each in row)


def said(question: Question, value: Any) -> str:
    """One answer in words."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if question.kind == "date":
        return day_in_words(value)
    options = {key: str(words) for key, words in question.options}
    if isinstance(value, list):
        return gettext(", ").join(options.get(str(each), plain(each)) for each in value)
    return options.get(str(value), plain(value))


def day_in_words(value: Any) -> str:
    """An ISO date as a date; anything else as it stands."""
    try:
        return date_format(dt.date.fromisoformat(str(value)), "DATE_FORMAT")
    except ValueError:
        return plain(value)


def plain(value: Any) -> str:
    """A value nothing more is known of: whole numbers without a fraction."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return gettext(", ").join(map(plain, value))
    return str(value) if isinstance(value, str | int | float) else ""
