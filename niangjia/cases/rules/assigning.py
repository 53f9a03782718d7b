"""Which rule a case falls under, and which officer it chooses: no query."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from niangjia.cases.models import AssignmentRule, AssignmentWay, Case
from niangjia.regions.rules import codes

EARLIEST = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True)
class Candidate:
    """An officer whom a rule may choose: their share, how many open cases they have, and when the
    rule last gave them one."""

    account_id: uuid.UUID
    weight: int = 1
    load: int = 0
    last_at: dt.datetime | None = None


@dataclass(frozen=True)
class Choice:
    """Whom a rule chose, and why: "person" knows whoever asks, else the rule's own way."""

    account_id: uuid.UUID
    rule: AssignmentRule
    why: str


def fits(rule: AssignmentRule, case: Case, accused: Collection[uuid.UUID]) -> bool:
    """Whether a case is of the kind of a rule. `accused` are the employers it accuses with every
    record of the same ones."""
    return (
        rule.item_id in (None, case.item_id)
        and rule.language in ("", case.language)
        and (case.is_urgent or not rule.urgent_only)
        and (rule.employer_id is None or rule.employer_id in accused)
        and (rule.division_id is None or is_within(case.division_id, rule.division_id))
    )


def is_within(code: str, place: str) -> bool:
    """Whether the division of `code` is `place` or lies in it."""
    return codes.path_of(code).startswith(codes.path_of(place))


def choose(
    rule: AssignmentRule, candidates: Sequence[Candidate], *, known: uuid.UUID | None = None
) -> Choice | None:
    """One of `candidates`, None without any. `known` is the officer who knows whoever asks."""
    if known is not None and any(each.account_id == known for each in candidates):
        return Choice(known, rule, "person")
    if not candidates:
        return None
    if rule.way == AssignmentWay.ROTATION:
        chosen = min(candidates, key=lambda each: (each.last_at or EARLIEST, each.account_id))
    else:
        chosen = min(candidates, key=lambda each: (each.load / each.weight, each.account_id))
    return Choice(chosen.account_id, rule, rule.way)
