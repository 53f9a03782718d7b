"""The questions of a form: what a JSON Schema and its hints come to, one by one.

The schema says what an answer may be; the hints (`ui`) say how it is asked: `order`, and for each
field `label`, `help`, `widget`, `options` (words for each value), `show_when` (`field` and the
value it must have), `required` (where it is shown), `prefill` (what is known already),
`searched` (false: no case is found by what is written here).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from niangjia.cases.rules.content import Form, Text

#: What can be filled in beforehand.
PREFILLS = ("person.name", "phone", "union.name", "employer")


@dataclass(frozen=True)
class Question:
    """One question. `kind` is text, long, integer, number, date, yes_no, choice, choices,
    or agree: a consent, without which it does not go on."""

    name: str
    label: Text
    kind: str
    help: Text | None = None
    required: bool = False
    options: tuple[tuple[str, Text], ...] = ()
    least: float | None = None
    most: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    depends_on: str = ""
    depends_value: Any = None
    prefill: str = ""
    today_at_most: bool = False
    is_searched: bool = False


@dataclass(frozen=True)
class Questions:
    """The questions of one form, in their order."""

    every: tuple[Question, ...] = field(default_factory=tuple)

    def shown(self, answers: Mapping[str, Any]) -> list[Question]:
        """Those that are asked of somebody who answers like this: one that hangs on a question
        that is not asked is not asked either, wherever the two stand in the form."""
        by_name = {question.name: question for question in self.every}

        def is_asked(question: Question, below: frozenset[str] = frozenset()) -> bool:
            above = by_name.get(question.depends_on)
            if not question.depends_on:
                return True
            if above is None or question.name in below:
                return False
            return fits(answers.get(above.name), question.depends_value) and is_asked(
                above, below | {question.name}
            )

        return [question for question in self.every if is_asked(question)]


def fits(given: Any, wanted: Any) -> bool:
    """Whether an answer is the one wanted, or among those ticked."""
    return wanted in given if isinstance(given, list) else given == wanted


def questions_of(form: Form) -> Questions:
    """What `form` asks, in the order of its hints; fields without hints come last."""
    properties: Mapping[str, Any] = form.schema_.get("properties", {})
    hints: Mapping[str, Any] = form.ui.get("fields", {})
    order = [name for name in form.ui.get("order", ()) if name in properties]
    names = [*order, *(name for name in properties if name not in order)]
    required = set(form.schema_.get("required", ()))
    return Questions(
        tuple(
            question(name, properties[name], hints.get(name, {}), name in required)
            for name in names
        )
    )


def question(
    name: str, schema: Mapping[str, Any], hint: Mapping[str, Any], required: bool
) -> Question:
    """One question from its schema and hints."""
    depends = hint.get("show_when") or {}
    values = schema.get("enum") or (schema.get("items") or {}).get("enum") or ()
    words = hint.get("options", {})
    return Question(
        name=name,
        label=text(hint.get("label"), name),
        kind=kind_of(schema, hint),
        help=text(hint["help"], name) if "help" in hint else None,
        required=required or bool(hint.get("required")),
        options=tuple((str(value), text(words.get(str(value)), str(value))) for value in values),
        least=schema.get("minimum"),
        most=schema.get("maximum"),
        min_length=schema.get("minLength"),
        max_length=schema.get("maxLength"),
        depends_on=depends.get("field", ""),
        depends_value=depends.get("equals"),
        prefill=hint.get("prefill", ""),
        today_at_most=bool(hint.get("past")),
        is_searched=kind_of(schema, hint) in ("text", "long") and bool(hint.get("searched", True)),
    )


def kind_of(schema: Mapping[str, Any], hint: Mapping[str, Any]) -> str:
    """How a question is asked."""
    if schema.get("type") == "array":
        return "choices"
    if "enum" in schema:
        return "choice"
    if schema.get("const") is True:
        return "agree"
    if schema.get("format") == "date":
        return "date"
    by_type = {"integer": "integer", "number": "number", "boolean": "yes_no"}
    if found := by_type.get(str(schema.get("type"))):
        return found
    return "long" if hint.get("widget") == "long" or schema.get("maxLength", 0) > 200 else "text"


def text(said: Any, otherwise: str) -> Text:
    """Words in both languages; a field without any is called by its name."""
    if isinstance(said, Text):
        return said
    return Text.model_validate(said) if said else Text(zh=otherwise, en=otherwise)
