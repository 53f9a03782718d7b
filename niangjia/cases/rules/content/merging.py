"""Reading documents and laying local ones over the national one."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from niangjia.cases.rules.content.documents import LOCAL, Item
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
    if strange := sorted(set(local.get("parameters", {})) - set(national.get("parameters", {}))):
        raise not_a_document(", ".join(f"parameters/{name}" for name in strange))
    return read(merged(national, [local]))


def merged(national: Mapping[str, Any], locals_: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """`national` with each of `locals_` over it, the nearest last. `parameters` are merged name by
    name; every other field is replaced whole."""
    content = dict(national)
    for local in locals_:
        for name, value in local.items():
            if name == "parameters":
                content[name] = {**content.get(name, {}), **value}
            else:
                content[name] = value
    return content


def digest_of(content: Mapping[str, Any]) -> bytes:
    """SHA-256 of a document: equal documents are stored once."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).digest()


def not_a_document(where: str) -> Invalid:
    message = _("The service item cannot be used like this: %(where)s") % {"where": where}
    return Invalid(message, code="bad-item", fields={"content": message})
