"""What lies sealed of a letter, and what is said of it in the clear."""

import json
import uuid

from niangjia.cases.models import Case, CaseLetter
from niangjia.cases.services import timeline


def context_of(letter_id: uuid.UUID) -> bytes:
    """What the PDF of a letter is bound to."""
    return f"cases.letter:{letter_id}".encode()


def part_of(letter_id: uuid.UUID) -> str:
    """Which part of a case what a letter says is."""
    return f"letter:{letter_id}"


def facts_of(letter: CaseLetter, what: str) -> dict[str, str]:
    """What the timeline says of a letter: its number and whom it is to, never what is in it."""
    return {
        "what": what,
        "number": letter.number,
        "kind": letter.kind,
        "addressee": letter.addressed_to,
    }


def title_of(case: Case, letter: CaseLetter) -> str:
    """What a letter is headed."""
    return str(said_in(case, letter)["title"])


def said_in(case: Case, letter: CaseLetter) -> dict[str, object]:
    """What is sealed of a letter: `title`, `addressee`, `values`, `code`."""
    unsealed = timeline.key_of(case).unseal(letter.said, part=part_of(letter.pk))
    found: dict[str, object] = json.loads(unsealed)
    return found
