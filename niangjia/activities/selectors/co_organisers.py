"""Who puts an activity on together, and what the officers of each may look into."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import OPEN, Activity, Answer, CoOrganiser, Part, Run, Session
from niangjia.activities.selectors.planning import RUNS
from niangjia.core import ids, scope
from niangjia.core.errors import NotFound
from niangjia.members.models import Post
from niangjia.members.selectors.posts import find_acting_post, reaches

M = TypeVar("M", bound=Model)
#: Which parts let one see the list, and which let one note who came.
SEES = (Part.LIST, Part.DOOR)
NOTES = (Part.DOOR,)
#: Those that an activity shows its officers: whoever was asked, and whoever said no.
ORDER = ("union__path", "-id")


def list_of_activity(activity: Activity) -> QuerySet[CoOrganiser]:
    """Everybody who was asked, in the order of the tree."""
    return activity.co_organisers.select_related("union").order_by(*ORDER)


def list_asked(posts: Iterable[Post]) -> QuerySet[CoOrganiser]:
    """What the unions within reach were asked to put on together. Order by "-id"."""
    found = CoOrganiser.objects.filter(scope.within(reaches(posts, RUNS), field="union__path"))
    return found.select_related("union", "activity__union")


def list_open(posts: Iterable[Post]) -> QuerySet[CoOrganiser]:
    """Of these, what waits for an answer or is taken part in, and is not called off."""
    return list_asked(posts).filter(state__in=OPEN, activity__cancelled_at=None)


def access_asked(posts: Iterable[Post], co_organiser_id: str) -> CoOrganiser:
    """What a union within reach was asked. Raises `NotFound`."""
    return first(list_asked(posts), co_organiser_id)


def access_own(posts: Iterable[Post], co_organiser_id: str) -> CoOrganiser:
    """A co-organiser of an activity within reach. Raises `NotFound`."""
    within = scope.within(reaches(posts, RUNS), field="activity__union__path")
    found = CoOrganiser.objects.filter(within).select_related("union", "activity__union")
    return first(found, co_organiser_id)


def first(found: QuerySet[M], key: str) -> M:
    """The row with this id. Raises `NotFound`."""
    parsed = ids.parse_uuid(key)
    row = found.filter(pk=parsed).first() if parsed else None
    if row is None:
        raise NotFound(_("There is no such page"))
    return row


@dataclass(frozen=True)
class Looking:
    """By which post an officer looks into a run, and whether as one of the union that began it."""

    by: Post
    is_own: bool
    notes: bool


def access_shared_run(posts: list[Post], run_id: str) -> tuple[Run, Looking]:
    """A run whose list one may see: of an activity within reach, or of one that a union within
    reach puts on as well with that part. Raises `NotFound`."""
    found = Run.objects.filter(shared(posts, SEES, "activity"))
    run = first(found.select_related("activity__union", "pool"), run_id)
    return run, looking(posts, run.activity)


def access_shared_session(posts: list[Post], session_id: str) -> tuple[Session, Looking]:
    """A session at whose door one may note who came, likewise. Raises `NotFound`."""
    found = Session.objects.filter(shared(posts, NOTES, "run__activity"))
    session = first(found.select_related("run__activity__union"), session_id)
    return session, looking(posts, session.run.activity)


def shared(posts: list[Post], parts: Iterable[str], activity: str) -> Q:
    """What is of an activity within reach, or shared to one of `parts` with a union within it."""
    within = reaches(posts, RUNS)
    beside = CoOrganiser.objects.filter(
        scope.within(within, field="union__path"),
        activity=OuterRef(f"{activity}_id"),
        state=Answer.ACCEPTED,
        part__in=list(parts),
    )
    return scope.within(within, field=f"{activity}__union__path") | Q(Exists(beside))


def looking(posts: list[Post], activity: Activity) -> Looking:
    """The post to act by: one of the union that began it, else one of a union that helps."""
    if own := find_acting_post(posts, RUNS, activity.union.path):
        return Looking(own, is_own=True, notes=True)
    helps = activity.co_organisers.filter(state=Answer.ACCEPTED, part__in=SEES)
    rows = list(helps.select_related("union"))
    for each in sorted(rows, key=lambda row: row.part not in NOTES):
        if by := find_acting_post(posts, RUNS, each.union.path):
            return Looking(by, is_own=False, notes=each.part in NOTES)
    raise NotFound(_("There is no such page"))
