"""The quality check (质检) and the close of a work order (结案)."""

import datetime as dt
import uuid
from collections.abc import Mapping

from niangjia.cases.services.pausing import check_reason
from niangjia.core import protection, transactions
from niangjia.hotline.models import OrderEntryKind, Quality, State, WorkOrder
from niangjia.hotline.rules import aftercare
from niangjia.hotline.selectors.aftercare import callers_of, workers_of
from niangjia.hotline.services import history
from niangjia.members.models import Post


def begin(order: WorkOrder, *, now: dt.datetime) -> None:
    """A locked order has been called back, or cannot be: it goes to the check, or, when chance has
    left it out of the sample, straight on to its close. As background work."""
    history.move(order, State.CALLED_BACK, now=now)
    if not aftercare.is_checked(order, order.line):
        order.quality = Quality.NOT_CHOSEN
        close(order, by=None, now=now)


@transactions.atomic
def check_order(
    *,
    by: Post,
    order_id: uuid.UUID,
    answers: Mapping[str, object],
    words: str = "",
    now: dt.datetime,
) -> WorkOrder:
    """Go through the checklist (`rules.aftercare.CHECKLIST`) with an order. All yes closes it; one
    no, with words that say what was wrong, sends it back to be called again by somebody else.

    Raises `NotFound` out of reach, `Conflict` "other-state", and "own-work" for whoever took the
    call, did the work or called back; `Invalid` beside each line, or on `reason`.
    """
    with protection.viewing(account=by.account_id):
        order, post = history.lock_order(by, order_id)
        # The hand first: to whoever had one, the state would say what the person said (ADR 151).
        aftercare.check_another(post.account_id, workers_of(order) | callers_of(order))
        aftercare.check_state(order, State.CALLED_BACK)
        said = aftercare.checked_answers(answers)
        passed = all(said.values())
        words = words.strip() if passed else check_reason(words)
    with protection.working("hotline.quality"):
        order.quality = Quality.PASSED if passed else Quality.FAILED
        order.checked_at, order.checked_by = now, post.account
        history.write(
            order, OrderEntryKind.CHECKED, now=now, by=post.account_id, words=words, facts=said
        )
        if passed:
            close(order, by=post.account_id, now=now)
        else:
            call_again(order, now=now)
    return order


def close(order: WorkOrder, *, by: uuid.UUID | None, now: dt.datetime) -> None:
    """The last state of a locked order. As background work."""
    history.move(order, State.CLOSED, now=now)
    history.write(order, OrderEntryKind.CLOSED, now=now, by=by, facts={"quality": order.quality})


def call_again(order: WorkOrder, *, now: dt.datetime) -> None:
    """A locked order waits for another call: a check found something, or what was wrong is said to
    be put right. As background work."""
    order.tries, order.call_back, order.level = 0, "", None
    order.called_back_at = order.called_back_by = None
    order.checked_at = order.checked_by = None
    order.returns += 1
    history.move(order, State.HANDLED, now=now)
    history.write(order, OrderEntryKind.CALL_AGAIN, now=now, facts={"times": order.returns})
