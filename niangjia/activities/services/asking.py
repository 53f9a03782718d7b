"""Questions of an activity's own, and what people answered: set, changed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Activity, SignUp, State
from niangjia.activities.rules import answers as rules
from niangjia.activities.rules import questions
from niangjia.activities.rules.answers import Answers
from niangjia.activities.rules.questions import Question
from niangjia.activities.selectors.sign_ups import access_own
from niangjia.activities.services.acting import hold, record, refuse
from niangjia.activities.services.noting import sealed_answers
from niangjia.core import audit, transactions
from niangjia.core.errors import Conflict, TooLate
from niangjia.members.models import Account, Post


@transactions.atomic
def set_questions(*, by: Post | None, activity: Activity, asked: Sequence[Question]) -> Activity:
    """What is asked when signing up besides what every activity can ask, in this order. Once it is
    published words may be mended, and answers and questions added: whoever signed up before finds
    them on the ticket.

    Raises `Invalid` by field, which ends in the place of its question from 1; `Conflict` for what
    was called off.
    """
    held = hold(activity.pk)
    if held.state == State.CANCELLED:
        raise Conflict(_("It was called off."), code="cancelled")
    before = questions.read(held.questions)
    now = questions.tidied(asked, before)
    found = questions.problems(now)
    if held.state == State.PUBLISHED:
        found = {**questions.relied_on(before, now), **found}
    refuse(found)
    held.questions = questions.rows_of(now)
    held.save(update_fields=["questions"])
    record(held, by, "questions-set", {"count": len(now)})
    return held


@dataclass(frozen=True)
class Change:
    """What somebody says anew of themselves and of each companion, in the order in which they
    signed them up: whom to call, and answers to the activity's own questions by their keys."""

    emergency_name: str = ""
    emergency_phone: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    companions: tuple[Mapping[str, Any], ...] = ()


@transactions.atomic
def change_answers(*, by: Account, sign_up_id: str, change: Change, now: dt.datetime) -> SignUp:
    """Say some things anew, until sign-up closes: after that others rely on them, as whoever orders
    the shirts. Names stay, since a seat is nobody else's.

    Raises `NotFound`; `Invalid` beside the fields, as `sign_up`; `TooLate` once sign-up has closed,
    or when nothing is left of the sign-up.
    """
    sign_up = access_own(by, sign_up_id)
    activity, told = sign_up.run.activity, sign_up.told
    if not may_change(sign_up, now):
        raise TooLate(
            _("Sign-up has closed: please tell the union if something has changed."), code="closed"
        )
    companions = list(sign_up.companions.select_for_update().order_by("id"))
    asked = questions.read(activity.questions)
    said = [*change.companions, *({} for _more in companions)][: len(companions)]
    found: dict[str, Any] = questions.wrong(asked, change.more)
    if activity.asks_emergency:
        found |= rules.emergency_problems(answers_of(told, change))
    for place, more in enumerate(said, start=1):
        found |= rules.more_problems(asked, more, place)
    refuse(found)
    held = SignUp.objects.select_for_update().get(pk=sign_up.pk)
    held.answers = sealed_answers(answers_of(told, change).kept(activity))
    held.save(update_fields=["answers"])
    for companion, more in zip(companions, said, strict=True):
        kept = questions.kept(questions.of_each(asked), more)
        companion.answers = sealed_answers(companion.told | {"more": kept})
        companion.save(update_fields=["answers"])
    audit.record(
        action="activity.answers-changed",
        by=by.pk,
        subject=f"sign-up:{sign_up.pk}",
        union_id=activity.union_id,
    )
    return access_own(by, sign_up_id)


def answers_of(told: Mapping[str, Any], change: Change) -> Answers:
    """What is told now, under the name that was told before."""
    return Answers(
        name=told.get("name", ""),
        emergency_name=change.emergency_name,
        emergency_phone=change.emergency_phone,
        more=change.more,
    )


def may_change(sign_up: SignUp, now: dt.datetime) -> bool:
    """Whether something is asked that one can still say anew."""
    activity, pool = sign_up.run.activity, sign_up.run.pool
    asks = bool(activity.questions or activity.asks_emergency)
    return asks and sign_up.claim.is_live and bool(pool and now < pool.closes_at)
