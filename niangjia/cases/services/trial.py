"""A trial run: a made-up applicant goes through a version, and nothing of it is kept.

The very services that handle cases do it, in a transaction that always ends by being undone: what
an officer sees here is what will happen, and neither a case nor a figure, a notice, an event or an
audit entry is left of it.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from niangjia.cases.models import Case, CaseEntry, ItemVersion, PublicNotice, State, VersionState
from niangjia.cases.rules.content import Item, Step
from niangjia.cases.selectors import document_of, list_entries
from niangjia.cases.services import catalogue, drafting, locking, stepping, sweeping, timeline
from niangjia.cases.services.employers import find_or_note_employer
from niangjia.cases.services.opening import Asking, Matter, open_case
from niangjia.cases.services.timeline import Said
from niangjia.core import clock, protection
from niangjia.core.errors import Conflict, DomainError
from niangjia.members.models import Notice, Post
from niangjia.organisations.models import Status, Union
from niangjia.organisations.rules.paths import ancestor_paths

MOST_MOVES = 60


@dataclass(frozen=True)
class Move:
    """What happens next: `outcome` ends the present step, with words and answers; an empty one lets
    the clock run to the end of the present term. `on` is the day, the same or a later one."""

    outcome: str = ""
    words: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    on: dt.date | None = None


@dataclass(frozen=True)
class Trial:
    """How far the made-up case came. `refusal` is why the last move was not taken; `notices` are
    those that officers would have got, by kind; `is_announced` while it is on the public notice."""

    item: Item
    case: Case
    present: Step | None
    timeline: Sequence[tuple[CaseEntry, Said]]
    notices: Mapping[str, int]
    is_announced: bool
    at: dt.datetime
    refusal: DomainError | None = None


class Undone(Exception):
    """Carries what was seen out of a transaction that leaves nothing."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial


def try_out(
    *,
    by: Post,
    version_id: uuid.UUID,
    union: Union,
    answers: Mapping[str, Any],
    moves: Sequence[Move] = (),
    now: dt.datetime,
) -> Trial:
    """Let a made-up applicant ask at `union` for what `version_id` says, and take `moves`.

    Raises `NotFound` out of reach, `Invalid` for answers that do not fit and while the version has
    problems, `Conflict` for a union it does not hold at, or too many moves.
    """
    if len(moves) > MOST_MOVES:
        raise Conflict(_("A trial run has at most 60 steps."), code="too-many-moves")
    # Not retried: whoever tries something out tries again by themselves.
    try:
        with transaction.atomic():
            version = drafting.lock_version(by, version_id)
            drafting.check_whole(version)
            undo(play(version, union, answers, moves, now=now))
    except Undone as seen:
        return seen.trial
    raise AssertionError("a trial run was kept")


def undo(trial: Trial) -> None:
    """End the transaction with nothing of it left."""
    raise Undone(trial)


def play(
    version: ItemVersion,
    union: Union,
    answers: Mapping[str, Any],
    moves: Sequence[Move],
    *,
    now: dt.datetime,
) -> Trial:
    """The trial itself. Only inside a transaction that will be undone."""
    check_union(version, union)
    offer(version, now)
    with clock.stopped_at(now):
        case = opened(version, union, answers, now)
    at, refusal = now, None
    with protection.working("catalogue.trial"):
        for move in moves:
            case = fresh(case)
            if case.state != State.OPEN:
                break
            try:
                at = taken(case, move, at)
            except DomainError as error:
                refusal = error
                break
        return seen(fresh(case), at, refusal)


def check_union(version: ItemVersion, union: Union) -> None:
    if union.status == Status.DISSOLVED or version.union.path not in ancestor_paths(union.path):
        raise Conflict(_("This version does not hold at that union."), code="not-there")


def offer(version: ItemVersion, now: dt.datetime) -> None:
    """As if the version were published."""
    if version.state != VersionState.PUBLISHED:
        catalogue.retire_published(version.item, version.union, now)
        version.state = VersionState.PUBLISHED
        version.save(update_fields=["state"])


def opened(
    version: ItemVersion, union: Union, answers: Mapping[str, Any], now: dt.datetime
) -> Case:
    """The made-up case; a complaint names a made-up employer."""
    from niangjia.cases.selectors import access_offered

    accused = []
    if access_offered(version.item.key, union).document.kind == "complaint":
        name = _("A made-up employer (trial run)")
        accused = [find_or_note_employer(name=name, uscc="", division=union.division)]
    return open_case(
        matter=Matter(item_key=version.item.key, union=union, answers=answers, accused=accused),
        asking=Asking(name=_("Trial")),
        now=now,
    ).case


def taken(case: Case, move: Move, at: dt.datetime) -> dt.datetime:
    """One move; the moment at which it was taken. Raises what the services raise."""
    if not move.outcome:
        due = case.next_due_at
        with clock.stopped_at(due):
            while fresh(case).clock_at <= due and sweeping.look_at(case.pk, now=due):
                pass
        return due
    moment = moment_of(move, at)
    locked = Case.objects.select_for_update(of=("self",)).select_related(*locking.RELATED)
    with clock.stopped_at(moment):
        held = locked.get(pk=case.pk)
        document = document_of(held.snapshot_id)
        present = stepping.check_step(held, document, held.step)
        stepping.end_step(
            held,
            document,
            present,
            move.outcome,
            words=move.words,
            answers=move.answers,
            by=None,
            now=moment,
        )
    return moment


def moment_of(move: Move, at: dt.datetime) -> dt.datetime:
    """When a move is taken: never before the one before it."""
    if move.on is None:
        return at
    return max(at, dt.datetime.combine(move.on, dt.time(10), clock.CHINA))


def seen(case: Case, at: dt.datetime, refusal: DomainError | None) -> Trial:
    """What there is to be shown, read before it is undone."""
    item = document_of(case.snapshot_id)
    told: dict[str, int] = {}
    sent = Notice.objects.filter(facts__number=case.number).values_list("kind", flat=True)
    for kind in sent:
        told[kind] = told.get(kind, 0) + 1
    return Trial(
        item=item,
        case=case,
        present=item.step(case.step) if case.state == State.OPEN else None,
        timeline=[(entry, timeline.said_in(case, entry)) for entry in list_entries(case)],
        notices=told,
        is_announced=PublicNotice.objects.filter(case=case, ended_at__isnull=True).exists(),
        at=at,
        refusal=refusal,
    )


def fresh(case: Case) -> Case:
    return Case.objects.select_related(*locking.RELATED).get(pk=case.pk)


def likely_union(version: ItemVersion) -> Union:
    """Where somebody may ask by this version: a lowest union it holds at. One query."""
    below = Union.objects.filter(path__startswith=version.union.path).exclude(
        status=Status.DISSOLVED
    )
    return below.select_related("division").order_by("-depth", "path").first() or version.union
