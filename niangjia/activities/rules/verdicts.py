"""Why somebody cannot sign up, as an error that says so."""

from django.utils.translation import gettext_lazy as _

from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.rules.words import WORDS
from niangjia.core.errors import Conflict, DomainError, Invalid, NotFound, TooLate


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
