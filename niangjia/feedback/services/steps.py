"""The steps of an order that officers take."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.core import outbox, transactions
from niangjia.core.errors import Invalid, NotFound
from niangjia.feedback.events import RectificationAnswered
from niangjia.feedback.models import (
    Answer,
    Finding,
    Invitation,
    RectificationOrder,
    StepKind,
)
from niangjia.feedback.rules import invitations as invitation_rules
from niangjia.feedback.rules import orders as rules
from niangjia.feedback.selectors.officers import is_highest_able
from niangjia.feedback.selectors.protection import may_know
from niangjia.feedback.services import inviting, ordering
from niangjia.feedback.services.working import as_work
from niangjia.members.models import Post

#: What begins a round.
BEGINS = (StepKind.OPENED, StepKind.REOPENED, StepKind.ESCALATED)
#: The steps of a round whose makers do not review it.
MADE = (StepKind.VERIFIED, StepKind.RECTIFIED, StepKind.TOLD)


@transactions.atomic
@as_work("feedback.step")
def take_step(
    *,
    by: Post,
    order: RectificationOrder,
    step: str,
    words: str,
    finding: str = "",
    public_answer: str = "",
    now: dt.datetime,
) -> RectificationOrder:
    """Take one step: "verification", "rectification", "answer", "approval" or "return".

    The first three are for the union that handles the order, the last two for the union above it
    (where nobody stands above: for somebody else at the same union). `words` say what was done;
    those of "answer" are what the person reads. `finding` goes with "verification". With "approval"
    the union's `public_answer` is published, and the person is asked to rate again: that, and
    nobody here, ends the order.

    Raises `NotFound` for a post that does not reach it or has just ended; `Conflict` "other-stage",
    "own-work" (the rated officer takes no step), "own-steps"; `Invalid` beside the field.
    """
    locked = lock(order.pk)
    post = Post.objects.select_related("union").filter(pk=by.pk, ended_at__isnull=True).first()
    if post is None or not rules.may_take(post, locked, step, is_highest=is_highest_able(locked)):
        raise NotFound(_("There is no such page"))
    if not may_know({post.account_id}, locked):
        raise NotFound(_("There is no such page"))
    began = locked.steps.filter(kind__in=BEGINS).order_by("-id")[:1].get()
    made = locked.steps.filter(kind__in=MADE, pk__gt=began.pk)
    took_part = {pk for pk in made.values_list("by_account_id", flat=True) if pk}
    found = rules.check_step(locked, step, by=post.account_id, took_part=took_part)
    words = rules.check_words(words)
    if step == "verification":
        locked.finding = Finding(rules.check_finding(step, finding))
    locked.stage = found.to
    locked.save(update_fields=["stage", "finding"])
    ordering.record_step(locked, found.kind, by=post.account_id, now=now, words=words)
    follow(locked, step, by=post.account_id, public_answer=public_answer.strip(), now=now)
    return locked


def lock(pk: uuid.UUID) -> RectificationOrder:
    """The order's row, locked and read anew. Raises `NotFound`."""
    found = (
        RectificationOrder.objects.select_for_update(of=("self",))
        .select_related("union", "handled_by__parent", "rating__invitation__account")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def follow(
    order: RectificationOrder, step: str, *, by: uuid.UUID, public_answer: str, now: dt.datetime
) -> None:
    """Whom the step concerns, and what comes next."""
    invitation = order.rating.invitation
    upper = order.handled_by.parent or order.handled_by
    if step == "answer":
        ordering.tell_person(order, invitation, "feedback.told", now=now)
        outbox.publish(
            RectificationAnswered(subject_kind=order.subject_kind, subject_id=order.subject_id)
        )
        ordering.tell_officers(order, upper, "desk.order_to_review", now=now)
    elif step == "return":
        ordering.tell_officers(order, order.handled_by, "desk.order_sent_back", now=now)
    elif step == "approval":
        publish_answer(order, public_answer, by=by, now=now)
        inviting.invite_again(latest(order), by=by, now=now)


def latest(order: RectificationOrder) -> Invitation:
    """The newest invitation on the order's service."""
    return (
        Invitation.objects.filter(subject_kind=order.subject_kind, subject_id=order.subject_id)
        .select_related("union", "account")
        .order_by("-round")[:1]
        .get()
    )


def publish_answer(
    order: RectificationOrder, text: str, *, by: uuid.UUID, now: dt.datetime
) -> None:
    """Publish what the reviewer approved, with the person's words if they agreed to that. A
    protected subject has nothing public."""
    if not text:
        return
    if order.is_protected:
        raise Invalid(
            _("Nothing of a protected case is published."),
            fields={"public_answer": _("Nothing of a protected case is published.")},
        )
    if len(text) > invitation_rules.WORDS_MAX_LENGTH:
        problem = _("Up to 600 characters, please.")
        raise Invalid(problem, code="too-long", fields={"public_answer": problem})
    rating = order.rating
    Answer.objects.create(
        rating=rating,
        union=order.union,
        text=text,
        shown_words=(rating.words or "") if rating.may_be_shown else "",
        level=rating.level,
        item_key=rating.item_key,
        approved_by_account_id=by,
        published_at=now,
    )
