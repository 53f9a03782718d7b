"""Putting an activity on together: asking another union, its answer, and parting again."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import OPEN, Activity, Answer, CoOrganiser, Part, State
from niangjia.activities.services.acting import hold, record
from niangjia.activities.services.telling import when
from niangjia.allocation import services as allocation
from niangjia.core import transactions
from niangjia.core.errors import Conflict, Invalid, TooLate
from niangjia.members import services as members
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.organisations.models import Status, Union

MOST = 10
WORDS_MAX = 300


@transactions.atomic
def invite_co_organiser(
    *,
    by: Post | None,
    activity: Activity,
    union: Union,
    part: str,
    opens: bool,
    words: str,
    now: dt.datetime,
) -> CoOrganiser:
    """Ask another union to put an activity on as well; its officers are told. Twice is once, with
    what was said last. Nothing is shown or opened before it accepts.

    Raises `Invalid` on `union` (its own, one that is no more), `part` and `words`; `Conflict` with
    more than 10, and for what was called off; `TooLate` for what is over.
    """
    held = hold(activity.pk)
    refuse_ended(held, now)
    refuse_asking(held, union, part, words)
    asked = held.co_organisers.filter(union=union, state__in=OPEN).first()
    if asked:
        return change(asked, by, part, opens, now)
    if held.co_organisers.filter(state__in=OPEN).count() >= MOST:
        raise Conflict(_("There are 10 already."), code="too-many")
    made = CoOrganiser.objects.create(
        activity=held, union=union, part=part, opens=opens, words=words.strip(), invited_at=now
    )
    record(held, by, "co-organiser-invited", {"union": union.number})
    tell(made, union, "co-organiser.invited", now)
    return made


def refuse_asking(activity: Activity, union: Union, part: str, words: str) -> None:
    """Raise `Invalid` for what cannot be asked."""
    found: dict[str, Any] = {}
    if union.pk == activity.union_id:
        found["union"] = _("This is the union that puts it on already.")
    elif union.status == Status.DISSOLVED:
        found["union"] = _("This union has been dissolved.")
    if part not in Part.values:
        found["part"] = _("Choose how far its officers see into it.")
    if len(words.strip()) > WORDS_MAX:
        found["words"] = _("Please keep to 300 characters.")
    if found:
        raise Invalid(_("Some places need another look."), fields=found)


def refuse_ended(activity: Activity, now: dt.datetime) -> None:
    """Nobody joins what was called off or is over."""
    if activity.state == State.CANCELLED:
        raise Conflict(_("It was called off."), code="cancelled")
    if activity.ends_at and activity.ends_at <= now:
        raise TooLate(_("It is over already."), code="over")


@transactions.atomic
def change_co_organiser(
    *, by: Post | None, co_organiser: CoOrganiser, part: str, opens: bool, now: dt.datetime
) -> CoOrganiser:
    """Let its officers see more or less, and its members sign up or not. Whoever has a seat keeps
    it. Raises `Invalid` on `part`, `Conflict` when it no longer takes part."""
    held = hold_one(co_organiser)
    refuse_asking(held.activity, held.union, part, "")
    if held.state not in OPEN:
        raise Conflict(_("This union no longer takes part."), code="ended")
    return change(held, by, part, opens, now)


def change(
    held: CoOrganiser, by: Post | None, part: str, opens: bool, now: dt.datetime
) -> CoOrganiser:
    """Write what it may, where that differs."""
    if (held.part, held.opens) == (part, opens):
        return held
    held.part, held.opens = part, opens
    held.save(update_fields=["part", "opens"])
    record(held.activity, by, "co-organiser-changed", {"union": held.union.number, "part": part})
    follow_reach(held.activity, by, now)
    return held


@transactions.atomic
def accept_co_organising(
    *, by: Post | None, co_organiser: CoOrganiser, now: dt.datetime
) -> CoOrganiser:
    """The union that was asked takes part: it is named on the page, and what was offered holds.
    Twice is once. Raises `Conflict` when it was declined or taken back, or the activity called off;
    `TooLate` when that is over."""
    held = hold_one(co_organiser)
    if held.state == Answer.ACCEPTED:
        return held
    refuse_ended(held.activity, now)
    refuse_answered(held)
    held.state, held.answered_at = Answer.ACCEPTED, now
    held.save(update_fields=["state", "answered_at"])
    record(held.activity, by, "co-organiser-accepted", {"union": held.union.number})
    follow_reach(held.activity, by, now)
    tell(held, held.activity.union, "co-organiser.accepted", now)
    return held


@transactions.atomic
def decline_co_organising(
    *, by: Post | None, co_organiser: CoOrganiser, reason: str, now: dt.datetime
) -> CoOrganiser:
    """The union that was asked does not take part, and says why. Twice is once. Raises `Invalid` on
    `reason`, `Conflict` when it had accepted (then it leaves) or the asking was taken back."""
    words = checked(reason)
    held = hold_one(co_organiser)
    if held.state == Answer.DECLINED:
        return held
    refuse_answered(held)
    end(held, Answer.DECLINED, words, now)
    record(held.activity, by, "co-organiser-declined", {"union": held.union.number})
    tell(held, held.activity.union, "co-organiser.declined", now)
    return held


def refuse_answered(held: CoOrganiser) -> None:
    if held.state != Answer.INVITED:
        raise Conflict(_("This has been answered or taken back already."), code="answered")


@transactions.atomic
def leave_co_organising(
    *, by: Post | None, co_organiser: CoOrganiser, reason: str, now: dt.datetime
) -> CoOrganiser:
    """A union that took part no longer does; the other one is told why. Its members who have seats
    keep them, nobody new of them signs up. Twice is once. Raises `Invalid` on `reason`."""
    words = checked(reason)
    return part_with(by, co_organiser, words, lambda held: held.activity.union, now)


@transactions.atomic
def remove_co_organiser(
    *, by: Post | None, co_organiser: CoOrganiser, reason: str, now: dt.datetime
) -> CoOrganiser:
    """Take the asking back, or part with a union that takes part; it is told why. As
    `leave_co_organising`, from the other side."""
    words = checked(reason)
    return part_with(by, co_organiser, words, lambda held: held.union, now)


def part_with(
    by: Post | None, co_organiser: CoOrganiser, words: str, hears: Any, now: dt.datetime
) -> CoOrganiser:
    """End it, and tell the other side."""
    held = hold_one(co_organiser)
    if held.state not in OPEN:
        return held
    end(held, Answer.LEFT, words, now)
    record(held.activity, by, "co-organiser-left", {"union": held.union.number})
    follow_reach(held.activity, by, now)
    tell(held, hears(held), "co-organiser.left", now)
    return held


def leave_all(*, union_id: uuid.UUID, now: dt.datetime) -> int:
    """A dissolved union takes part in nothing; says in how much it did. Twice is once."""
    taking_part = CoOrganiser.objects.filter(union=union_id, state__in=OPEN)
    for each in taking_part:
        leave_co_organising(
            by=None, co_organiser=each, reason=str(_("This union has been dissolved.")), now=now
        )
    return len(taking_part)


def checked(reason: str) -> str:
    """What the other side reads. Raises `Invalid`."""
    words = reason.strip()
    if not 1 <= len(words) <= WORDS_MAX:
        problem = _("Say why, in up to 300 characters. The other union reads it.")
        raise Invalid(problem, fields={"reason": problem})
    return words


def hold_one(co_organiser: CoOrganiser) -> CoOrganiser:
    """It, held with its activity until the transaction ends."""
    activity = hold(co_organiser.activity_id)
    found = CoOrganiser.objects.select_for_update(of=("self",)).select_related("union")
    held = found.get(pk=co_organiser.pk)
    held.activity = activity
    return held


def end(held: CoOrganiser, state: Answer, reason: str, now: dt.datetime) -> None:
    held.state, held.reason, held.ended_at = state, reason, now
    held.answered_at = held.answered_at or now
    held.save(update_fields=["state", "reason", "ended_at", "answered_at"])


def follow_reach(activity: Activity, by: Post | None, now: dt.datetime) -> None:
    """Who may sign up follows from who takes part: the seats' pools ask allocation, not us."""
    unions = activity.co_organisers.filter(state=Answer.ACCEPTED, opens=True)
    union_ids = list(unions.values_list("union_id", flat=True))
    actor = by.account_id if by else None
    for run in activity.runs.filter(Q(pool__isnull=False), cancelled_at=None):
        assert run.pool_id  # noqa: S101 - asked for
        allocation.reach_also(pool_id=run.pool_id, union_ids=union_ids, by=actor, now=now)


def tell(co_organiser: CoOrganiser, union: Union, kind: str, now: dt.datetime) -> None:
    """The officers of one side hear of it."""
    activity = co_organiser.activity
    is_asked = union.pk == co_organiser.union_id
    name, key = ("co_organisation", co_organiser.pk) if is_asked else ("plan", activity.number)
    members.notify_officers(
        union=union,
        action=Action.RUN_ACTIVITIES,
        kind=kind,
        facts={
            "name": activity.name,
            "union": (activity.union if is_asked else co_organiser.union).name,
            "when": when(activity.starts_at) if activity.starts_at else "",
            "reason": co_organiser.reason,
        },
        url=reverse(f"activities:{name}", args=[key]),
        now=now,
    )
