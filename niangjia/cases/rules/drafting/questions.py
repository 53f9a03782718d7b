"""Questions as rows of a table, and back: one row a question instead of a schema and its hints.

What a row has no column for (another kind of question, a pattern) stays as it is in the document.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from niangjia.cases.rules.questions import kind_of

#: The kinds that a row can make; any other is kept as it stands in the document.
KINDS = (
    *("text", "long", "integer", "number", "date", "yes_no", "choice", "choices", "agree"),
    *("files", "group"),
)
KEPT = "kept"
Row = dict[str, Any]

#: What each kind is in JSON Schema, and what a row's bounds mean in it.
TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "long": {"type": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "date": {"type": "string", "format": "date"},
    "yes_no": {"type": "boolean"},
    "agree": {"type": "boolean", "const": True},
    "choice": {"type": "string"},
    "choices": {"type": "array", "uniqueItems": True},
    "files": {"type": "array", "items": {"type": "string", "format": "uuid"}},
    "group": {"type": "array"},
}
#: Rows that ask nothing yet.
NO_QUESTIONS: dict[str, Any] = {"type": "object", "properties": {}, "additionalProperties": False}
BOUNDS = {
    "text": ("minLength", "maxLength"),
    "long": ("minLength", "maxLength"),
    "integer": ("minimum", "maximum"),
    "number": ("minimum", "maximum"),
    "choices": ("minItems", "maxItems"),
    "files": ("minItems", "maxItems"),
    "group": ("minItems", "maxItems"),
}
#: The hints that a row writes.
HINTS = (
    *("label", "help", "options", "widget", "show_when", "required", "past", "prefill"),
    *("row", "kinds", "material"),
)
#: Without a bound of its own a text has this one: nobody needs to send a book.
MOST_CHARACTERS = {"text": 200, "long": 3000}


def rows_of(form: Mapping[str, Any] | None) -> list[Row]:
    """The questions of a form document, in their order."""
    schema, ui = (form or {}).get("schema", {}), (form or {}).get("ui", {})
    properties, hints = schema.get("properties", {}), ui.get("fields", {})
    order = [name for name in ui.get("order", ()) if name in properties]
    order += [name for name in properties if name not in order]
    required = set(schema.get("required", ()))
    return [
        row_of(name, properties[name], hints.get(name, {}), required=name in required)
        for name in order
    ]


def row_of(name: str, schema: Mapping[str, Any], hint: Mapping[str, Any], *, required: bool) -> Row:
    """One question as a row."""
    kind = kind_of(schema, hint)
    if kind not in KINDS or (kind == "choices" and "enum" not in schema.get("items", {})):
        kind = KEPT
    least, most = BOUNDS.get(kind, ("", ""))
    values = schema.get("enum") or (schema.get("items") or {}).get("enum") or ()
    words = hint.get("options", {})
    depends = hint.get("show_when") or {}
    return {
        "key": name,
        "kind": kind,
        "label": hint.get("label"),
        "help": hint.get("help"),
        "required": required or bool(hint.get("required")),
        "least": schema.get(least),
        "most": schema.get(most),
        "options": [{"value": str(v), **words.get(str(v), {})} for v in values],
        "show_field": depends.get("field", ""),
        "show_equals": plain(depends.get("equals", "")),
        "past": bool(hint.get("past")),
        "prefill": hint.get("prefill", ""),
        "row": hint.get("row"),
        "kinds": list(hint.get("kinds", ())),
        "material": hint.get("material", ""),
        "was": {"schema": dict(schema), "hint": dict(hint)},
    }


def form_of(rows: Sequence[Row], before: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The form document that asks these rows; None when nothing is asked. `before` is the form they
    were read from: what no row says stays as it was."""
    if not rows:
        return None
    form = deepcopy(dict(before or {"schema": {"additionalProperties": False}}))
    schema, ui = form.setdefault("schema", {}), form.setdefault("ui", {})
    schema["type"] = "object"
    schema["properties"] = {row["key"]: schema_of(row) for row in rows}
    always = [row["key"] for row in rows if row["required"] and not row["show_field"]]
    kinds = {row["key"]: row for row in rows}
    schema["required"] = always
    others = [rule for rule in schema.get("allOf", []) if not is_about_one(rule)]
    schema["allOf"] = others + [
        only_where(row, kinds) for row in rows if row["required"] and row["show_field"] in kinds
    ]
    for name in ("required", "allOf"):
        if not schema[name] and name not in (before or {}).get("schema", {}):
            del schema[name]
    ui["order"] = [row["key"] for row in rows]
    ui["fields"] = {row["key"]: hint_of(row, kinds) for row in rows}
    return form


def schema_of(row: Row) -> dict[str, Any]:
    """What an answer to a row may be."""
    was = row.get("was", {}).get("schema", {})
    if row["kind"] == KEPT:
        return dict(was)
    same_kind = kind_of(was, row.get("was", {}).get("hint", {})) == row["kind"] if was else False
    schema = {**(was if same_kind else {}), **TYPES[row["kind"]]}
    values = [option["value"] for option in row["options"]]
    if row["kind"] == "choice":
        schema["enum"] = values
    if row["kind"] == "choices":
        schema["items"] = {"type": "string", "enum": values}
    if row["kind"] == "group":
        schema.setdefault("items", NO_QUESTIONS)
    for bound, name in zip(BOUNDS.get(row["kind"], ()), ("least", "most"), strict=False):
        schema.pop(bound, None)
        if row[name] is not None:
            schema[bound] = row[name]
    if row["kind"] in MOST_CHARACTERS:
        schema.setdefault("maxLength", MOST_CHARACTERS[row["kind"]])
    return schema


def hint_of(row: Row, rows: Mapping[str, Row]) -> dict[str, Any]:
    """How a row is asked."""
    hint = dict(row.get("was", {}).get("hint", {}))
    for name in HINTS:
        if row["kind"] != KEPT or name in ("label", "help", "show_when", "required"):
            hint.pop(name, None)
    said: dict[str, Any] = {name: row[name] for name in ("label", "help") if row[name]}
    if row["kind"] in ("choice", "choices"):
        said["options"] = {
            option["value"]: {"zh": option["zh"], "en": option["en"]} for option in row["options"]
        }
    if row["kind"] == "long":
        said["widget"] = "long"
    if row["show_field"]:
        wanted = typed(row["show_equals"], rows.get(row["show_field"]))
        said["show_when"] = {"field": row["show_field"], "equals": wanted}
        if row["required"]:
            said["required"] = True
    if row["past"] and row["kind"] == "date":
        said["past"] = True
    if row["prefill"]:
        said["prefill"] = row["prefill"]
    if row["kind"] == "group" and row["row"]:
        said["row"] = row["row"]
    if row["kind"] == "files":
        said |= {name: row[name] for name in ("kinds", "material") if row[name]}
    return {**hint, **said}


def only_where(row: Row, rows: Mapping[str, Row]) -> dict[str, Any]:
    """The same as `show_when` and `required`, for whoever reads the schema alone."""
    above = rows[row["show_field"]]
    wanted = typed(row["show_equals"], above)
    fits = {"contains": {"const": wanted}} if above["kind"] == "choices" else {"const": wanted}
    return {
        "if": {"properties": {row["show_field"]: fits}, "required": [row["show_field"]]},
        "then": {"required": [row["key"]]},
    }


def is_about_one(rule: Mapping[str, Any]) -> bool:
    """Whether a rule of a schema is one that `only_where` writes."""
    return set(rule) == {"if", "then"} and set(rule["then"]) == {"required"}


def typed(value: str, above: Row | None) -> Any:
    """What stands in a document for a value typed as "yes" or "no"."""
    if above is not None and above["kind"] in ("yes_no", "agree"):
        return value in ("yes", "true")
    return value


def plain(value: Any) -> str:
    """The value of `show_when` as it is typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
