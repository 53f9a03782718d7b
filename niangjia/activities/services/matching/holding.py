"""What every service about matching begins with: the window's lock, and whose place it is."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import MatchGuest, MatchTerms, MatchWindow, SignUp
from niangjia.activities.rules import matching as rules
from niangjia.activities.selectors.sign_ups import access_own
from niangjia.allocation.models import ClaimState
from niangjia.core import audit
from niangjia.core.errors import Conflict, NotFound, TooLate
from niangjia.members.models import Account

GONE = _("There is no such page")


def hold_window(sign_up: SignUp) -> MatchWindow:
    """The window of a run, held until the transaction ends; made by whoever comes first."""
    MatchWindow.objects.get_or_create(run=sign_up.run)
    return MatchWindow.objects.select_for_update().get(run=sign_up.run)


def access_seated(by: Account, sign_up_id: str) -> tuple[SignUp, MatchTerms]:
    """One's own sign-up with a seat, where people may name each other. Raises `NotFound`, and
    `Conflict` without a seat or when it was called off."""
    sign_up = access_own(by, sign_up_id)
    terms = MatchTerms.objects.filter(activity=sign_up.run.activity_id).first()
    if terms is None:
        raise NotFound(GONE)
    if sign_up.claim.state != ClaimState.CONFIRMED or sign_up.run.cancelled_at:
        raise Conflict(_("This is for whoever has a seat."), code="no-seat")
    return sign_up, terms


def hold_guest(by: Account, sign_up_id: str) -> tuple[MatchGuest, MatchTerms]:
    """One's own place, its window held. Raises as `access_seated`; `Conflict` for whoever does not
    take part."""
    sign_up, terms = access_seated(by, sign_up_id)
    window = hold_window(sign_up)
    guest = MatchGuest.objects.filter(sign_up=sign_up, left_at=None).first()
    if guest is None:
        raise Conflict(_("You do not take part in this yet."), code="not-in")
    guest.window, guest.sign_up = window, sign_up
    return guest, terms


def refuse_closed(guest: MatchGuest, terms: MatchTerms, now: dt.datetime) -> None:
    """Raise `Conflict` before it opens, `TooLate` after."""
    run = guest.sign_up.run
    if now < run.starts_at:
        raise Conflict(_("You can name people once it has begun."), code="not-open")
    if guest.window.settled_at or not rules.is_open(terms, run, now):
        raise TooLate(_("The time for this is over."), code="closed")


def note(by: Account, guest: MatchGuest, what: str) -> None:
    """An entry of the audit chain: that somebody did something, never with whom."""
    audit.record(
        action=f"matching.{what}",
        by=by.pk,
        subject=f"sign-up:{guest.sign_up_id}",
        union_id=guest.sign_up.run.activity.union_id,
    )
