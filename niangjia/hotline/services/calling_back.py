"""Calling back whoever called (回访): by somebody who neither took the call nor did the work."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from niangjia.cases import services as cases
from niangjia.cases.services import reading_limits
from niangjia.cases.services.calling_back import contact_in
from niangjia.core import audit, protection, transactions
from niangjia.core.errors import Invalid
from niangjia.feedback import services as feedback
from niangjia.feedback.models import Channel, Invitation
from niangjia.feedback.rules.subjects import Contact
from niangjia.feedback.services.calling_back import PURPOSE
from niangjia.hotline.models import CallBackResult, OrderEntryKind, Quality, State, WorkOrder
from niangjia.hotline.rules import aftercare
from niangjia.hotline.selectors import access_order
from niangjia.hotline.selectors.aftercare import callers_of, workers_of
from niangjia.hotline.services import history, quality, sealing
from niangjia.hotline.services.contacts import invitation_of
from niangjia.members.models import Account, Post
from niangjia.members.selectors.ties import untied

#: What an agent may say a call came to.
SAID = (
    CallBackResult.REACHED,
    CallBackResult.DECLINED,
    CallBackResult.NOT_REACHED,
    CallBackResult.WRONG_NUMBER,
)


def view_contact(*, by: Account, posts: Sequence[Post], number: str, now: dt.datetime) -> Contact:
    """Name and number of whoever called, for the call back alone: recorded, and shown to them
    (promise 6). Raises `NotFound` out of reach, `Conflict` "own-work" and "other-state", and
    `Throttled` as opening cases one after another does."""
    with protection.viewing(account=by.pk):
        order = access_order(posts, number, account=by)
        check_may_call(order, by.pk)
    if order.case is None:
        with reading_limits.reporting(by=by, posts=posts, now=now):
            return view_answered(by=by, order=order, now=now)
    reading = cases.read_case(
        by=by, posts=posts, number=order.case.number, purpose=PURPOSE, now=now
    )
    return contact_in(reading.case)


def view_rated(
    *, by: Account, posts: Sequence[Post], subject_id: uuid.UUID, now: dt.datetime
) -> Contact:
    """The same for whoever calls back about a bad rating of it, whichever way it came. Raises
    `NotFound` for whoever had a hand in it, is excluded, or is tied to an employer it is about;
    `Throttled` as opening cases one after another does."""
    with reading_limits.reporting(by=by, posts=posts, now=now):
        return open_rated(by=by, order_id=subject_id, now=now)


@transactions.atomic
def open_rated(*, by: Account, order_id: uuid.UUID, now: dt.datetime) -> Contact:
    """See `view_rated`."""
    with protection.working("hotline.call_back"):
        order = WorkOrder.objects.select_related("line").filter(pk=order_id).first()
        if order is None or by.pk in (order.agent_id, *order.excluded_ids):
            raise history.not_found()
        if not untied([by.pk], order.accused_ids):
            raise history.not_found()
        return view_answered(by=by, order=order, now=now)


def count_opening(
    *, by: Account, posts: Sequence[Post], subject_id: uuid.UUID, now: dt.datetime
) -> None:
    """Whom the invitation knows is counted among what `by` opens as well. Raises `Throttled`."""
    with reading_limits.reporting(by=by, posts=posts, now=now):
        count_order(by=by, order_id=subject_id, now=now)


@transactions.atomic
def count_order(*, by: Account, order_id: uuid.UUID, now: dt.datetime) -> None:
    """See `count_opening`."""
    with protection.working("hotline.call_back"):
        order = WorkOrder.objects.select_related("line").filter(pk=order_id).first()
        if order is not None:
            reading_limits.spend(by, order.pk, union_id=order.line.union_id, now=now)


@transactions.atomic
def view_answered(*, by: Account, order: WorkOrder, now: dt.datetime) -> Contact:
    """The same for what was answered on the spot, and has no case. It counts as a case does."""
    reading_limits.spend(by, order.pk, union_id=order.line.union_id, now=now)
    audit.record(
        action="hotline.contact_viewed",
        by=by.pk,
        subject=f"work-order:{order.pk}",
        union_id=order.line.union_id,
        purpose=PURPOSE,
    )
    told = sealing.opened_json(order, "words")
    return Contact(name=str(told.get("name", "")), phone=str(told.get("phone", "")))


def check_may_call(order: WorkOrder, account: uuid.UUID) -> None:
    """Raise `Conflict` unless `order` waits for a call that is this account's to make: that of
    nobody who took part, nor, once a check sent it back, of whoever called before. The hand comes
    first: to whoever had one, the state would say what the person said (ADR 151)."""
    before = callers_of(order) if order.quality == Quality.FAILED else set()
    aftercare.check_another(account, workers_of(order) | before)
    aftercare.check_state(order, State.HANDLED)


@transactions.atomic
def record_call_back(
    *,
    by: Post,
    order_id: uuid.UUID,
    result: str,
    level: int | None = None,
    indicators: Mapping[str, int] | None = None,
    words: str = "",
    is_named: bool = False,
    now: dt.datetime,
) -> WorkOrder:
    """Write down one call back. "reached" takes the person's rating, which is theirs and goes where
    all ratings go: one of the two lowest levels opens a rectification order, and this one waits for
    it. Who would not rate, or whose number it is not, is not called again; the third call that
    reaches nobody ends it as well. Then comes the quality check.

    Raises `NotFound` out of reach, `Conflict` "other-state", and "own-work" for whoever took the
    call, did the work, or entered an earlier call back; `Invalid` beside the field.
    """
    if result not in SAID:
        problem = _("Say what the call came to.")
        raise Invalid(problem, code="bad-call", fields={"result": problem})
    with protection.viewing(account=by.account_id):
        order, post = history.lock_order(by, order_id)
        check_may_call(order, post.account_id)
    with protection.working("hotline.call_back"):
        if result == CallBackResult.REACHED:
            order.level = rate(order, post.account, level, indicators or {}, words, is_named, now)
        order.tries += 1
        history.write(
            order,
            OrderEntryKind.CALLED,
            now=now,
            by=post.account_id,
            words=aftercare.checked_words(words),
            facts={"result": result, "tries": order.tries}
            | ({"level": order.level} if result == CallBackResult.REACHED else {}),
        )
        order.called_back_by = post.account
        if result == CallBackResult.NOT_REACHED and order.tries < aftercare.CALLS:
            order.save(update_fields=["tries", "called_back_by"])
            return order
        order.call_back, order.called_back_at = result, now
        if result == CallBackResult.REACHED and aftercare.is_bad(order.level):
            history.move(order, State.RECTIFYING, now=now)
            history.write(order, OrderEntryKind.RECTIFYING, now=now)
        else:
            quality.begin(order, now=now)
    return order


def rate(
    order: WorkOrder,
    by: Account,
    level: int | None,
    indicators: Mapping[str, int],
    words: str,
    is_named: bool,
    now: dt.datetime,
) -> int:
    """Enter what the person said on the phone. Who has rated by their link already said it there:
    that counts, and nothing is entered twice. As background work."""
    invitation = invitation_of(order, now=now)
    if (given := rated_already(invitation)) is not None:
        return given
    if level is None:
        problem = _("Choose how satisfied they are.")
        raise Invalid(problem, code="bad-level", fields={"level": problem})
    return feedback.rate(
        invitation=invitation,
        channel=Channel.CALL_BACK,
        level=level,
        indicators=indicators,
        words=words,
        is_named=is_named,
        entered_by=by,
        now=now,
    ).level


def rated_already(invitation: Invitation) -> int | None:
    """The level that was given to this very invitation, if any."""
    rating = getattr(invitation, "rating", None)
    return rating.level if rating else None
