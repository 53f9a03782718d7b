"""The way of a rectification order: 核实 → 整改 → 反馈 → 复核 → 再评.

A table, so that it can be read and tested as one.
"""

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Conflict, Invalid, Text
from niangjia.feedback.models import Finding, RectificationOrder, Stage, StepKind
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action, may

#: Working days until an order must be done, where no union has set less.
WORKING_DAYS = 15
#: Working days until somebody who rated badly is called back.
CALL_BACK_WORKING_DAYS = 5
#: After so many calls that reached nobody it is written down that nobody was reached.
CALLS = 3
WORDS_MIN_LENGTH, WORDS_MAX_LENGTH = 4, 1000


@dataclass(frozen=True)
class Step:
    """One step: from which stage to which, and whether it is the union above that takes it."""

    kind: StepKind
    at: Stage
    to: Stage
    from_above: bool = False


#: By the name in the address: the noun of what happened.
STEPS = {
    "verification": Step(StepKind.VERIFIED, Stage.VERIFY, Stage.RECTIFY),
    "rectification": Step(StepKind.RECTIFIED, Stage.RECTIFY, Stage.TELL),
    "answer": Step(StepKind.TOLD, Stage.TELL, Stage.REVIEW),
    "approval": Step(StepKind.PASSED, Stage.REVIEW, Stage.RATE_AGAIN, from_above=True),
    "return": Step(StepKind.SENT_BACK, Stage.REVIEW, Stage.RECTIFY, from_above=True),
}


def steps_at(stage: str) -> dict[str, Step]:
    """The steps that can be taken at `stage`, by name."""
    return {name: step for name, step in STEPS.items() if step.at == stage}


def check_step(
    order: RectificationOrder, name: str, *, by: uuid.UUID, took_part: set[uuid.UUID]
) -> Step:
    """The step `name` if account `by` may take it now.

    `took_part` are the accounts that took a step of this round. Raises `Conflict`: "other-stage"
    (somebody was faster), "own-work" (the rated officer), "own-steps" (whoever put it right does
    not review it).
    """
    step = STEPS[name]
    if order.stage != step.at:
        raise Conflict(
            _("The order has moved on meanwhile. Look at where it stands now."), code="other-stage"
        )
    if by == order.rated_id:
        raise Conflict(
            _("This order is about your own work. A colleague takes it on."), code="own-work"
        )
    if step.from_above and by in took_part:
        raise Conflict(
            _("You took a step of it yourself. Somebody else reviews it."), code="own-steps"
        )
    return step


def may_take(post: Post, order: RectificationOrder, step: str, *, is_highest: bool = False) -> bool:
    """Whether the post may take this step: on its own union's orders and those below, but a review
    only from above the union that handles it. `is_highest`: nobody above it could, so that somebody
    else there does."""
    if not may(post.role, Action.RECTIFY):
        return False
    handler = order.handled_by
    if not STEPS[step].from_above or handler.parent is None or is_highest:
        return post.scope.covers(handler.path)
    is_above = post.union_id == handler.parent_id or post.scope.covers(handler.path)
    return is_above and post.union.path != handler.path


def check_words(words: str) -> str:
    """What an officer says of a step, without spaces around it. Raises `Invalid`."""
    words = words.strip()
    if len(words) < WORDS_MIN_LENGTH:
        raise invalid("words", _("Say in a few words what was done."))
    if len(words) > WORDS_MAX_LENGTH:
        raise invalid("words", _("Up to 1,000 characters, please."))
    return words


def check_finding(name: str, finding: str) -> str:
    """What verifying found; nothing for other steps. Raises `Invalid`."""
    if name != "verification":
        return ""
    if finding not in Finding.values:
        raise invalid("finding", _("Say what you found."))
    return finding


def invalid(field: str, problem: Text) -> Invalid:
    """A refusal beside one field."""
    return Invalid(problem, code="bad-step", fields={field: problem})
