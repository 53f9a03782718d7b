"""What somebody is told whose claim is not let in, and what helps."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.rules.standing import Verdict

WORDS: Mapping[Verdict, Promise] = {
    Verdict.HAS_SHARE: _("You have your share of this already."),
    Verdict.SOLD_OUT: _("Nothing is left. Thank you for trying."),
    Verdict.NOT_OPEN: _("This has not opened yet."),
    Verdict.CLOSED: _("This has closed."),
    Verdict.CANCELLED: _("This was called off."),
    Verdict.ENDED: _("What you had of this is no longer yours."),
    Verdict.NOT_A_MEMBER: _("This is for members of the union."),
    Verdict.OUT_OF_REACH: _("This is for members of other unions."),
    Verdict.WRONG_KIND: _("This is for another kind of work than yours."),
    Verdict.NOT_VERIFIED: _("Say who you are first: confirm your identity."),
    Verdict.TOO_NEW: _("You have not been a member for long enough yet."),
    Verdict.AGE_UNKNOWN: _("We do not know your age. Confirm your identity."),
    Verdict.TOO_YOUNG: _("You are too young for this."),
    Verdict.TOO_OLD: _("You are past the age that this is for."),
    Verdict.TOO_MANY_PARTS: _("That is more than one person can ask for."),
    Verdict.ASKS_MORE: _("A little more is asked of you here: sign up on its own page."),
    Verdict.NO_SUCH_POOL: _("There is no such thing here."),
    Verdict.KEY_USED: _("This idempotency key was used for another request."),
    Verdict.KEY_IN_USE: _("The same request is being handled. Wait a moment."),
}


def helps(verdict: Verdict) -> str:
    """What helps whoever may not claim: the name of an address, or ""."""
    if verdict in NAMING:
        return "members:identity"
    return "organisations:find" if verdict in JOINING else ""


#: Those that confirming one's identity helps with, and those that joining a union helps with.
NAMING = frozenset({Verdict.NOT_VERIFIED, Verdict.AGE_UNKNOWN})
JOINING = frozenset({Verdict.NOT_A_MEMBER})
