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
from niangjia.core.errors import NotFound

#: The parts in the order they are written, what each is called, and the fields it holds.
PARTS: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "about": (
        _("What it is, and for whom"),
        (
            *("name", "summary", "audience", "group", "kind", "open_to", "anonymous"),
            *("group_allowed", "begins", "level", "contact", "survey", "again_after_months"),
        ),
    ),
    "basis": (_("On what it rests"), ("legal_basis",)),
    "amounts": (_("Numbers that each place sets"), ("parameters", "parameter_words")),
    "questions": (_("What is asked in the form"), ("form",)),
    "conditions": (_("Conditions"), ("eligibility",)),
    "materials": (_("What is handed in"), ("materials",)),
    "steps": (_("Steps"), ("steps",)),
    "terms": (_("Terms"), ("promised_term", "legal_term", "suspension", "extension")),
}
#: What a step has of its own.
OUTCOMES, STEP_QUESTIONS = "outcomes", "questions"


def parts_of(*, is_local: bool) -> list[str]:
    """The parts that can be written at the root, or where only some fields differ."""
    return [key for key in PARTS if not is_local or set(PARTS[key][1]) & LOCAL]


def label_of(part: str) -> str | Promise:
    """What a part is called. Raises `NotFound` for what is none."""
    head, _step, rest = split(part)
    if not rest:
        return PARTS[head][0]
    return _("How the step ends") if rest == OUTCOMES else _("What the step asks")


def split(part: str) -> tuple[str, str, str]:
    """ "steps/visit/outcomes" as its three names; of "terms" the last two are empty."""
    names = part.split("/")
    if len(names) == 1 and names[0] in PARTS:
        return names[0], "", ""
    if len(names) == 3 and names[0] == "steps" and names[2] in (OUTCOMES, STEP_QUESTIONS):
        return names[0], names[1], names[2]
    raise NotFound(_("There is no such page"))


def fields_of(part: str, *, is_local: bool) -> tuple[str, ...]:
    """The document's fields that a part holds where it is written."""
    fields = PARTS[split(part)[0]][1]
    return tuple(name for name in fields if not is_local or name in LOCAL)


def value_at(document: Mapping[str, Any], part: str) -> Any:
    """What stands in a part. Raises `NotFound` for a step there is not."""
    head, step, rest = split(part)
    if not rest:
        return {name: document[name] for name in PARTS[head][1] if name in document}
    found = find_step(document, step)
    return found.get("outcomes", []) if rest == OUTCOMES else found.get("form")


def put(document: Mapping[str, Any], part: str, value: Any) -> dict[str, Any]:
    """`document` with another `value` in a part: of a plain part a mapping of fields, where a field
    that is missing is taken away."""
    head, step, rest = split(part)
    changed = deepcopy(dict(document))
    if not rest:
        for name in PARTS[head][1]:
            changed.pop(name, None)
        return {**changed, **value}
    found = find_step(changed, step)
    name = "outcomes" if rest == OUTCOMES else "form"
    found.pop(name, None)
    if value is not None:
        found[name] = value
    return changed


def find_step(document: Mapping[str, Any], key: str) -> dict[str, Any]:
    for step in document.get("steps", ()):
        if step.get("key") == key:
            found: dict[str, Any] = step
            return found
    raise NotFound(_("There is no such page"))


def seen(document: Mapping[str, Any], part: str) -> str:
    """What tells whether a part is still as somebody saw it."""
    plain = json.dumps(value_at(document, part), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]
