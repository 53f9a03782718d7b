"""Who came: ticked in the list, or by their code."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.activities.events import Attended
from niangjia.activities.models import Attendance, Session, SignUp, Way
from niangjia.activities.services.acting import hold, record
from niangjia.activities.services.metrics import count
from niangjia.allocation.models import ClaimState
from niangjia.core import outbox, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Post

#: The door opens so long before a session begins.
BEFORE = dt.timedelta(hours=3)


@transactions.atomic
def attend(
    *,
    by: Post | None,
    sign_up: SignUp,
    session: Session,
    now: dt.datetime,
    people: int | None = None,
    way: str = Way.LIST,
) -> Attendance:
    """Note that somebody came to a session, with so many companions (`people`, all of them when it
    is left out). Again changes the number; at another door it is the same attendance.

    Raises `Conflict` for whoever has no seat of this run, before the door opens, or when it was
    called off; `Invalid` on `people`.
    """
    activity = hold(session.run.activity_id)
    locked = SignUp.objects.select_related("claim").get(pk=sign_up.pk)
    if locked.run_id != session.run_id or locked.claim.state != ClaimState.CONFIRMED:
        raise Conflict(_("This person has no seat here."), code="no-seat")
    if session.run.cancelled_at or activity.cancelled_at:
        raise Conflict(_("It was called off."), code="cancelled")
    if now < session.starts_at - BEFORE:
        raise Conflict(_("The door is not open yet: 3 hours before it begins."), code="too-early")
    parts = locked.claim.parts
    number = parts if people is None else people
    if not 1 <= number <= parts:
        problem = _("From 1 to %(parts)s people.") % {"parts": parts}
        raise Invalid(problem, fields={"people": problem})
    before = Attendance.objects.filter(sign_up=locked, session=session).first()
    if before:
        count(activity, "attended", number - before.people)
        before.people = number
        before.save(update_fields=["people"])
        return before
    noted = Attendance.objects.create(
        sign_up=locked,
        session=session,
        people=number,
        way=way,
        at=now,
        by_account_id=by.account_id if by else None,
    )
    count(activity, "attended", number)
    record(activity, by, "attended", {"sign-up": str(locked.pk)})
    outbox.publish(Attended(locked.pk, session.pk))
    return noted


@transactions.atomic
def undo_attendance(*, by: Post, sign_up: SignUp, session: Session) -> None:
    """It was somebody else. Twice is once."""
    activity = hold(session.run.activity_id)
    found = Attendance.objects.filter(sign_up=sign_up, session=session).first()
    if found is None:
        return
    count(activity, "attended", -found.people)
    found.delete()
    record(activity, by, "attendance-undone", {"sign-up": str(sign_up.pk)})


@transactions.atomic
def attend_all(*, by: Post, sign_ups: Iterable[SignUp], session: Session, now: dt.datetime) -> int:
    """`attend` for many at once; says how many. One that cannot be noted keeps the others back."""
    total = 0
    for sign_up in sign_ups:
        attend(by=by, sign_up=sign_up, session=session, now=now)
        total += 1
    return total


@transactions.atomic
def record_payment(*, by: Post, sign_up: SignUp, fen: int, now: dt.datetime) -> SignUp:
    """Note what somebody paid on the spot, in fen; 0 takes it back. Raises `Invalid` on `fen`."""
    activity = hold(sign_up.run.activity_id)
    locked = SignUp.objects.select_for_update(of=("self",)).get(pk=sign_up.pk)
    if not 0 <= fen <= 10_000_000:
        problem = _("Say how much was paid.")
        raise Invalid(problem, fields={"fen": problem})
    values: dict[str, Any] = (
        {"paid_fen": fen, "paid_at": now, "paid_to_account_id": by.account_id}
        if fen
        else {"paid_fen": None, "paid_at": None, "paid_to_account_id": None}
    )
    for name, value in values.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(values))
    record(activity, by, "payment-noted", {"sign-up": str(locked.pk), "fen": fen})
    return locked
