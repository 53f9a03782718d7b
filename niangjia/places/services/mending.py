"""What is wrong at a place: opened, mended, reviewed by somebody else, opened again.

Whoever mended something is not who says that it is all right: that is another officer, of the union
that found it or of one above. What is dangerous shuts the place at once, until it was reviewed.
"""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, clock, outbox, transactions, working_calendar
from niangjia.core.errors import Conflict, NotFound, Text, TooLate
from niangjia.core.files import Examined
from niangjia.feedback.selectors.terms import working_days_at
from niangjia.members.models import Account, Post
from niangjia.organisations.models import Union
from niangjia.places import events
from niangjia.places.models import (
    Inspection,
    Mender,
    Place,
    Problem,
    ProblemState,
    ProblemStep,
    ProblemStepKind,
    Severity,
    Source,
)
from niangjia.places.rules import mending as rules
from niangjia.places.rules.checklists import Item
from niangjia.places.services import photographing, telling
from niangjia.places.services.acting import hold, refuse
from niangjia.places.services.indexing import index_place


def open_problem(
    *,
    place: Place,
    item: Item,
    severity: str,
    source: str,
    words: str,
    union: Union,
    inspection: Inspection | None = None,
    by: Post | None,
    now: dt.datetime,
) -> Problem:
    """Something is wrong, in the transaction that found it, the place held. What is open about the
    same thing already is found again: no second one, and no later deadline. What was all right in
    the last 30 days is opened again."""
    known = Problem.objects.select_for_update().filter(place=place, about=item.key)
    before = known.order_by("-opened_at").first()
    account_id = by.account_id if by else None
    if before is not None and before.closed_at is None:
        return found_again(before, place, severity, words, account_id, now)
    if before is not None and now - before.closed_at <= rules.SAME_WITHIN:  # type: ignore[operator]
        kind, problem = ProblemStepKind.REOPENED, before
    else:
        kind, problem = ProblemStepKind.OPENED, Problem(place=place, about=item.key, opened_at=now)
    problem.title, problem.facility = item.title, item.facility
    problem.severity, problem.source = severity, source
    problem.mender = mender_of(place, item)
    problem.union, problem.inspection = union, inspection
    begin(problem, kind, words, account_id, now)
    # What the public says, keepers are told as it becomes true (`services.report_place`).
    if source != Source.PUBLIC:
        telling.tell_menders(problem, "place.problem", now)
    return problem


def mender_of(place: Place, item: Item) -> str:
    """The keeper, for what keepers mend, where there is one; else the union of the place."""
    has_keeper = place.keepers.filter(ended_at=None).exists()
    return item.mender if has_keeper else Mender.UNION


def begin(
    problem: Problem, kind: str, words: str, account_id: uuid.UUID | None, now: dt.datetime
) -> None:
    """It is to be mended from now on, within a term of its own."""
    problem.state, problem.closed_at = ProblemState.OPEN, None
    problem.mended_at = problem.mended_by_account_id = problem.late_told_at = None
    problem.extensions = 0
    give_term(problem, now)
    problem.save()
    step(problem, kind, words, account_id, now)
    show(problem.place, now)


def give_term(problem: Problem, now: dt.datetime) -> None:
    """As many working days as it has by how bad it is, counted from today."""
    problem.due_from = now.astimezone(clock.CHINA).date()
    problem.due_days = rules.term(problem.severity, working_days_at(problem.place.union))
    problem.due_at = end_of(problem)


def end_of(problem: Problem) -> dt.datetime:
    """The end of the last working day there is, by the calendar of the place's province."""
    province = problem.place.division_id[:2]
    return working_calendar.deadline(problem.due_from, problem.due_days, province=province).at


def found_again(
    problem: Problem,
    place: Place,
    severity: str,
    words: str,
    account_id: uuid.UUID | None,
    now: dt.datetime,
) -> Problem:
    """What is to be mended, or was said to be, is found wrong: it may be dangerous by now."""
    problem.place = place
    became_worse = severity == Severity.DANGER and problem.severity != Severity.DANGER
    if became_worse:
        problem.severity = severity
        before = (problem.due_at, problem.due_from, problem.due_days)
        give_term(problem, now)
        if before[0] < problem.due_at:
            problem.due_at, problem.due_from, problem.due_days = before
    if problem.state == ProblemState.MENDED:
        begin(problem, ProblemStepKind.SENT_BACK, words, account_id, now)
        telling.tell_menders(problem, "place.sent_back", now)
        return problem
    problem.save()
    step(problem, ProblemStepKind.FOUND, words, account_id, now)
    show(place, now)
    if became_worse:
        telling.tell_menders(problem, "place.problem", now)
    return problem


def step(
    problem: Problem, kind: str, words: str, account_id: uuid.UUID | None, now: dt.datetime
) -> ProblemStep:
    """Write down what happened."""
    return ProblemStep.objects.create(
        problem=problem,
        kind=kind,
        at=now,
        words=words.strip()[: rules.LONGEST_WORDS],
        due_at=problem.due_at,
        by_account_id=account_id,
    )


def show(place: Place, now: dt.datetime) -> None:
    """Shut the place, or open it again, as what is dangerous there says; bring its row up to
    date."""
    dangers = Problem.objects.filter(place=place, severity=Severity.DANGER, closed_at=None)
    first = dangers.order_by("opened_at").values_list("opened_at", flat=True).first()
    if (first is None) != (place.unsafe_since is None):
        place.unsafe_since, place.changed_at = first, now
        place.save(update_fields=["unsafe_since", "changed_at"])
        outbox.publish(events.PlaceChanged(place_id=place.pk))
    index_place(place.pk, now=now)


@transactions.atomic
def mark_mended(
    *, by: Account, problem: Problem, words: str, photo: Examined | None = None, now: dt.datetime
) -> Problem:
    """`by` says that it is mended, in words and with a photo; somebody else reviews it. What was
    missing is shown as there again, what was dangerous stays shut until the review. Twice by the
    same person is once. Raises `Invalid` on "words", `Conflict` for what a colleague has mended
    meanwhile, or what is closed."""
    refuse(rules.words_problem(words))
    held = hold_problem(problem)
    if held.state == ProblemState.MENDED and held.mended_by_account_id == by.pk:
        return held
    expect(held, ProblemState.OPEN)
    held.state, held.mended_at, held.mended_by_account_id = ProblemState.MENDED, now, by.pk
    held.save(update_fields=["state", "mended_at", "mended_by_account_id"])
    made = step(held, ProblemStepKind.MENDED, words, by.pk, now)
    if photo is not None:
        photographing.add_to_step(step=made, clean=photo, now=now)
    show(held.place, now)
    note(held, by.pk, "mended")
    telling.tell_reviewers(held, now)
    return held


@transactions.atomic
def review_problem(
    *, by: Post, problem: Problem, is_right: bool, words: str = "", now: dt.datetime
) -> Problem:
    """Another officer says whether it is all right now: then it is closed, else it is to be mended
    again within a new term. Raises `Invalid` on "words" where it is not, `Conflict` for whoever
    mended it, and for what nobody said to be mended."""
    if not is_right:
        refuse(rules.words_problem(words))
    held = hold_problem(problem)
    expect(held, ProblemState.MENDED)
    refuse_own(held, by)
    if is_right:
        held.state, held.closed_at = ProblemState.CLOSED, now
        held.save(update_fields=["state", "closed_at"])
        step(held, ProblemStepKind.PASSED, words, by.account_id, now)
        show(held.place, now)
    else:
        begin(held, ProblemStepKind.SENT_BACK, words, by.account_id, now)
    note(held, by.account_id, "reviewed", right=is_right)
    telling.tell_menders(held, "place.mended" if is_right else "place.sent_back", now)
    return held


def refuse_own(problem: Problem, by: Post) -> None:
    """Raise `Conflict` for whoever may not review it."""
    if may_review(problem, by):
        return
    raise Conflict(
        _("Another officer than who mended it reviews this, of the union that found it or above."),
        code="own-mending",
    )


def may_review(problem: Problem, by: Post) -> bool:
    """Whether `by` stands at the union that found it or above, and did not mend it."""
    reaches = by.scope.covers(problem.union.path)
    return reaches and by.account_id != problem.mended_by_account_id


@transactions.atomic
def extend_problem(
    *, by: Post, problem: Problem, days: int, reason: str, now: dt.datetime
) -> Problem:
    """Give so many working days more, counted from the deadline, with the reason, which everybody
    at it reads. Raises `Invalid` on "days" and "words", `TooLate` after the deadline, `Conflict`
    for what is dangerous or was extended twice, `NotFound` for a post that found it not."""
    found = rules.words_problem(reason)
    if not 1 <= days <= rules.LONGEST_EXTENSION:
        found["days"] = _("From 1 to 10 working days.")
    refuse(found)
    held = hold_problem(problem)
    expect(held, ProblemState.OPEN)
    if not by.scope.covers(held.union.path):
        raise NotFound(_("There is no such page"))
    refuse_more_time(held, now)
    held.extensions += 1
    held.due_days += days
    held.due_at = end_of(held)
    held.save(update_fields=["extensions", "due_days", "due_at"])
    step(held, ProblemStepKind.EXTENDED, reason, by.account_id, now)
    note(held, by.account_id, "extended", days=days)
    telling.tell_menders(held, "place.more_time", now)
    return held


def refuse_more_time(problem: Problem, now: dt.datetime) -> None:
    """Raise what speaks against a later deadline."""
    if now > problem.due_at:
        raise TooLate(_("The deadline is past; more time is given before it."), code="past-due")
    if problem.severity == Severity.DANGER:
        raise Conflict(_("What is dangerous cannot wait."), code="danger-cannot-wait")
    if problem.extensions >= rules.MOST_EXTENSIONS:
        raise Conflict(_("It has been given more time twice."), code="extended-twice")


@transactions.atomic
def reopen_problem(*, by: Post, problem: Problem, words: str, now: dt.datetime) -> Problem:
    """It was all right and is not any more. Raises `Invalid` on "words", `Conflict` for what is not
    closed, or where the same is open by another round, `TooLate` 30 days after it was closed."""
    refuse(rules.words_problem(words))
    held = hold_problem(problem)
    expect(held, ProblemState.CLOSED)
    if now - held.closed_at > rules.SAME_WITHIN:  # type: ignore[operator]
        raise TooLate(
            _("That was long ago. Whoever finds it on a round opens it anew."), code="old"
        )
    if Problem.objects.filter(place=held.place, about=held.about, closed_at=None).exists():
        raise Conflict(_("The same is to be mended already."), code="open-already")
    begin(held, ProblemStepKind.REOPENED, words, by.account_id, now)
    note(held, by.account_id, "reopened")
    telling.tell_menders(held, "place.problem", now)
    return held


def hold_problem(problem: Problem) -> Problem:
    """The problem and its place, held."""
    place = hold(problem.place_id)
    held = (
        Problem.objects.select_for_update(of=("self",)).select_related("union").get(pk=problem.pk)
    )
    held.place = place
    return held


def expect(problem: Problem, *states: str) -> None:
    """Raise `Conflict` with where it stands, when that is elsewhere."""
    if problem.state not in states:
        words: Text = _("This cannot be done now: the problem is “%(state)s”.")
        raise Conflict(words % {"state": problem.get_state_display()}, code="wrong-state")


def note(problem: Problem, account_id: uuid.UUID | None, what: str, **details: object) -> None:
    """An entry of the audit chain about a problem."""
    audit.record(
        action=f"problem.{what}",
        by=account_id,
        subject=f"problem:{problem.pk}",
        union_id=problem.place.union_id,
        details=details,
    )
