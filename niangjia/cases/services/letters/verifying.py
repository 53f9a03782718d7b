"""Whether a paper is genuine, for whoever holds it."""

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.cases.selectors.letters import find_by_code
from niangjia.cases.services import timing
from niangjia.core import protection, transactions
from niangjia.core.errors import NotFound
from niangjia.core.files.examining import READ_BYTES, Stream
from niangjia.members.rules.throttles import Limit
from niangjia.members.services import throttles

#: Codes nobody was given, by one address: 60 bits are not found by trying, and trying is stopped.
WRONG_CODES = (Limit(20, 3600), Limit(100, 86_400))
ACTION = "letter-code"


@dataclass(frozen=True)
class Verified:
    """All that a code tells: what stands at the head of the paper, and whether it still holds. No
    name, no addressee, nothing of what it says, and not in which matter."""

    code: str
    union: str
    number: str
    kind: str
    issued_date: dt.date
    withdrawn_date: dt.date | None
    is_demonstration: bool
    sha256: str


def verify_letter(*, code: str, address: str, now: dt.datetime) -> Verified:
    """What the letter with this code is. `address` is whose wrong tries are counted.

    Raises `NotFound` "no-such-letter", `Throttled` after too many codes nobody was given.
    """
    throttles.check(ACTION, address, WRONG_CODES, now=now)
    found = find_verified(code)
    if found is None:
        throttles.take(ACTION, address, WRONG_CODES, now=now)
        raise NotFound(
            _("No letter has this code. Compare each letter with the paper, or call the union."),
            code="no-such-letter",
        )
    return found


@transactions.atomic
def find_verified(code: str) -> Verified | None:
    """See `verify_letter`."""
    with protection.working("cases.verify-letter"):
        found = find_by_code(code)
    if found is None:
        return None
    letter = found.letter
    return Verified(
        code=code,
        union=letter.union_name,
        number=letter.number,
        kind=letter.kind,
        issued_date=timing.day_of(letter.issued_at),
        withdrawn_date=found.withdrawn.on_date if found.withdrawn else None,
        is_demonstration=letter.is_demonstration,
        sha256=bytes(letter.sha256).hex(),
    )


def is_same(verified: Verified, stream: Stream) -> bool:
    """Whether a file is, byte for byte, the letter that was issued. It is read and not kept."""
    digest = hashlib.sha256()
    while part := stream.read(READ_BYTES):
        digest.update(part)
    return hmac.compare_digest(digest.hexdigest(), verified.sha256)
