"""Taking the steps of a case."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Any, TypedDict, Unpack

from django.utils.translation import gettext_lazy as _

from niangjia.cases.events import CaseClosed, CaseStepTaken
from niangjia.cases.models import Case, EntryKind, State, Way
from niangjia.cases.rules import answers as answer_rules
from niangjia.cases.rules import content
from niangjia.cases.rules.content import CLOSED
from niangjia.cases.rules.questions import ids_in
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.decoys import is_decoy
from niangjia.cases.services import (
    announcing,
    assigning,
    figures,
    hands,
    locking,
    meanwhile,
    merging,
    moving,
    rating,
    routing,
    telling,
    timeline,
    timing,
    waiting,
)
from niangjia.core import outbox, protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Post
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.organisations.models import Union

REASON_MIN_LENGTH = 10
WORDS_MAX_LENGTH = 4_000


class Reply(TypedDict, total=False):
    """What comes with the end of a step: words, the answers to its own questions, and the ids of
    files that were kept before (`services.shelves`) and are handed in with it."""

    words: str
    answers: Mapping[str, Any] | None
    files: Sequence[str]


@transactions.atomic
def take_step(
    *,
    by: Post,
    case_id: uuid.UUID,
    step: str,
    outcome: str,
    now: dt.datetime,
    **reply: Unpack[Reply],
) -> Case:
    """End the present step of a case with one of its outcomes, and begin the next, or finish.

    `step` is the step the officer saw: when a colleague was faster, nothing is done twice. A step
    that decides asks for the right to decide cases.

    Raises `NotFound` out of reach, `Conflict` "step-taken", "paused", "closed", "withdrawn",
    "own-case", "own-work", "applicants-turn", `Invalid` on `outcome`, `words` or the step's own
    questions.
    """
    with protection.viewing(account=by.account_id):
        case, post = locking.lock_for_officer(case_id, by)
        document = document_of(case.snapshot_id)
        if case.step != step:
            raise meanwhile.taken_from(case, document, step, post)
        locking.check_handler(case, post)
        locking.check_open(case)
        present = check_step(case, document, step)
        if present.by == "applicant":
            raise Conflict(_("This is the applicant's turn."), code="applicants-turn")
        if present.decides and not permissions.may(post.role, Action.DECIDE_CASES):
            raise locking.not_found()
        hands.check_another(case, present, post.account_id)
    end_step(case, document, present, outcome, by=by.account_id, now=now, **reply)
    return case


@transactions.atomic
def answer_step(
    *,
    owner: bytes,
    case_id: uuid.UUID,
    step: str,
    outcome: str,
    now: dt.datetime,
    **reply: Unpack[Reply],
) -> Case:
    """The applicant takes a step that is theirs. `owner` is the digest of their account or receipt.
    Raises like `take_step`."""
    with protection.viewing(receipt=owner):
        case = locking.lock_for_applicant(case_id, owner)
        locking.check_open(case)
        document = document_of(case.snapshot_id)
        present = check_step(case, document, step)
        if present.by != "applicant":
            raise Conflict(
                _("The union is at work on this; it is not your turn."), code="not-yours"
            )
    end_step(case, document, present, outcome, by=case.applicant_id, now=now, **reply)
    return case


def end_step(
    case: Case,
    document: content.Item,
    step: content.Step,
    outcome: str,
    *,
    by: uuid.UUID | None,
    now: dt.datetime,
    **reply: Unpack[Reply],
) -> None:
    """Check what whoever's turn it is has answered to the step of a locked case, and go on. Raises
    `Invalid`, `Conflict` "not-begun"."""
    words = reply.get("words", "")
    chosen = check_outcome(step, outcome, words)
    timing.check_begun(case, chosen, timing.day_of(now))
    sealed = check_answers(step, chosen, reply.get("answers"))
    with protection.working("cases.step"):
        finish_step(
            case,
            document,
            step,
            chosen,
            words=words.strip(),
            sealed=sealed,
            files=[*reply.get("files", ()), *chain(*ids_in(step.form, sealed).values())],
            by=by,
            now=now,
        )


def check_step(case: Case, document: content.Item, step: str) -> content.Step:
    """The step the case is at. Raises `Conflict` when it is no longer the one that was seen."""
    present = document.step(case.step)
    if present is None or case.step != step:
        raise meanwhile.step_taken()
    return present


def check_outcome(step: content.Step, outcome: str, words: str) -> content.Outcome:
    """The chosen outcome, with its reason where it needs one. That a term ran out in silence is
    nobody's to say before it has: the clock does. Raises `Invalid`, "not-yet" for that."""
    chosen = step.outcome(outcome)
    if chosen is None:
        problem = _("Choose how this step ends.")
        raise Invalid(problem, code="no-outcome", fields={"outcome": problem})
    if chosen.on_silence:
        problem = _(
            "This comes by itself when the term is over and nobody has said anything. "
            "Until then choose another way this step ends."
        )
        raise Invalid(problem, code="not-yet", fields={"outcome": problem})
    said = words.strip()
    if len(said) > WORDS_MAX_LENGTH:
        problem = _("Please keep this within 4,000 characters.")
        raise Invalid(problem, code="words-too-long", fields={"words": problem})
    if chosen.needs_reason and len(said) < REASON_MIN_LENGTH:
        problem = _("Say why, in at least 10 characters, so that the applicant can act on it.")
        raise Invalid(problem, code="reason-needed", fields={"words": problem})
    return chosen


def check_answers(
    step: content.Step, outcome: content.Outcome, answers: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The answers to the step's own questions, where this outcome needs them. Raises `Invalid`
    with one message a field."""
    if step.form is None or not outcome.needs_answers:
        return {}
    return answer_rules.checked(step.form, answers or {})


def finish_step(
    case: Case,
    document: content.Item,
    step: content.Step,
    outcome: content.Outcome,
    *,
    words: str,
    sealed: Mapping[str, Any],
    files: Collection[str] = (),
    by: uuid.UUID | None,
    now: dt.datetime,
) -> None:
    """Write the outcome of a locked case's step, and go on. As background work."""
    today = timing.day_of(now)
    following = following_step(document, outcome)
    before = case.handler
    onward = hands.union_with_another(case, following, union_of(following, case), by=by)
    moves = {"from": str(before.pk), "to": str(onward.pk)} if onward.pk != before.pk else {}
    timeline.write_entry(
        case,
        EntryKind.STEP,
        now=now,
        by=by,
        union=before,
        step=step.key,
        outcome=outcome.key,
        words=words,
        sealed=sealed,
        facts=moves,
        is_public=step.public,
        files=files,
        is_applicants=step.by == "applicant",
    )
    outbox.publish(CaseStepTaken(case_id=case.pk, step=step.key, outcome=outcome.key))
    case.changed_at = now
    case.catch_up()
    if following is None:
        close(case, outcome.result or content.Result.RESOLVED, by=by, now=now)
        return
    moving.hand_to(case, onward, now=now)
    timing.begin_step(case, following, timing.day_after(case, outcome, today))
    waiting.count_from_service(case, document, following)
    if outcome.then_within:
        timing.give_term(case, outcome.then_within, today)
    case.reminded = False
    calendar = timing.calendar_for(case, today)
    timing.set_clocks(case, calendar)
    case.save()
    if moves:
        assigning.assign_by_rule(case, now=now)
    else:
        hands.release(case, now=now)
    announcing.announce(case, following, calendar, now=now)
    telling.tell_applicant(
        case,
        telling.applicant_of(case),
        "case.your_turn" if following.by == "applicant" else "case.step",
        now=now,
        facts={"step": following.name.zh, "step_en": following.name.en},
    )


def following_step(document: content.Item, outcome: content.Outcome) -> content.Step | None:
    """The step that an outcome leads to; None when it closes the case."""
    if outcome.next == CLOSED:
        return None
    following = document.step(outcome.next)
    if following is None:
        raise RuntimeError(f"{document.key} leads to no step {outcome.next}")
    return following


def union_of(following: content.Step | None, case: Case) -> Union:
    """The union whose turn a step is: the one above, the one it belongs to, or the one that has
    the case. Raises `Conflict` where no union may have it."""
    if following is not None and following.by == "upper":
        return routing.union_above(case, case.handler) or case.handler
    if following is not None and following.by == "first":
        return routing.home_of(case)
    return case.handler


def close(case: Case, result: content.Result, *, by: uuid.UUID | None, now: dt.datetime) -> None:
    """Finish a locked case. As background work. From here on it asks to be rated."""
    case.state = State.CLOSED
    case.result = result
    case.closed_at = case.changed_at = now
    case.save()
    announcing.end_notice(case, now=now)
    decoy = is_decoy(case)
    # What the union began by itself served nobody who could say how it was.
    token = "" if decoy or case.way == Way.INNER else rating.ask_for_rating(case, by=by, now=now)
    timeline.write_entry(
        case,
        EntryKind.CLOSED,
        now=now,
        by=by,
        union=case.handler,
        sealed={"rating": token} if token else None,
        facts={"result": result},
        is_public=True,
    )
    if not decoy:
        outbox.publish(CaseClosed(case_id=case.pk, item=case.item.key, result=result))
    figures.count(case, figures.OPEN, -1)
    figures.count(case, f"cases:{result}", 1)
    telling.tell_applicant(
        case, telling.applicant_of(case), "case.closed", now=now, facts={"result": result}
    )
    merging.tell_duplicates(case, by=by, now=now)
