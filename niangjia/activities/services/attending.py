"""Who came: ticked in the list, or by their code."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.activities.events import Attended
from niangjia.activities.models import Activity, Attendance, Session, SignUp, Way
from niangjia.activities.rules.doors import session_of
from niangjia.activities.services.acting import hold, record
from niangjia.activities.services.metrics import count
from niangjia.allocation.models import ClaimState, Entry
from niangjia.core import audit, outbox, transactions
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
) -> Attendance:
    """Tick somebody in the list of a session, with so many companions (`people`, all of them when
    it is left out). Again changes the number; whoever came in by code is the same attendance.

    Raises `Conflict` for whoever has no seat of this run, before the door opens, or when it was
    called off; `Invalid` on `people`.
    """
    activity = hold(session.run.activity_id)
    locked = SignUp.objects.select_related("claim").get(pk=sign_up.pk)
    if locked.run_id != session.run_id or locked.claim.state != ClaimState.CONFIRMED:
        raise Conflict(_("This person has no seat here."), code="no-seat")
    if session.cancelled_at or session.run.cancelled_at or activity.cancelled_at:
        raise Conflict(_("It was called off."), code="cancelled")
    if now < session.starts_at - BEFORE:
        raise Conflict(_("The door is not open yet: 3 hours before it begins."), code="too-early")
    parts = locked.people
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
    noted = Attendance(sign_up=locked, session=session, people=number, way=Way.LIST, at=now)
    noted.by_account_id = by.account_id if by else None
    return write(activity, noted)


def write(activity: Activity, noted: Attendance) -> Attendance:
    """Somebody came who was not noted yet: counted, on record, and told to the rooms above."""
    noted.save(force_insert=True)
    count(activity, "attended", noted.people)
    audit.record(
        action="activity.attended",
        by=noted.by_account_id,
        subject=f"activity:{activity.pk}",
        union_id=activity.union_id,
        details={"sign-up": str(noted.sign_up_id)},
    )
    outbox.publish(Attended(noted.sign_up_id, noted.session_id))
    return noted


@transactions.atomic
def note_entry(*, occasion: str, entry_id: uuid.UUID) -> list[Attendance]:
    """Whoever came in at a gate of ours was at its session, with everybody they brought along, at
    the time it happened, also when the steward's device told of it a day later. Twice, or after
    they were ticked in the list, is once. Says whose attendance is new.

    A team's code is its captain's: the entry names whoever else of the team came in by it. Whoever
    has left the team since was not there for it."""
    session_id = session_of(occasion)
    if session_id is None:
        return []
    entry = Entry.objects.select_related("claim").get(pk=entry_id)
    session = Session.objects.select_related("run").get(pk=session_id)
    activity = hold(session.run.activity_id)
    came = Q(account=entry.claim.account_id) | Q(pk__in=entry.members)
    sign_ups = SignUp.objects.select_related("claim").filter(came, claim=entry.claim)
    fresh = sign_ups.exclude(attendances__session=session).order_by("id")
    return [write(activity, by_code(each, session, entry)) for each in fresh]


def by_code(sign_up: SignUp, session: Session, entry: Entry) -> Attendance:
    """Somebody came in by the code of their claim, not written yet."""
    noted = Attendance(
        sign_up=sign_up, session=session, people=sign_up.people, way=Way.CODE, at=entry.at
    )
    noted.by_account_id = entry.steward_id
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
