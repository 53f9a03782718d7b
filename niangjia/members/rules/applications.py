"""The rules of joining: who may be applied to, until when an answer is owed, who answers next."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Invalid
from niangjia.organisations.models import Kind, Status, Union

#: A refusal must say enough for the worker to act on it: characters, blanks at the ends aside.
REASON_MIN_LENGTH = 10
REASON_MAX_LENGTH = 500

#: More than this answered at once is no longer somebody reading what they decide.
BULK_LIMIT = 50

#: Applications climb up to provinces (depth 1) and no further: the national federation (depth 0)
#: keeps no membership register, so sending a worker's form there would lose it, not answer it.
HIGHEST_HANDLER_DEPTH = 1

#: Answer times are counted by whole hours; sixty days and more are one bucket.
MAX_COUNTED_HOURS = 60 * 24

_ADMITS_ITS_OWN_WORKERS = frozenset({Kind.GRASSROOTS, Kind.JOINT})


@dataclass(frozen=True)
class Answers:
    """What an application says besides who somebody is."""

    worker_kind: str = ""
    employment_status: str = ""
    employer_name: str = ""
    job: str = ""
    statement: str = ""


def is_joinable(union: Union) -> bool:
    """Whether workers apply to `union` itself: an active grassroots or joint union, or one above
    that admits some kinds of worker directly. A group's members join the union it belongs to."""
    if union.status != Status.ACTIVE:
        return False
    return union.kind in _ADMITS_ITS_OWN_WORKERS or bool(union.admits_directly)


def admits(union: Union, worker_kind: str) -> bool:
    """Whether `union` takes this kind of worker. A grassroots union takes its employer's own
    workers (""), and whoever it names; a union above takes only the kinds that it names."""
    if worker_kind == "":
        return union.kind in _ADMITS_ITS_OWN_WORKERS
    return worker_kind in union.admits_directly


def next_handler(union: Union) -> Union | None:
    """Whose turn it is when `union` has not answered: the nearest union above that still exists, up
    to the province; None at the top. Walks `parent`, one query a step unless they are loaded."""
    upper = union.parent
    while upper is not None and upper.depth >= HIGHEST_HANDLER_DEPTH:
        if upper.status == Status.ACTIVE:
            return upper
        upper = upper.parent
    return None


def check_reason(verdict_is_refusal: bool, reason: str) -> str:
    """`reason` without blanks around it. A refusal needs one of `REASON_MIN_LENGTH` characters or
    more; an admission may do without. Raises `Invalid` on the field `reason`."""
    reason = reason.strip()
    if len(reason) > REASON_MAX_LENGTH:
        problem = _("Please keep the reason within 500 characters.")
        raise Invalid(problem, code="reason-too-long", fields={"reason": problem})
    if verdict_is_refusal and len(reason) < REASON_MIN_LENGTH:
        problem = _(
            "Say why, in at least 10 characters, so that whoever it is about knows what to do next."
        )
        raise Invalid(problem, code="reason-too-short", fields={"reason": problem})
    return reason


def answer_hours(submitted_at: dt.datetime, decided_at: dt.datetime) -> int:
    """Whole hours from application to answer, at most `MAX_COUNTED_HOURS`."""
    return min(int((decided_at - submitted_at).total_seconds() // 3600), MAX_COUNTED_HOURS)
