"""How a form of questions is drawn: question by question, rows and files with theirs."""

import json
from collections.abc import Iterator, Mapping

from django import forms

from niangjia.cases.forms.questions.fields import field_for, wanted_by
from niangjia.cases.forms.questions.parts import Part, Row
from niangjia.cases.rules.eligibility_script import script_of
from niangjia.cases.rules.questions import Question, Questions
from niangjia.cases.services.files import Attached

#: In the names of a row that stands ready to be copied.
BLANK = "__row__"


def row_name(question: Question, number: int) -> str:
    """What the names of a row's fields begin with."""
    return f"{question.name}-{number}-"


class DrawnForm(forms.Form):
    """What a template asks of the form: see `QuestionsForm`, which is the whole."""

    questions: Questions
    held: Mapping[str, Attached]

    def prepared(self, question: Question, row: str = "") -> forms.Field:
        """The field, with what the script needs to show it only where it is asked."""
        field = field_for(question)
        if question.depends_on:
            field.widget.attrs |= {
                "data-show-field": self.add_prefix(f"{row}{question.depends_on}"),
                "data-show-equals": wanted_by(question),
            }
        if question.when and (script := script_of(question.when)):
            field.widget.attrs["data-when"] = json.dumps(script)
        return field

    def count_of(self, question: Question) -> int:
        """How many rows a group has."""
        return int(self.initial.get(question.name, 0))

    def is_kept(self, key: str, question: Question) -> bool:
        """Whether a file is held, and for this question."""
        return key in self.held and self.held[key].slot == question.name

    @property
    def parts(self) -> Iterator[Part]:
        """What the template draws, question by question."""
        said = None
        for question in self.questions.every:
            field = self[question.name]
            if question.group:
                there = [n for n in range(self.count_of(question)) if self.is_there(question, n)]
                rows = [self.row(question, n, at) for at, n in enumerate(there, 1)]
                count = self.count_of(question)
                yield Part(question, field, rows, self.blank_row(question), count=count)
            elif question.files:
                chosen = field.value() or []
                held = [self.held[key] for key in chosen if self.is_kept(key, question)]
                limits = (question.files.kinds, question.files.megabytes)
                yield Part(question, field, held=held, says_limits=limits != said)
                said = limits
            else:
                yield Part(question, field)

    @property
    def has_groups(self) -> bool:
        """Whether buttons in it do something else than send it."""
        return any(question.group or question.files for question in self.questions.every)

    def is_there(self, question: Question, number: int) -> bool:
        """Whether a row is drawn: one that a script took away left nothing in the form."""
        start = self.add_prefix(row_name(question, number))
        return not self.is_bound or any(name.startswith(start) for name in self.data)

    def row(self, question: Question, number: int, at: int) -> Row:
        """One row of a group as it is drawn, `at` its place."""
        assert question.group  # noqa: S101 - asked by the caller
        inside = question.group.questions.every
        fields = [self[f"{row_name(question, number)}{inner.name}"] for inner in inside]
        return Row(at, f"{self.add_prefix(question.name)}-{number}", fields)

    def blank_row(self, question: Question) -> Row:
        """The row that the script copies."""
        assert question.group  # noqa: S101 - asked by the caller
        row = f"{question.name}-{BLANK}-"
        fields = [
            self.prepared(inner, row).get_bound_field(self, f"{row}{inner.name}")
            for inner in question.group.questions.every
        ]
        return Row(0, f"{self.add_prefix(question.name)}-{BLANK}", fields)
