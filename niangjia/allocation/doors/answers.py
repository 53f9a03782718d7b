"""What a claim is answered, for whoever speaks with its person: the API and the door for bursts."""

from niangjia.allocation.rules import words
from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.services import Answered
from niangjia.core import errors
from niangjia.core.errors import DomainError, Text

#: By verdict: the kind of refusal, where it is not a conflict with how things stand.
KINDS: dict[Verdict, type[DomainError]] = {
    Verdict.CLOSED: errors.TooLate,
    Verdict.CANCELLED: errors.TooLate,
    Verdict.ENDED: errors.TooLate,
    Verdict.TOO_MANY_PARTS: errors.Invalid,
    Verdict.KEY_USED: errors.Invalid,
    Verdict.NO_SUCH_POOL: errors.NotFound,
}
#: By verdict: the kind of refusal, and what somebody is told. A verdict is its own code.
REFUSALS: dict[Verdict, tuple[type[DomainError], Text]] = {
    verdict: (KINDS.get(verdict, errors.Conflict), told) for verdict, told in words.WORDS.items()
}


def refusal_of(answered: Answered) -> DomainError | None:
    """The refusal that a claim was answered; None when it was let in."""
    if answered.verdict.is_in:
        return None
    kind, message = REFUSALS[answered.verdict]
    return kind(message, code=str(answered.verdict))


def said(answered: Answered) -> dict[str, object]:
    """What somebody is told whose claim was let in (`schemas.ClaimAnswer`)."""
    return {
        "claim_id": answered.claim,
        "verdict": str(answered.verdict),
        "place": answered.place,
        "expires_at": answered.expires_at,
    }
