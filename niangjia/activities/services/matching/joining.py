"""Taking part in naming others, and no longer."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Match, MatchGuest
from niangjia.activities.rules import matching as rules
from niangjia.activities.services.acting import refuse
from niangjia.activities.services.matching.holding import (
    access_seated,
    hold_guest,
    hold_window,
    note,
)
from niangjia.core import clock, transactions
from niangjia.core.errors import Conflict, Text, TooLate
from niangjia.members.models import Account


@transactions.atomic
def join_matching(
    *,
    by: Account,
    sign_up_id: str,
    contact: str,
    is_single: bool,
    agrees: bool,
    now: dt.datetime,
) -> MatchGuest:
    """Take part, and get a number. `contact` is what those read whom one names and who name one,
    and nobody else. Apart from signing up: whoever does not agree comes all the same.

    Again changes the contact. Raises `Invalid` beside the fields; `Conflict` for whoever has no
    seat, is no adult by their checked name, or was excluded; `TooLate` once it is over.
    """
    sign_up, terms = access_seated(by, sign_up_id)
    refuse(problems(contact, is_single=is_single, agrees=agrees))
    person = by.person
    if person is None or person.verified_at is None:
        raise Conflict(_("Your name must be checked first."), code="not-verified")
    if not rules.is_adult(person.birth_date, now.astimezone(clock.CHINA).date()):
        raise Conflict(_("This is for people of 18 and older."), code="too-young")
    window = hold_window(sign_up)
    if window.settled_at or now >= rules.closes_at(terms, sign_up.run):
        raise TooLate(_("The time for this is over."), code="closed")
    guest = MatchGuest.objects.filter(sign_up=sign_up).first()
    if guest is None:
        window.last_number += 1
        window.save(update_fields=["last_number"])
        guest = MatchGuest(window=window, sign_up=sign_up, number=window.last_number)
    elif guest.excluded_at:
        raise Conflict(_("The union has decided that you do not take part."), code="excluded")
    guest.contact, guest.single_at, guest.agreed_at, guest.left_at = contact.strip(), now, now, None
    guest.save()
    note(by, guest, "joined")
    return guest


def problems(contact: str, *, is_single: bool, agrees: bool) -> dict[str, Text]:
    """What is missing, by field."""
    found: dict[str, Text] = {}
    if not 1 <= len(contact.strip()) <= rules.CONTACT_MAX:
        found["contact"] = _("Say in up to 60 characters how you can be reached.")
    if not is_single:
        found["is_single"] = _("This is for people who are single.")
    if not agrees:
        found["agrees"] = _("Without this nothing can be exchanged.")
    return found


@transactions.atomic
def leave_matching(*, by: Account, sign_up_id: str, now: dt.datetime) -> None:
    """Take part no longer: whom one named, whom one does not want to see, the contact and whom one
    found are erased at once. Nobody is told. Twice is once."""
    guest, _terms = hold_guest(by, sign_up_id)
    forget(guest, now)
    note(by, guest, "left")


def forget(guest: MatchGuest, now: dt.datetime) -> None:
    """Erase what somebody said and found."""
    guest.choices.all().delete()
    guest.blocks.all().delete()
    Match.objects.filter(one=guest).delete()
    Match.objects.filter(two=guest).delete()
    guest.left_at, guest.contact = now, None
    guest.save(update_fields=["left_at", "contact"])
