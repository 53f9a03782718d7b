"""Reading documents and laying local ones over the national one."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from niangjia.cases.rules.content.documents import LOCAL, Item
from niangjia.cases.rules.content.letters import LOCAL_WORDS
from niangjia.cases.rules.content.settings import SETTINGS, parameter_of
from niangjia.core.errors import Invalid


def read(content: Mapping[str, Any]) -> Item:
    """The document in `content`. Raises `Invalid` on `content` with what is wrong where."""
    try:
        return Item.model_validate(content)
    except ValidationError as error:
        raise not_a_document(
            "; ".join(
                f"{'/'.join(map(str, found['loc']))}: {found['msg']}"
                for found in error.errors(include_url=False)[:5]
            )
        ) from error


def read_local(national: Mapping[str, Any], local: Mapping[str, Any]) -> Item:
    """What holds where `local` is laid over `national`. Raises `Invalid` for a field that is not
    to be said locally, a parameter the national document does not have (nothing would read it), or
    a whole that does not hang together."""
    if strange := sorted(set(local) - LOCAL):
        raise not_a_document(", ".join(strange))
    known = {**national.get("parameter_words", {}), **national.get("parameters", {})}
    if strange := sorted(set(local.get("parameters", {})) - set(known)):
        raise not_a_document(", ".join(f"parameters/{name}" for name in strange))
    if strange := strange_in_letters(national, local):
        raise not_a_document(", ".join(strange))
    return read(merged(national, [local]))


def merged(national: Mapping[str, Any], locals_: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """`national` with each of `locals_` over it, the nearest last. `parameters` are merged name by
    name, `letters` by key and word by word; every other field is replaced whole."""
    content = dict(national)
    for local in locals_:
        for name, value in local.items():
            if name == "parameters":
                content[name] = {**content.get(name, {}), **value}
            elif name == "letters":
                said = {letter["key"]: letter for letter in value}
                content[name] = [
                    {**letter, **said.get(letter["key"], {})} for letter in content.get(name, [])
                ]
            else:
                content[name] = value
    return content


def strange_in_letters(national: Mapping[str, Any], local: Mapping[str, Any]) -> list[str]:
    """What `local` says of letters there are not, or beyond their words."""
    said = local.get("letters", [])
    if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
        return ["letters"]
    known = {letter["key"] for letter in national.get("letters", [])}
    strange = [f"letters/{one.get('key')}" for one in said if one.get("key") not in known]
    return strange + [
        f"letters/{one['key']}/{name}"
        for one in said
        for name in sorted(set(one) - LOCAL_WORDS)
        if one.get("key") in known
    ]


def check_outcomes(item: Item) -> None:
    """Each letter an outcome names is there, and what letters count on is said in words for whoever
    sets it. Asked when an item is drafted. Raises `Invalid` on `content`."""
    keys = {letter.key for letter in item.letters}
    for step in item.steps:
        for outcome in step.outcomes:
            if outcome.document and outcome.document not in keys:
                raise not_a_document(f"{step.key}/{outcome.key}: {outcome.document}")
    used = {
        parameter_of(name)
        for letter in item.letters
        for name in letter.places
        if name.startswith(SETTINGS)
    }
    for step in item.steps:
        if step.term:
            used |= {step.term.days_setting, step.term.unit_setting} - {""}
    if silent := sorted(used - set(item.parameter_words)):
        raise not_a_document(", ".join(f"parameter_words/{name}" for name in silent))


def digest_of(content: Mapping[str, Any]) -> bytes:
    """SHA-256 of a document: equal documents are stored once."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).digest()


def not_a_document(where: str) -> Invalid:
    message = _("The service item cannot be used like this: %(where)s") % {"where": where}
    return Invalid(message, code="bad-item", fields={"content": message})
