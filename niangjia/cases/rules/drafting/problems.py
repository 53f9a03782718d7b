"""What still keeps a draft from being published, in words, with the part to mend it in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from pydantic import ValidationError

from niangjia.cases.rules import eligibility
from niangjia.cases.rules.content import Form, Item
from niangjia.cases.rules.drafting import parts
from niangjia.cases.rules.drafting.parts import PARTS
from niangjia.cases.rules.drafting.questions import rows_of
from niangjia.cases.rules.questions import questions_of

MOST = 20


@dataclass(frozen=True)
class Problem:
    """One thing to mend: in which part, and what."""

    part: str
    label: str | Promise
    text: str


def problems_of(document: Mapping[str, Any]) -> list[Problem]:
    """Everything that is wrong with a whole document; nothing when it can be published."""
    try:
        item = Item.model_validate(document)
    except ValidationError as error:
        return [
            problem(document, found["loc"], found["msg"], found["type"])
            for found in error.errors(include_url=False)[:MOST]
        ]
    return [*of_steps(item), *of_conditions(item), *of_forms(item), *of_groups(item)]


#: What a draft may still lack; anything else in it is of the wrong shape, and not kept.
UNFINISHED = {"missing", "value_error", "too_short", "string_too_short"}


def misshapen(document: Mapping[str, Any]) -> str:
    """What in a draft nobody could read or mend: a text where rows belong, a schema that is none.
    "" for a draft that is only unfinished."""
    try:
        Item.model_validate(document)
    except ValidationError as error:
        for found in error.errors(include_url=False):
            if found["type"] not in UNFINISHED:
                return f"{'/'.join(map(str, found['loc']))}: {found['msg']}"
    forms = [document.get("form"), *(step.get("form") for step in document.get("steps", ()))]
    return next((wrong for form in forms if form and (wrong := unreadable(form))), "")


def unreadable(form: Mapping[str, Any]) -> str:
    """Why no questions can be made of a form document; "" when they can."""
    try:
        Draft202012Validator.check_schema(form["schema"])
        questions_of(Form.model_validate(form))
        rows_of(form)
    except SchemaError as error:
        return error.message
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        return f"form: {error}"[:200]
    return ""


def problem(document: Mapping[str, Any], loc: tuple[Any, ...], message: str, kind: str) -> Problem:
    """What a reader of the document found, where an officer mends it."""
    part = part_of(document, loc)
    said = (
        _("Something is missing: %(where)s")
        if kind == "missing"
        else _("This does not fit: %(where)s. %(message)s")
    )
    where = " › ".join(str(name) for name in loc) or _("the document as a whole")
    facts = {"where": where, "message": message.removeprefix("Value error, ")}
    return Problem(part, parts.label_of(part), said % facts)


def part_of(document: Mapping[str, Any], loc: tuple[Any, ...]) -> str:
    """The part that a place of the document belongs to."""
    head = str(loc[0]) if loc else "steps"
    if head == "steps" and len(loc) > 2 and loc[2] in ("outcomes", "form"):
        step = document["steps"][loc[1]]
        rest = parts.OUTCOMES if loc[2] == "outcomes" else parts.STEP_QUESTIONS
        return f"steps/{step.get('key', '')}/{rest}"
    if head == "letters" and len(loc) > 2 and loc[2] == parts.FIELDS:
        return f"letters/{document['letters'][loc[1]].get('key', '')}/{parts.FIELDS}"
    return next((part for part, (_l, names) in PARTS.items() if head in names), "about")


def of_steps(item: Item) -> list[Problem]:
    """A step that nothing leads out of."""
    return [
        Problem(
            f"steps/{step.key}/{parts.OUTCOMES}",
            step.name.zh,
            _("“%(step)s” cannot end: say how.") % {"step": step.name},
        )
        for step in item.steps
        if not step.outcomes
    ]


def of_conditions(item: Item) -> list[Problem]:
    """Conditions that cannot be worked out, or ask what nobody is asked."""
    asked = set(item.form.schema_.get("properties", {}))
    numbers = {*item.parameter_words, *item.parameters}
    texts = [("conditions", c.when, c.text) for c in item.eligibility]
    texts += [("materials", m.when, m.name) for m in item.materials if m.when]
    found = []
    for part, text, name in texts:
        try:
            strange = eligibility.read_by(text, "answers") - asked
            strange |= eligibility.read_by(text, "settings") - numbers
            strange |= eligibility.counted_from(text) - eligibility.dates_of(item)
        except ValueError:
            said = _("“%(name)s” cannot be worked out.") % {"name": name}
            found.append(Problem(part, PARTS[part][0], said))
            continue
        if strange:
            said = _("“%(name)s” asks for what there is not: %(what)s") % {
                "name": name,
                "what": ", ".join(sorted(strange)),
            }
            found.append(Problem(part, PARTS[part][0], said))
    return found


def of_groups(item: Item) -> list[Problem]:
    """Rows in which nothing is asked."""
    document = item.plain()
    return [
        Problem(
            part, parts.label_of(part), _("“%(name)s” asks nothing in its rows.") % {"name": name}
        )
        for part, name in parts.groups_in(document)
        if not parts.value_at(document, part)["schema"].get("properties")
    ]


def of_forms(item: Item) -> list[Problem]:
    """Questions that no answer could be checked against."""
    forms: list[tuple[str, Form]] = [("questions", item.form)]
    forms += [
        (f"steps/{step.key}/{parts.STEP_QUESTIONS}", step.form) for step in item.steps if step.form
    ]
    return [
        Problem(
            part,
            parts.label_of(part),
            _("These questions cannot be checked: %(why)s") % {"why": why},
        )
        for part, form in forms
        if (why := unreadable(form.model_dump(by_alias=True)))
    ]
