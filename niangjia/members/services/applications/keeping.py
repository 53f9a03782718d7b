"""A visitor's answers on their way to an account: sealed, since sessions lie in the database."""

import base64
import json
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag

from niangjia.core.crypto.fields import seal, unseal

CONTEXT = "members.visitor_draft"


def seal_answers(answers: Mapping[str, str]) -> str:
    """`answers` as text that only this node can read."""
    text = json.dumps(dict(answers), ensure_ascii=False)
    return base64.urlsafe_b64encode(seal(text, context=CONTEXT)).decode()


def unseal_answers(sealed: str) -> dict[str, str]:
    """What `seal_answers` was given; nothing when the key has gone or the text was tampered with:
    a lost draft is a pity, not an error."""
    try:
        answers: dict[str, str] = json.loads(
            unseal(base64.urlsafe_b64decode(sealed), context=CONTEXT)
        )
    except (InvalidTag, ValueError, KeyError, IndexError):
        return {}
    return answers
