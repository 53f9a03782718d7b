"""What time does to problems: whoever stands above is told, once, of each that is late."""

import datetime as dt
import uuid

from niangjia.core import transactions
from niangjia.places.models import Problem, ProblemState, ProblemStepKind
from niangjia.places.services import mending, telling

MOST_AT_ONCE = 1_000


def tell_of_late_problems(*, now: dt.datetime) -> int:
    """Tell the next union above of each problem that was not mended in time, once for each term.
    Each in a transaction of its own. Says how many."""
    late = Problem.objects.filter(state=ProblemState.OPEN, due_at__lt=now, late_told_at=None)
    found = list(late.order_by("due_at").values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(escalate(pk, now=now) for pk in found)


@transactions.atomic
def escalate(problem_id: uuid.UUID, *, now: dt.datetime) -> bool:
    """Tell of one, unless it was mended meanwhile. Where no union above has anybody, it is only
    written down."""
    held = mending.hold_problem(Problem.objects.get(pk=problem_id))
    if held.state != ProblemState.OPEN or held.late_told_at is not None or now <= held.due_at:
        return False
    held.late_told_at = now
    held.save(update_fields=["late_told_at"])
    mending.step(held, ProblemStepKind.ESCALATED, "", None, now)
    telling.tell_nearest(
        telling.above(held.place),
        "place.late",
        telling.facts_of(held),
        telling.desk_url(held),
        now,
    )
    return True
