"""What a claim is answered, for whoever speaks with its person: the API and the door for bursts."""

from django.utils.translation import gettext_lazy as _

from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.services import Answered
from niangjia.core import errors
from niangjia.core.errors import DomainError, Text

#: By verdict: the kind of refusal, and what somebody is told. A verdict is its own code.
REFUSALS: dict[Verdict, tuple[type[DomainError], Text]] = {
    Verdict.HAS_SHARE: (errors.Conflict, _("You have your share of this already.")),
    Verdict.SOLD_OUT: (errors.Conflict, _("Nothing is left. Thank you for trying.")),
    Verdict.NOT_OPEN: (errors.Conflict, _("This has not opened yet.")),
    Verdict.CLOSED: (errors.TooLate, _("This has closed.")),
    Verdict.CANCELLED: (errors.TooLate, _("This was called off.")),
    Verdict.ENDED: (errors.TooLate, _("What you had of this is no longer yours.")),
    Verdict.NOT_A_MEMBER: (errors.Conflict, _("This is for members of the union.")),
    Verdict.OUT_OF_REACH: (errors.Conflict, _("This is for members of other unions.")),
    Verdict.WRONG_KIND: (errors.Conflict, _("This is for another kind of work than yours.")),
    Verdict.NOT_VERIFIED: (errors.Conflict, _("Say who you are first: confirm your identity.")),
    Verdict.TOO_NEW: (errors.Conflict, _("You have not been a member for long enough yet.")),
    Verdict.AGE_UNKNOWN: (errors.Conflict, _("We do not know your age. Confirm your identity.")),
    Verdict.TOO_YOUNG: (errors.Conflict, _("You are too young for this.")),
    Verdict.TOO_OLD: (errors.Conflict, _("You are past the age that this is for.")),
    Verdict.TOO_MANY_PARTS: (errors.Invalid, _("That is more than one person can ask for.")),
    Verdict.NO_SUCH_POOL: (errors.NotFound, _("There is no such thing here.")),
    Verdict.KEY_USED: (
        errors.Invalid,
        _("This idempotency key was used for another request."),
    ),
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
        "claim_id": str(answered.claim_id),
        "verdict": str(answered.verdict),
        "place": answered.place,
        "expires_at": answered.expires_at,
    }
