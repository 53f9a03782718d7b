"""The parts in which the document of a service item is written, one page each.

Two officers may write different parts at the same time. Of the same part, whoever saves later is
shown what the other wrote (`seen` is a digest of what they had before them), and nothing is lost.
"""

import hashlib
import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.cases.rules.content import LOCAL
from niangjia.cases.rules.drafting.questions import rows_of
from niangjia.core.errors import NotFound

#: The parts in the order they are written, what each is called, and the fields it holds.
PARTS: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "about": (
        _("What it is, and for whom"),
        (
            *("name", "summary", "audience", "group", "kind", "open_to", "anonymous"),
            *(
                "group_allowed",
                "about_officers",
                "begins",
                "level",
                "contact",
                "again_after_months",
            ),
            *("urgent", "follow_ups"),
        ),
    ),
    "basis": (_("On what it rests"), ("legal_basis",)),
    "amounts": (_("Numbers that each place sets"), ("parameters", "parameter_words")),
    "questions": (_("What is asked in the form"), ("form",)),
    "conditions": (_("Conditions"), ("eligibility",)),
    "materials": (_("What is handed in"), ("materials",)),
    "steps": (_("Steps"), ("steps",)),
    "letters": (_("Letters"), ("letters",)),
    "terms": (_("Terms"), ("promised_term", "legal_term", "suspension", "extension")),
}
#: What a step has of its own; a letter; a group of rows in a form.
OUTCOMES, STEP_QUESTIONS, FIELDS, GROUP = "outcomes", "questions", "fields", "rows"
LABELS = {
    OUTCOMES: _("How the step ends"),
    STEP_QUESTIONS: _("What the step asks"),
    FIELDS: _("What an officer fills in"),
    GROUP: _("What is asked in each row"),
}


def parts_of(*, is_local: bool) -> list[str]:
    """The parts that can be written at the root, or where only some fields differ."""
    return [key for key in PARTS if not is_local or set(PARTS[key][1]) & LOCAL]


def label_of(part: str) -> str | Promise:
    """What a part is called. Raises `NotFound` for what is none."""
    head, _name, rest = split(part)
    return LABELS[rest] if rest else PARTS[head][0]


def split(part: str) -> tuple[str, str, str]:
    """ "steps/visit/outcomes" as the part it lies in, the name there, and what of it; of "terms"
    the last two are empty. A group in a step's form is "steps/visit/questions/family/rows"."""
    names = part.split("/")
    if len(names) == 1 and names[0] in PARTS:
        return names[0], "", ""
    if len(names) == 3 and (names[0], names[2]) in INSIDE:
        return names[0], names[1], names[2]
    if len(names) == 5 and names[::2] == ["steps", STEP_QUESTIONS, GROUP]:
        return names[0], names[1], GROUP
    raise NotFound(_("There is no such page"))


#: What lies inside a part: of a step, of a letter, of a question.
INSIDE = {("steps", OUTCOMES), ("steps", STEP_QUESTIONS), ("letters", FIELDS), ("questions", GROUP)}


def fields_of(part: str, *, is_local: bool) -> tuple[str, ...]:
    """The document's fields that a part holds where it is written."""
    fields = PARTS[split(part)[0]][1]
    return tuple(name for name in fields if not is_local or name in LOCAL)


def value_at(document: Mapping[str, Any], part: str) -> Any:
    """What stands in a part: of a plain one the fields it holds; else the list or the form that
    lies inside. Raises `NotFound` for a step, a letter or a group there is not."""
    head, name, rest = split(part)
    if not rest:
        return {field: document[field] for field in PARTS[head][1] if field in document}
    if rest == GROUP:
        return group_in(value_at_form(document, part), part)
    found = find(document, head, name)
    return found.get("form") if rest == STEP_QUESTIONS else found.get(rest, [])


def put(document: Mapping[str, Any], part: str, value: Any) -> dict[str, Any]:
    """`document` with another `value` in a part: of a plain part a mapping of fields, where a field
    that is missing is taken away."""
    head, name, rest = split(part)
    changed = deepcopy(dict(document))
    if not rest:
        for field in PARTS[head][1]:
            changed.pop(field, None)
        return {**changed, **value}
    if rest == GROUP:
        put_group(value_at_form(changed, part), part, value)
        return changed
    found = find(changed, head, name)
    field = "form" if rest == STEP_QUESTIONS else rest
    found.pop(field, None)
    if value is not None:
        found[field] = value
    return changed


def value_at_form(document: Mapping[str, Any], part: str) -> dict[str, Any]:
    """The form in which the group of a part lies, the one in the document itself."""
    names = part.split("/")
    owner = find(document, "steps", names[1]) if names[0] == "steps" else document
    form: dict[str, Any] = owner.get("form") or {}
    return form


def group_in(form: Mapping[str, Any], part: str) -> dict[str, Any]:
    """The questions of each row of a group, as a form of their own."""
    name = part.split("/")[-2]
    schema = form.get("schema", {}).get("properties", {}).get(name, {})
    if not isinstance(schema, Mapping) or schema.get("items", {}).get("type") != "object":
        raise NotFound(_("There is no such page"))
    hint = form.get("ui", {}).get("fields", {}).get(name, {})
    return {"schema": schema["items"], "ui": {n: hint[n] for n in OF_ROWS if n in hint}}


def put_group(form: dict[str, Any], part: str, value: Mapping[str, Any] | None) -> None:
    """Write the questions of each row into the form they lie in."""
    group_in(form, part)
    name = part.split("/")[-2]
    asked: Mapping[str, Any] = value or {"schema": {"type": "object", "properties": {}}}
    form["schema"]["properties"][name]["items"] = asked["schema"]
    fields = form.setdefault("ui", {}).setdefault("fields", {})
    hint = {n: said for n, said in fields.get(name, {}).items() if n not in OF_ROWS}
    fields[name] = {**hint, **asked.get("ui", {})}


def groups_in(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The part of each group of rows, in the form and in those of its steps, however unfinished the
    document is; with what it is called."""
    forms = [("questions", document.get("form"))] + [
        (f"steps/{step.get('key', '')}/{STEP_QUESTIONS}", step.get("form"))
        for step in document.get("steps", ())
    ]
    return [
        (f"{part}/{row['key']}/{GROUP}", str((row["label"] or {}).get("zh", row["key"])))
        for part, form in forms
        for row in rows_of(form)
        if row["kind"] == "group"
    ]


#: Of a group's hints, those that are about the questions in its rows.
OF_ROWS = ("order", "fields")


def find(document: Mapping[str, Any], head: str, key: str) -> dict[str, Any]:
    """The step or the letter of a key. Raises `NotFound`."""
    for row in document.get(head, ()):
        if row.get("key") == key:
            found: dict[str, Any] = row
            return found
    raise NotFound(_("There is no such page"))


def seen(document: Mapping[str, Any], part: str) -> str:
    """What tells whether a part is still as somebody saw it."""
    plain = json.dumps(value_at(document, part), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]
