"""Reading cases. Every read happens inside a viewer's scope: see `core.protection`."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, Func, Q, QuerySet, TextField, Value
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case, CaseEntry, CaseUnit, State
from niangjia.core import scope
from niangjia.core.errors import NotFound
from niangjia.core.pagination import BoundedCount, bounded_counts
from niangjia.core.prepared import first
from niangjia.members.models import Account, Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import reaches
from niangjia.members.selectors.substitutions import stands_in_for
from niangjia.members.selectors.ties import TiedTo
from niangjia.organisations.models import Union
from niangjia.organisations.rules.paths import SEGMENT_LENGTH

#: The order of a queue, for `core.pagination.page_of`.
QUEUE_ORDER = ("next_due_at", "id")
#: The order of every other list: the newest first.
NEWEST = ("-id",)
COUNT_LIMIT = 1000
#: So many unions stand on the way down to a county, the root's included.
COUNTY_DEPTH = 4
#: What belongs to one case.
BESIDE = ("item", "snapshot", "handler", "began_at", "raised_to")
#: What rows of a list show: nothing that is sealed.
SHOWN = (
    "number",
    "way",
    "is_complaint",
    "is_urgent",
    "people_count",
    "is_anonymous",
    "state",
    "step",
    "result",
    "opened_at",
    "next_due_at",
    "due_at",
    "breaches",
    "resume_by",
    "assigned_to_id",
    "raised_to_id",
    "late_at",
    "item__key",
    "snapshot_id",
    "handler__number",
    "handler__name",
    "handler__division_id",
    "began_at__name",
)


class Within(Func):
    """Whether a reach covers the handler or a union the case is shared with."""

    function = "cases_within"
    output_field = BooleanField()
    conditional = True


def paths(posts: Sequence[Post]) -> list[str]:
    """The reaches of `posts` over cases as the database writes them (migration 0002)."""
    return [
        reach.path if reach.subtree else f"{reach.path}="
        for reach in reaches(posts, Action.HANDLE_CASES)
    ]


def visible_cases(
    posts: Sequence[Post], *, account: Account, tied: Collection[uuid.UUID] | None = None
) -> QuerySet[Case]:
    """Every case `posts` of `account` may see: within reach, and about no employer they are tied
    to. `tied` are those employers, where they are known already."""
    covered = Within(
        F("handler_path"),
        F("sharing_paths"),
        Value(paths(posts), output_field=ArrayField(TextField())),
    )
    return Case.objects.filter(Q(covered)).exclude(
        Q(accused_ids__overlap=TiedTo.of(account.pk) if tied is None else list(tied))
        | Q(excluded_ids__contains=[account.pk])
    )


def access_case(posts: Sequence[Post], number: str, *, account: Account) -> Case:
    """The case of this number, with what its page shows. Raises `NotFound`, for what is missing and
    what is none of theirs alike. In the scope of `account`."""
    found = visible_cases(posts, account=account).filter(number=number)
    return the_only(found.select_related(*BESIDE, "division"))


def access_own_case(owner: bytes, number: str) -> Case:
    """A case for whoever may read it as its applicant. In the scope of that receipt."""
    found = Case.objects.filter(owner_digest=owner, number=number)
    return the_only(found.select_related(*BESIDE))


def the_only(cases: QuerySet[Case]) -> Case:
    """What was found by its number; on one trip with what says who looks. Raises `NotFound`."""
    found = first(cases)
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def list_own_cases(owner: bytes) -> QuerySet[Case]:
    """The cases of an applicant. Order by `NEWEST`."""
    return (
        Case.objects.filter(owner_digest=owner)
        .select_related("item", "snapshot", "handler", "began_at")
        .only(*SHOWN)
    )


@dataclass(frozen=True)
class QueueFilter:
    """Which queue: of one union (`union`), of the officer (`mine`), or of everything within reach;
    narrowed by item, lateness, urgency."""

    union: Union | None = None
    mine: bool = False
    unassigned: bool = False
    raised: bool = False
    item: str = ""
    late: bool = False
    urgent: bool = False


#: The tabs of a queue, by what stands in the address: what each narrows to.
TABS = {
    "": QueueFilter(),
    "mine": QueueFilter(mine=True),
    "nobody": QueueFilter(unassigned=True),
    "late": QueueFilter(late=True),
    "raised": QueueFilter(raised=True),
    "urgent": QueueFilter(urgent=True),
}


def nearby(posts: Sequence[Post]) -> Q:
    """What `posts` over counties and below see, as ranges and ids that indexes know: a queue of ten
    cases is not looked for among a million. Of a wider reach nothing is said; there the next due
    are never far. In the scope of the officer; one query."""
    own = reaches(posts, Action.HANDLE_CASES)
    if any(len(reach.path) < COUNTY_DEPTH * SEGMENT_LENGTH for reach in own):
        return Q()
    shared = CaseUnit.objects.filter(scope.within(own, field="union__path"), until=None)
    ids = list(shared.values_list("case_id", flat=True))
    return scope.within(own, field="handler_path") | Q(pk__in=ids)


def list_queue(
    posts: Sequence[Post],
    *,
    account: Account,
    chosen: QueueFilter | None = None,
    now: dt.datetime,
    tied: Collection[uuid.UUID] | None = None,
    near: Q | None = None,
) -> QuerySet[Case]:
    """Open cases, the most urgent first when ordered by `QUEUE_ORDER`. `tied` and `near` (see
    `nearby`) save a query each where they are known."""
    chosen = chosen or QueueFilter()
    found = visible_cases(posts, account=account, tied=tied).filter(
        nearby(posts) if near is None else near, state__in=[State.OPEN, State.PAUSED]
    )
    if chosen.union is not None:
        found = found.filter(handler_path=chosen.union.path)
    if chosen.mine:
        found = found.filter(assigned_to__in=[account.pk, *stands_in_for(account.pk, now)])
    if chosen.unassigned:
        found = found.filter(assigned_to__isnull=True)
    if chosen.raised:
        found = found.filter(raised_to__in=[post.union_id for post in posts])
    if chosen.item:
        found = found.filter(item__key=chosen.item)
    if chosen.late:
        # What the clock has found late, which it looks for each minute: the union above was called
        # and has days of its own, and late it is until somebody acts.
        found = found.filter(late_at__isnull=False)
    if chosen.urgent:
        found = found.filter(is_urgent=True)
    return found.select_related("item", "handler", "began_at").only(*SHOWN)


def count_queues(queues: Mapping[str, QuerySet[Case]]) -> dict[str, BoundedCount]:
    """How many in each tab, looking at no more than `COUNT_LIMIT` + 1. One query."""
    ordered = [cases.select_related(None).order_by("next_due_at") for cases in queues.values()]
    return dict(zip(queues, bounded_counts(ordered, COUNT_LIMIT), strict=True))


def list_entries(case: Case) -> QuerySet[CaseEntry]:
    """The timeline, the first thing first; an applicant's scope shows the public part of it."""
    return CaseEntry.objects.filter(case=case).select_related("union").order_by("number")


def within_reach(posts: Sequence[Post], path: str) -> scope.Reach | None:
    """The reach over cases that covers `path`, if any."""
    return next((r for r in reaches(posts, Action.HANDLE_CASES) if r.covers(path)), None)
