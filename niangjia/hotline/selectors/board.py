"""The hotline's day: what waits, what is late, what people call about. In a viewer's scope.

Everything is counted as the viewer is shown it: whoever is tied to an employer finds nothing of
what was said about it in any number either. Decoys are cases and never orders, so they are in none.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Func, Q, QuerySet, UUIDField

from niangjia.core import clock
from niangjia.feedback.models import Level
from niangjia.hotline.models import Call, CallState, Line, State, WorkOrder
from niangjia.hotline.rules.small_counts import is_told
from niangjia.hotline.selectors.aftercare import worked_on
from niangjia.hotline.selectors.calls import allowed
from niangjia.hotline.selectors.order_lists import AT_THE_LINE
from niangjia.members.models import Account
from niangjia.members.selectors.ties import tied_employers
from niangjia.organisations.models import Employer

#: How far back the board looks for what is hot, and for satisfaction.
HOT, RATED = dt.timedelta(days=7), dt.timedelta(days=30)
MOST = 6


@dataclass(frozen=True)
class Hot:
    """One thing that many call about."""

    name: str
    count: int


@dataclass(frozen=True)
class Board:
    """The figures of a day. `satisfied` is the percentage of those asked in the last 30 days who
    were at least fairly satisfied; None while fewer than eight were."""

    calls_waiting: int
    fetching: int
    to_dispatch: int
    open: int
    late: int
    to_call: int
    to_check: int
    rectifying: int
    satisfied: int | None
    taken_today: int
    classes: Sequence[tuple[str, int]]
    topics: Sequence[Hot]
    employers: Sequence[Hot]


def read_board(lines: Collection[Line], *, account: Account, now: dt.datetime) -> Board:
    """The board of some lines, as `account` may see it. Five queries, and one for their ties."""
    tied = tied_employers(account.pk)
    seen = allowed(account, tied)
    orders = WorkOrder.objects.filter(seen, line__in=lines)
    # As `Case.is_late` says it: found late by the clock, or about to be.
    late = Q(case__late_at__isnull=False) | Q(case__state="open", case__next_due_at__lt=now)
    today = day_began(now)
    # As the lists: what one had a hand in is none of one's work, and its state none of one's news.
    of_others = ~worked_on(account)
    called = Q(called_back_by__isnull=False, called_back_by=account)
    counted = orders.aggregate(
        fetching=Count("pk", filter=Q(page_at__isnull=False)),
        open=Count("pk", filter=Q(state=State.OPEN)),
        to_dispatch=Count("pk", filter=AT_THE_LINE),
        late=Count("pk", filter=Q(late, state=State.OPEN)),
        to_call=Count("pk", filter=Q(state=State.HANDLED) & of_others),
        to_check=Count("pk", filter=Q(state=State.CALLED_BACK) & of_others & ~called),
        rectifying=Count("pk", filter=Q(state=State.RECTIFYING) & of_others),
        taken_today=Count("pk", filter=Q(opened_at__gte=today)),
        rated=Count("pk", filter=Q(level__isnull=False, called_back_at__gte=now - RATED)),
        content=Count(
            "pk", filter=Q(level__gte=Level.FAIRLY_SATISFIED, called_back_at__gte=now - RATED)
        ),
    )
    rated, content = counted.pop("rated"), counted.pop("content")
    recent = orders.filter(opened_at__gte=now - HOT)
    return Board(
        calls_waiting=Call.objects.filter(seen, line__in=lines, state=CallState.WAITING).count(),
        satisfied=round(100 * content / rated) if is_told(rated) else None,
        classes=list(
            orders.filter(opened_at__gte=today)
            .values_list("topic__category")
            .annotate(n=Count("pk"))
            .order_by("-n")
        ),
        topics=[
            Hot(name, n)
            for name, n in recent.values_list("topic__name")
            .annotate(n=Count("pk"))
            .order_by("-n", "topic__name")[:MOST]
            if is_told(n)
        ],
        employers=hot_employers(recent, tied),
        **counted,
    )


def hot_employers(recent: QuerySet[WorkOrder], tied: Collection[uuid.UUID]) -> list[Hot]:
    """The employers that most calls were about. Those of few calls are left out altogether: that
    anybody called about an employer must not be guessed from a list of names."""
    named = (
        recent.annotate(
            employer=Func(F("accused_ids"), function="unnest", output_field=UUIDField())
        )
        .values_list("employer")
        .annotate(n=Count("pk"))
        .order_by("-n")[:MOST]
    )
    told = {employer: n for employer, n in named if is_told(n) and employer not in tied}
    names = dict(Employer.objects.filter(pk__in=told).values_list("pk", "name")) if told else {}
    return [Hot(names.get(employer, "—"), n) for employer, n in told.items()]


def day_began(now: dt.datetime) -> dt.datetime:
    """The first moment of the day it is in China."""
    return now.astimezone(clock.CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
