"""From a form document to its questions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from niangjia.cases.rules.content import Form, Item, Text
from niangjia.cases.rules.questions.files import MORE, files_of, free_files, question_of_material
from niangjia.cases.rules.questions.parts import Group, Question, Questions

MOST_ROWS = 20
BY_TYPE = {"integer": "integer", "number": "number", "boolean": "yes_no"}


def questions_of(form: Form) -> Questions:
    """What `form` asks, in the order of its hints; fields without hints come last."""
    return form.once(read)


def read(form: Form) -> Questions:
    return asked_by(form.schema_, form.ui)


def asked_for(item: Item) -> Questions:
    """Everything that is asked of whoever asks for an item: its form, and, before the consents that
    end it, the materials that no question of the form takes, and whatever else they want to add."""
    every = questions_of(item.form).every
    taken = {question.files.material for question in every if question.files}
    materials = [
        replace(question_of_material(m), when=m.when) for m in item.materials if m.key not in taken
    ]
    consents = [question for question in every if question.kind == "agree"]
    others = [question for question in every if question.kind != "agree"]
    return Questions((*others, *materials, free_files(MORE), *consents))


def ids_in(form: Form | None, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """The ids of files that answers name, by question."""
    of_files = questions_of(form).of_files if form else []
    return {q.name: list(answers[q.name]) for q in of_files if answers.get(q.name)}


def asked_by(schema: Mapping[str, Any], ui: Mapping[str, Any]) -> Questions:
    """What the schema of an object asks, with its hints."""
    properties: Mapping[str, Any] = schema.get("properties", {})
    hints: Mapping[str, Any] = ui.get("fields", {})
    order = [name for name in ui.get("order", ()) if name in properties]
    names = [*order, *(name for name in properties if name not in order)]
    required = set(schema.get("required", ()))
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
    kind = kind_of(schema, hint)
    return Question(
        name=name,
        label=text(hint.get("label"), name),
        kind=kind,
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
        is_searched=kind in ("text", "long") and bool(hint.get("searched", True)),
        files=files_of(schema, hint) if kind == "files" else None,
        group=group_of(schema, hint) if kind == "group" else None,
    )


def kind_of(schema: Mapping[str, Any], hint: Mapping[str, Any]) -> str:
    """How a question is asked."""
    if schema.get("type") == "array":
        return kind_of_list(schema.get("items") or {})
    if "enum" in schema:
        return "choice"
    if schema.get("const") is True:
        return "agree"
    if schema.get("format") == "date":
        return "date"
    if found := BY_TYPE.get(str(schema.get("type"))):
        return found
    return "long" if hint.get("widget") == "long" or schema.get("maxLength", 0) > 200 else "text"


def kind_of_list(items: Mapping[str, Any]) -> str:
    """A list of objects is asked row by row; one of ids is one of files."""
    if items.get("type") == "object":
        return "group"
    return "files" if items.get("format") == "uuid" else "choices"


def group_of(schema: Mapping[str, Any], hint: Mapping[str, Any]) -> Group:
    """What is asked in each row. Rows take neither files nor rows of their own."""
    inside = asked_by(schema["items"], hint)
    return Group(
        questions=Questions(tuple(q for q in inside.every if q.kind not in ("files", "group"))),
        row=text(hint.get("row") or hint.get("label"), "…"),
        least=int(schema.get("minItems", 0)),
        most=min(int(schema.get("maxItems", MOST_ROWS)), MOST_ROWS),
    )


def text(said: Any, otherwise: str) -> Text:
    """Words in both languages; a field without any is called by its name."""
    if isinstance(said, Text):
        return said
    return Text.model_validate(said) if said else Text(zh=otherwise, en=otherwise)
