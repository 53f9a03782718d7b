"""The desk's inbox: what officers must answer, most urgent first.

Whoever must answer has it: `handled_by`. After an escalation that is the union above, so the lower
union's own officers no longer hold it; officers whose reach is a subtree still see it through it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, scope
from niangjia.core.errors import NotFound
from niangjia.core.prepared import Asked, Given, together
from niangjia.core.working_calendar.deadlines import Calendars, days_between
from niangjia.members.models import Application, ApplicationKind, ApplicationStatus, Post
from niangjia.members.rules.permissions import Action
from niangjia.members.rules.urgency import Urgency, urgency
from niangjia.members.selectors.posts import reaches
from niangjia.organisations.models import Union

#: The order of the inbox, for `core.pagination.page_of`.
ORDER = ("due_at", "id")
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
    "handled_by__number",
    "handled_by__name",
    "handled_by__division_id",
)


@dataclass(frozen=True)
class Conditions:
    """An `InboxFilter` as the database needs it: `below` is a path."""

    below: str = ""
    kind: ApplicationKind | None = None
    late: bool = False
    escalated: bool = False


@dataclass(frozen=True)
class InboxFilter:
    """What of the inbox to show. `union` narrows to it and everything below."""

    union: Union | None = None
    kind: ApplicationKind | None = None
    late: bool = False
    escalated: bool = False

    @property
    def conditions(self) -> Conditions:
        """What this narrows the question to."""
        below = self.union.path if self.union else ""
        return Conditions(below, self.kind, self.late, self.escalated)


def list_inbox(
    posts: Iterable[Post], *, chosen: InboxFilter | None = None, now: dt.datetime
) -> QuerySet[Application]:
    """The applications `posts` may decide and that wait for an answer. Order by `ORDER`."""
    chosen = chosen or InboxFilter()
    found = waiting(reaches(posts, Action.DECIDE_APPLICATIONS), chosen.conditions, now)
    return found.select_related("union", "handled_by", "person").only(*SHOWN)


def waiting(
    where: Iterable[scope.Reach], conditions: Conditions, now: dt.datetime | Given
) -> QuerySet[Application]:
    """What waits with the unions in `where`, under these conditions."""
    found = Application.objects.filter(
        scope.within(where, field="handled_by__path"), status=ApplicationStatus.SUBMITTED
    )
    if conditions.below:
        found = found.filter(scope.subtree(conditions.below, field="union__path"))
    if conditions.kind is not None:
        found = found.filter(kind=conditions.kind)
    if conditions.late:
        found = found.filter(due_at__lt=now)
    if conditions.escalated:
        found = found.filter(escalated_at__isnull=False)
    return found


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


def days_until(due: Iterable[dt.datetime], now: dt.datetime) -> Asked[Calendars]:
    """The question for the calendars by which `urgencies` counts."""
    days = {at.astimezone(clock.CHINA).date() for at in [now, *due]}
    question = days_between().asked(first=min(days), last=max(days))
    return Asked(question.sql, question.params, Calendars.of_days)


def urgencies(
    due: Sequence[tuple[dt.datetime, str]], now: dt.datetime, calendars: Calendars | None = None
) -> list[Urgency]:
    """How urgent each answer is, in its order, given until when it is promised and the division of
    the union that promised it: a province counts its own days off. One query, the calendars, unless
    they are known (`days_until`)."""
    if calendars is None:
        [calendars] = together(days_until([at for at, _division in due], now))
    assert calendars is not None  # noqa: S101 - said above
    different = {(at, division[:2]) for at, division in due}
    found = {(at, own): urgency(at, now, calendars.of(own)) for at, own in different}
    return [found[at, division[:2]] for at, division in due]


def urgency_of(application: Application, now: dt.datetime) -> Urgency | None:
    """How urgent one is; None when nobody owes an answer (any more)."""
    if application.due_at is None or not application.is_open:
        return None
    return urgencies([(application.due_at, application.handled_by.division_id)], now)[0]
