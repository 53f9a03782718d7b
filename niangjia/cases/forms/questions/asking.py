"""The questions of a form as a form."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from niangjia.cases.forms.questions.drawing import DrawnForm, row_name
from niangjia.cases.forms.questions.fields import as_json, as_shown, plain
from niangjia.cases.rules.questions import Question, Questions
from niangjia.cases.services.files import Attached

NEEDED = _("Please answer this.")
AGREE = _("We can go on only with your agreement.")
TOO_FEW = _("Add at least one.")
EMPTY: tuple[Any, ...] = (None, "", [])


class QuestionsForm(DrawnForm):
    """The questions of a form document as fields. What is not asked of somebody who answers like
    this is neither required nor kept. `answers()` is what the document's schema checks. Where
    nothing is needed (`is_needed`), what was typed is shown again but neither checked nor kept,
    except files that come beside the questions.

    The rows of a group are fields of the same form ("family-0-name"). `held` are files that are
    kept already; `problems` says, for each question, why others were not.
    """

    is_needed = True

    def __init__(
        self,
        questions: Questions,
        data: Mapping[str, Any] | None = None,
        *,
        known: Mapping[str, Any] | None = None,
        prefix: str = "",
        held: Mapping[str, Attached] | None = None,
        problems: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        super().__init__(data, prefix=prefix or None)
        self.questions, self.held, self.problems = questions, held or {}, problems or {}
        for question in questions.every:
            value = as_shown(question, (known or {}).get(question.name))
            if question.group:
                self.add_rows(question, value if isinstance(value, list) else [])
            elif question.files:
                value = [key for key, file in self.held.items() if file.slot == question.name]
            self.add_field(question, question.name, value)

    def add_field(self, question: Question, name: str, value: Any, *, row: str = "") -> None:
        """The field of a question; of one in a row, under its name there."""
        self.fields[name] = self.prepared(question, row)
        if value not in EMPTY and not question.group:
            self.initial[name] = value

    def add_rows(self, question: Question, known: Sequence[Mapping[str, Any]]) -> None:
        """The fields of each row there is: as many as the page had, else as are known, and one to
        begin with where one is needed."""
        assert question.group  # noqa: S101 - asked by the caller
        least = max(question.group.least, int(question.required))
        count = max(len(known), least)
        if self.is_bound:
            sent = str(self.data.get(self.add_prefix(question.name), ""))
            count = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 4 else least
        count = min(count, question.group.most)
        self.initial[question.name] = count
        for number in range(count):
            said = known[number] if number < len(known) else {}
            row = row_name(question, number)
            for inner in question.group.questions.every:
                value = as_shown(inner, said.get(inner.name))
                self.add_field(inner, f"{row}{inner.name}", value, row=row)

    def clean(self) -> dict[str, Any]:
        """Drop what is not asked; what is asked and required must be answered."""
        cleaned = super().clean() or {}
        if not self.is_needed:
            self.errors.clear()
        given: dict[str, Any] = {}
        for question in self.questions.every:
            if not self.is_needed and not question.is_beside:
                continue
            value = self.given_to(question, cleaned)
            if value not in EMPTY:
                given[question.name] = value
        if not self.is_needed:
            return given
        shown = self.questions.shown(given)
        self.need(shown, given)
        asked = {question.name for question in shown}
        for name in list(self.errors):
            if name in self.fields and self.question_of(name) not in asked:
                del self.errors[name]
        return {name: value for name, value in given.items() if name in asked}

    def given_to(self, question: Question, cleaned: Mapping[str, Any]) -> Any:
        """The answer to one question, as JSON."""
        if question.group:
            return self.rows_given(question, cleaned)
        if question.files:
            return self.files_given(question, cleaned)
        return plain(cleaned.get(question.name))

    def need(self, shown: Sequence[Question], given: Mapping[str, Any], row: str = "") -> None:
        """Say beside each question that is required and not answered that it is."""
        for question in shown:
            name = f"{row}{question.name}"
            if question.required and question.name not in given and name not in self.errors:
                self.add_error(name, lacking(question))

    def rows_given(self, question: Question, cleaned: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows in which something stands, with their own rules of what is asked."""
        assert question.group  # noqa: S101 - asked by the caller
        rows = []
        for number in range(self.count_of(question)):
            row, inside = row_name(question, number), question.group.questions
            names = {inner.name: f"{row}{inner.name}" for inner in inside.every}
            said = {name: plain(cleaned.get(full)) for name, full in names.items()}
            given = {name: value for name, value in said.items() if value not in EMPTY}
            if not given and not any(full in self.errors for full in names.values()):
                continue
            shown = inside.shown(given)
            self.need(shown, given, row)
            asked = {inner.name for inner in shown}
            for name in set(names) - asked:
                self.errors.pop(names[name], None)
            rows.append({name: value for name, value in given.items() if name in asked})
        if rows and len(rows) < question.group.least:
            self.add_error(question.name, TOO_FEW)
        return rows

    def files_given(self, question: Question, cleaned: Mapping[str, Any]) -> list[str]:
        """The ids of files that are kept for this question."""
        for problem in self.problems.get(question.name, ()):
            self.add_error(question.name, problem)
        chosen = cleaned.get(question.name) or []
        mine = [key for key in chosen if self.is_kept(key, question)]
        if question.files and len(mine) > question.files.most:
            most = {"most": question.files.most}
            self.add_error(question.name, _("At most %(most)s files here.") % most)
        return mine

    def question_of(self, name: str) -> str:
        """The question that a field belongs to: itself, or the group that its row is of."""
        if self.questions.find(name):
            return name
        groups = (question.name for question in self.questions.every if question.group)
        return next((group for group in groups if name.startswith(f"{group}-")), name)

    def answers(self) -> dict[str, Any]:
        """The answers as JSON, without the files beside them."""
        beside = {question.name for question in self.questions.every if question.is_beside}
        return {name: value for name, value in self.cleaned_data.items() if name not in beside}

    def handed_in(self) -> list[str]:
        """The ids of all files that are handed in with it."""
        names = [question.name for question in self.questions.of_files]
        return [key for name in names for key in self.cleaned_data.get(name, ())]

    @property
    def has_files(self) -> bool:
        """Whether any file comes with it, before it is checked."""
        names = [question.name for question in self.questions.of_files]
        return any(self[name].value() for name in names)

    def typed(self) -> dict[str, Any]:
        """What stands in the fields, checked or not: answers where they are some already, words as
        they were typed where not. Files are kept elsewhere."""
        found: dict[str, Any] = {}
        for question in self.questions.every:
            if question.group:
                value: Any = [row for row in self.rows_typed(question) if row]
            elif question.files:
                continue
            else:
                value = self.typed_in(question.name)
            if value not in EMPTY:
                found[question.name] = value
        return found

    def typed_in(self, name: str) -> Any:
        """What stands in one field."""
        field = self.fields[name]
        typed = field.widget.value_from_datadict(self.data, {}, self.add_prefix(name))
        return as_json(field, typed)

    def rows_typed(self, question: Question) -> list[dict[str, Any]]:
        """What stands in each row of a group, empty ones as well."""
        assert question.group  # noqa: S101 - asked by the caller
        rows = []
        for number in range(self.count_of(question)):
            said = {
                inner.name: self.typed_in(f"{row_name(question, number)}{inner.name}")
                for inner in question.group.questions.every
            }
            rows.append({name: value for name, value in said.items() if value not in EMPTY})
        return rows

    @property
    def is_reshaped(self) -> bool:
        """Whether a button was pressed that changes the form and does not send it."""
        return any(self.data.get(name) for name in ("more", "less", "drop", "find"))

    def reshaped(self) -> Self | None:
        """The form with a row more ("more") or less ("less") of a group, nothing checked and
        nothing lost; None unless that is what was pressed. The way without a script."""
        if not self.is_reshaped:
            return None
        more, less = str(self.data.get("more", "")), str(self.data.get("less", ""))
        known = self.typed()
        for question in self.questions.every:
            if question.group is None:
                continue
            name, rows = self.add_prefix(question.name), self.rows_typed(question)
            known[question.name] = [
                row for number, row in enumerate(rows) if less != f"{name}-{number}"
            ] + ([{}] if more == name else [])
        return type(self)(
            self.questions,
            known=known,
            prefix=self.prefix or "",
            held=self.held,
            problems=self.problems,
        )


def lacking(question: Question) -> Any:
    """What is said where an answer is missing."""
    if question.kind == "agree":
        return AGREE
    return TOO_FEW if question.group else NEEDED
