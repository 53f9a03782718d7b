"""The desk's inbox: what officers must answer, most urgent first.

Whoever must answer has it: `handled_by`. After an escalation that is the union above, so the lower
union's own officers no longer hold it; officers whose reach is a subtree still see it through it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, scope
from niangjia.core.errors import NotFound
from niangjia.core.pagination import BoundedCount
from niangjia.core.working_calendar.deadlines import load
from niangjia.members.models import Application, ApplicationKind, ApplicationStatus, Post
from niangjia.members.rules.permissions import Action
from niangjia.members.rules.urgency import Urgency, urgency
from niangjia.members.selectors.posts import reaches
from niangjia.organisations.models import Union

#: The order of the inbox, for `core.pagination.page_of`.
ORDER = ("due_at", "id")
#: Counting stops here: "1000+" is all an officer needs to know.
COUNT_LIMIT = 1000
#: What a row shows. The person's encrypted columns stay closed: a list is no look-up.
SHOWN = (
    "number",
    "kind",
    "status",
    "submitted_at",
    "due_at",
    "escalated_at",
    "worker_kind",
    "employer_name",
    "job",
    "person__name",
    "union__number",
    "union__name",
    "union__path",
    "handled_by__name",
)


@dataclass(frozen=True)
class InboxFilter:
    """What of the inbox to show. `union` narrows to it and everything below."""

    union: Union | None = None
    kind: ApplicationKind | None = None
    late: bool = False
    escalated: bool = False


@dataclass(frozen=True)
class InboxCounts:
    """How much waits; each counted up to `COUNT_LIMIT`."""

    open: BoundedCount
    late: BoundedCount
    today: BoundedCount


def list_inbox(
    posts: Iterable[Post], *, chosen: InboxFilter | None = None, now: dt.datetime
) -> QuerySet[Application]:
    """The applications `posts` may decide and that wait for an answer. Order by `ORDER`."""
    chosen = chosen or InboxFilter()
    found = Application.objects.filter(
        scope.within(reaches(posts, Action.DECIDE_APPLICATIONS), field="handled_by__path"),
        status=ApplicationStatus.SUBMITTED,
    )
    if chosen.union is not None:
        found = found.filter(scope.subtree(chosen.union.path, field="union__path"))
    if chosen.kind is not None:
        found = found.filter(kind=chosen.kind)
    if chosen.late:
        found = found.filter(due_at__lt=now)
    if chosen.escalated:
        found = found.filter(escalated_at__isnull=False)
    return found.select_related("union", "handled_by", "person").only(*SHOWN)


def count_inbox(applications: QuerySet[Application], now: dt.datetime) -> InboxCounts:
    """Open, late and due today, in one query that looks at no more than `COUNT_LIMIT` + 1 rows.

    The rows are taken in the order of their due times, so a bounded look counts the late ones
    first, and stays exact for them as long as they are fewer than the limit.
    """
    day_ends = dt.datetime.combine(clock.today() + dt.timedelta(days=1), dt.time(), clock.CHINA)
    seen = applications.select_related(None).order_by("due_at").only("due_at")[: COUNT_LIMIT + 1]
    row = Application.objects.filter(pk__in=seen.values("pk")).aggregate(
        open=Count("pk"),
        late=Count("pk", filter=Q(due_at__lt=now)),
        today=Count("pk", filter=Q(due_at__gte=now, due_at__lt=day_ends)),
    )
    exact = row["open"] <= COUNT_LIMIT
    return InboxCounts(
        open=BoundedCount(min(row["open"], COUNT_LIMIT), exact),
        late=BoundedCount(min(row["late"], COUNT_LIMIT), row["late"] <= COUNT_LIMIT),
        today=BoundedCount(
            min(row["today"], COUNT_LIMIT), exact or row["late"] + row["today"] < row["open"]
        ),
    )


def visible_applications(posts: Sequence[Post]) -> QuerySet[Application]:
    """Every application `posts` may open: the open ones they may decide, and those answered in
    unions within reach. Drafts are the worker's own."""
    where = reaches(posts, Action.DECIDE_APPLICATIONS)
    return Application.objects.filter(
        (Q(status=ApplicationStatus.SUBMITTED) & scope.within(where, field="handled_by__path"))
        | (
            ~Q(status__in=(ApplicationStatus.SUBMITTED, ApplicationStatus.DRAFT))
            & scope.within(where, field="union__path")
        )
    )


def access_application_within(posts: Sequence[Post], number: str) -> Application:
    """The application with this number, with its union and person. Raises `NotFound`."""
    found = (
        visible_applications(posts)
        .filter(number=number)
        .select_related("union__division", "handled_by", "person__residence", "account")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def find_next(posts: Sequence[Post], after: Application, now: dt.datetime) -> Application | None:
    """What comes up once `after` is answered: the next most urgent, from the top at the end."""
    rest = list_inbox(posts, now=now).exclude(pk=after.pk).order_by(*ORDER)
    later = rest.filter(due_at__gte=after.due_at).exclude(due_at=after.due_at, pk__lt=after.pk)
    return later.first() or rest.first()


def urgencies(applications: Sequence[Application], now: dt.datetime) -> list[Urgency]:
    """How urgent each is, in its order. Two queries whatever their number: the calendar."""
    due = [application.due_at for application in applications if application.due_at]
    today = now.astimezone(clock.CHINA).date()
    days = [moment.astimezone(clock.CHINA).date() for moment in due] + [today]
    calendar = load(min(days), max(days), None)
    return [
        urgency(application.due_at, now, calendar)
        for application in applications
        if application.due_at
    ]
