"""One page of the inbox as the desk shows it: plain rows, asked for in one question kept ready.

Officers reload it all day. So the question is put together once for each reach and filter
(`core.prepared`); its answers are never kept.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import BooleanField, DateTimeField, ExpressionWrapper, Q

from niangjia.core import clock, scope
from niangjia.core.pagination import BoundedCount, Page, page_from, page_of
from niangjia.core.prepared import Given, Prepared
from niangjia.members.models import Application, Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.inbox import ORDER, Conditions, InboxFilter, waiting
from niangjia.members.selectors.posts import reaches

SIZE = 25
#: Counting stops here: "1000+" is all an officer needs to know.
COUNT_LIMIT = 1000
#: Kept ready in each process: reaches, each with some filters.
MOST_QUESTIONS = 1_000

#: The most urgent ones are looked at once, to count them and to show the first page of them; only
#: what is shown, `SIZE` rows and one more, is joined with its names. Without any row, the counts
#: still come, beside nulls.
PAGE = """
    WITH found (id, due_at, late, today) AS MATERIALIZED ({found})
    SELECT counted.*, shown.*
    FROM (
        SELECT count(*), count(*) FILTER (WHERE late), count(*) FILTER (WHERE today) FROM found
    ) AS counted
    LEFT JOIN (
        SELECT a.id, a.due_at, a.number, a.kind, a.worker_kind, a.employer_name, a.job,
               a.escalated_at, person.name, place.name, handler.name, handler.division_id
        FROM (SELECT id FROM found ORDER BY due_at, id LIMIT 26) AS first
        JOIN members_application a ON a.id = first.id
        JOIN members_person person ON person.id = a.person_id
        JOIN organisations_union place ON place.id = a.union_id
        JOIN organisations_union handler ON handler.id = a.handled_by_id
    ) AS shown ON true
    ORDER BY shown.due_at, shown.id
"""


class Waiting(NamedTuple):
    """What a row shows of an application, and what it is ordered by."""

    id: uuid.UUID
    due_at: dt.datetime
    number: str
    kind: str
    worker_kind: str
    employer_name: str
    job: str
    escalated_at: dt.datetime | None
    applicant: str
    union_name: str
    handler_name: str
    handler_division: str


#: The same by the names of the models.
COLUMNS = (
    *("id", "due_at", "number", "kind", "worker_kind", "employer_name", "job", "escalated_at"),
    *("person__name", "union__name", "handled_by__name", "handled_by__division_id"),
)


@dataclass(frozen=True)
class InboxCounts:
    """How much waits; each counted up to `COUNT_LIMIT`."""

    open: BoundedCount
    late: BoundedCount
    today: BoundedCount


def show_page(
    posts: Sequence[Post], *, chosen: InboxFilter, cursor: str | None, now: dt.datetime
) -> tuple[Page[Waiting], InboxCounts]:
    """The applications `posts` may decide and that wait, most urgent first, and how many there are.
    One query; one more for pages after the first. Raises `Invalid` for a cursor that this list did
    not give out.

    Counted are the most urgent `COUNT_LIMIT` and one more, so the late ones come first and are
    counted exactly as long as they are fewer than the limit.
    """
    where = tuple(reaches(posts, Action.DECIDE_APPLICATIONS))
    day_ends = dt.datetime.combine(clock.today() + dt.timedelta(days=1), dt.time(), clock.CHINA)
    rows = question(where, chosen.conditions, COUNT_LIMIT).rows(now=now, day_ends=day_ends)
    open_, late, today = rows[0][:3]
    exact = open_ <= COUNT_LIMIT
    counts = InboxCounts(
        open=BoundedCount(min(open_, COUNT_LIMIT), exact),
        late=BoundedCount(min(late, COUNT_LIMIT), late <= COUNT_LIMIT),
        today=BoundedCount(min(today, COUNT_LIMIT), exact or late + today < open_),
    )
    if cursor:
        found = waiting(where, chosen.conditions, now).values_list(*COLUMNS, named=True)
        page: Page[Any] = page_of(found, order=ORDER, cursor=cursor, size=SIZE)
        return Page([Waiting(*row) for row in page.items], page.next, page.previous), counts
    return page_from([Waiting(*row[3:]) for row in rows if open_], ORDER, SIZE), counts


@lru_cache(MOST_QUESTIONS)
def question(
    where: tuple[scope.Reach, ...], conditions: Conditions, limit: int
) -> Prepared[Application]:
    """The counts and the first page, with one row more. `now` and `day_ends`, the end of today,
    are given."""
    now, day_ends = Given("now", DateTimeField()), Given("day_ends", DateTimeField())
    found = waiting(where, conditions, now).annotate(
        late=ExpressionWrapper(Q(due_at__lt=now), BooleanField()),
        today=ExpressionWrapper(Q(due_at__gte=now, due_at__lt=day_ends), BooleanField()),
    )
    shown = found.order_by(*ORDER).values_list("id", "due_at", "late", "today")[: limit + 1]
    return Prepared(shown, around=PAGE)
