"""Keys of calls and orders: each seals under its own, and is forgotten with it."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from niangjia.core import crypto
from niangjia.core.crypto import RecordKey
from niangjia.hotline.models import Call, WorkOrder


def context_of(row: Call | WorkOrder) -> str:
    """What a row's key is bound to."""
    return f"{row._meta.label_lower}:{row.pk}"


def key_of(row: Call | WorkOrder) -> RecordKey:
    """The opened key of a row. Whoever calls has recorded, or is about to record, why."""
    return crypto.open_key(row.sealed_key, context_of(row))


def opened(row: Call | WorkOrder, part: str) -> str:
    """What lies sealed in the column `part` of a row; "" for nothing, and once its key is gone."""
    sealed = getattr(row, part)
    return key_of(row).unseal(sealed, part=part) if sealed and row.sealed_key else ""


def opened_json(row: Call | WorkOrder, part: str) -> dict[str, Any]:
    """The same for what is JSON; {} for nothing."""
    found: dict[str, Any] = json.loads(opened(row, part) or "{}")
    return found


def seal_json(row: Call | WorkOrder, part: str, content: dict[str, Any]) -> None:
    """Seal `content` into the column `part`."""
    text = json.dumps(content, ensure_ascii=False)
    setattr(row, part, key_of(row).seal(text, part=part))


@dataclass(frozen=True)
class Note:
    """What stands in `Call.note`: who wrote, what they wrote, and what the agent noted at the end.
    `account` is of whoever wrote signed in; nothing else leads from the call to them. `receipt` is
    a hash of that of whoever did not (`cases.selectors.owners.kept_of_receipt`)."""

    words: str = ""
    name: str = ""
    phone: str = ""
    account: str = ""
    receipt: str = ""
    #: Somebody at a union it is about: the number of the union, and who, as they call them.
    officer_union: str = ""
    officer: str = ""


def note_of(call: Call) -> Note:
    """The opened note of a call."""
    return Note(**opened_json(call, "note"))


def seal_note(call: Call, note: Note) -> None:
    """Write the note of a call."""
    seal_json(call, "note", asdict(note))
