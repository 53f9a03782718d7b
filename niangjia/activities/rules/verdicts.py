"""Why somebody cannot sign up, in words, and what helps."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.rules.standing import Verdict
from niangjia.core.errors import Conflict, DomainError, Invalid, NotFound, TooLate

WORDS: Mapping[Verdict, Promise] = {
    Verdict.HAS_SHARE: _("You have signed up already."),
    Verdict.SOLD_OUT: _("All seats are taken, and there is no waiting list."),
    Verdict.NOT_OPEN: _("Sign-up has not opened yet."),
    Verdict.CLOSED: _("Sign-up has closed."),
    Verdict.CANCELLED: _("It was called off."),
    Verdict.NOT_A_MEMBER: _("This is for members. Joining takes about 3 minutes."),
    Verdict.OUT_OF_REACH: _("This is for members of another union."),
    Verdict.WRONG_KIND: _("This is for other kinds of worker."),
    Verdict.NOT_VERIFIED: _("Confirm your real name first; it takes a minute."),
    Verdict.TOO_NEW: _("This is for those who have been members longer."),
    Verdict.AGE_UNKNOWN: _("Confirm your real name first, so that your age is known."),
    Verdict.TOO_YOUNG: _("You are younger than the age this is for."),
    Verdict.TOO_OLD: _("You are older than the age this is for."),
    Verdict.TOO_MANY_PARTS: _("You bring along more people than is possible here."),
    Verdict.KEY_USED: _("This was sent with something else before. Reload the page."),
    Verdict.ENDED: _("This sign-up has come to an end. Reload the page and sign up anew."),
}
#: Those that joining a union helps with, and those that confirming one's name helps with.
JOINING = {Verdict.NOT_A_MEMBER}
NAMING = {Verdict.NOT_VERIFIED, Verdict.AGE_UNKNOWN}


def refusal(verdict: Verdict) -> DomainError:
    """What a sign-up that was not let in raises."""
    if verdict == Verdict.NO_SUCH_POOL:
        return NotFound(_("There is no such page"))
    words = WORDS[verdict]
    if verdict == Verdict.CLOSED:
        return TooLate(words, code=str(verdict))
    if verdict == Verdict.TOO_MANY_PARTS:
        return Invalid(words, code=str(verdict), fields={"companions": words})
    return Conflict(words, code=str(verdict))
