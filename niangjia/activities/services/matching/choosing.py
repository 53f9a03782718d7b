"""Naming somebody, taking it back, wanting nothing to do with somebody."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Match, MatchBlock, MatchChoice, MatchGuest
from niangjia.activities.services.matching.holding import hold_guest, note, refuse_closed
from niangjia.core import transactions
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.members.models import Account


@transactions.atomic
def choose(*, by: Account, sign_up_id: str, number: int, now: dt.datetime) -> None:
    """Name somebody, by the number that they carry. Nobody learns of it but whoever names one in
    turn, and they only once the window is closed, so that nobody can try it out. Twice is once.

    Raises `Invalid` on `number` for a number that was not given out, and one's own; `Conflict` with
    too many, and before it has begun; `TooLate` once it is closed.
    """
    guest, terms = hold_guest(by, sign_up_id)
    refuse_closed(guest, terms, now)
    refuse_number(guest, number)
    chosen = [each.number for each in guest.choices.all()]
    if str(number) in chosen:
        return
    if len(chosen) >= terms.most:
        problem = _("You have named %(most)s already. Take one back first.") % {"most": terms.most}
        raise Conflict(problem, code="too-many")
    MatchChoice.objects.create(guest=guest, number=str(number), made_at=now)
    note(by, guest, "named")


@transactions.atomic
def unchoose(*, by: Account, sign_up_id: str, number: int, now: dt.datetime) -> None:
    """Take it back, while the window is open. Twice is once. Raises `TooLate` afterwards."""
    guest, terms = hold_guest(by, sign_up_id)
    refuse_closed(guest, terms, now)
    rows = [each.pk for each in guest.choices.all() if each.number == str(number)]
    MatchChoice.objects.filter(pk__in=rows).delete()
    note(by, guest, "taken-back")


@transactions.atomic
def block(*, by: Account, sign_up_id: str, number: int, now: dt.datetime) -> None:
    """Want nothing to do with somebody: whomever they name, nothing comes of it, and what had come
    of it ends. They are not told. At any time; twice is once. Raises `Invalid` on `number`."""
    guest, _terms = hold_guest(by, sign_up_id)
    shut_out(guest, refuse_number(guest, number), now)
    note(by, guest, "shut-out")


def shut_out(guest: MatchGuest, other: MatchGuest | None, now: dt.datetime) -> None:
    """No match of these two, now or later."""
    if other is None:
        return
    if str(other.number) not in [each.number for each in guest.blocks.all()]:
        MatchBlock.objects.create(guest=guest, number=str(other.number), made_at=now)
    one, two = sorted((guest, other), key=lambda each: each.number)
    Match.objects.filter(one=one, two=two).delete()


def refuse_number(guest: MatchGuest, number: int) -> MatchGuest | None:
    """Who carries a number; None when they take part no longer, which is not said. Raises `Invalid`
    for one that was never given out, and for one's own."""
    problem = None
    if not 1 <= number <= guest.window.last_number:
        problem = _("Nobody carries this number. Look at it again.")
    elif number == guest.number:
        problem = _("This is your own number.")
    if problem:
        raise Invalid(problem, fields={"number": problem})
    return MatchGuest.objects.filter(window=guest.window, number=number).first()


def access_carrier(guest: MatchGuest, number: int) -> MatchGuest:
    """Who carries a number. Raises `Invalid`; `NotFound` when all about them is erased."""
    other = refuse_number(guest, number)
    if other is None:
        raise NotFound(_("There is no such page"))
    return other
