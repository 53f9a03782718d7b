"""Whether a rating can be given, and what it sets in motion."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Conflict, Invalid, TooLate
from niangjia.feedback.models import Channel, Invitation, Level

#: Ratings at this level or below open a rectification order (the lowest two of five).
BAD = Level.DISSATISFIED
WORDS_MAX_LENGTH = 600
CONTACT_MAX_LENGTH = 60


def is_bad(level: int) -> bool:
    """Whether a rating at `level` must be put right."""
    return level <= BAD


def check_open(invitation: Invitation, *, is_rated: bool, now: dt.datetime) -> None:
    """Raise `Conflict` ("rated-already") or `TooLate` ("rating-closed") when it can no longer be
    answered: one service has one rating, within its window."""
    if is_rated:
        raise Conflict(
            _("You have rated this service already. Thank you; once is enough."),
            code="rated-already",
        )
    if not invitation.is_open(now):
        raise TooLate(
            _("The time for rating this service is over. You can still write to your union."),
            code="rating-closed",
        )


def check_entry(invitation: Invitation, channel: Channel | str, entered_by: object) -> None:
    """Raise `Invalid` when the way in and who typed do not fit: only a call-back is entered by an
    officer, and never by the one who is rated."""
    if (channel == Channel.CALL_BACK) != (entered_by is not None):
        raise Invalid(_("Only what was said on the phone is entered by an officer."), code="entry")
    if entered_by is not None and getattr(entered_by, "pk", None) == invitation.rated_id:
        raise Invalid(
            _("Nobody enters a rating of their own work. Ask a colleague to call."),
            code="own-rating",
        )


def check_contact(contact: str) -> str:
    """`contact`, a number or another way to somebody unknown, without spaces around it. Raises
    `Invalid` past 60 characters."""
    contact = contact.strip()
    if len(contact) > CONTACT_MAX_LENGTH:
        problem = _("Up to 60 characters, please.")
        raise Invalid(problem, code="too-long", fields={"contact": problem})
    return contact


def check_words(words: str) -> str:
    """`words` without spaces around them. Raises `Invalid` past 600 characters."""
    words = words.strip()
    if len(words) > WORDS_MAX_LENGTH:
        problem = _("Up to 600 characters, please.")
        raise Invalid(problem, code="too-long", fields={"words": problem})
    return words


def check_level(level: int) -> None:
    """Raise `Invalid` for anything but the five levels."""
    if level not in Level.values:
        problem = _("Choose how satisfied you are.")
        raise Invalid(problem, code="bad-level", fields={"level": problem})
