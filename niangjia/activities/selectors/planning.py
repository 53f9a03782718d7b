"""Activities as their officers see them."""

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Activity, Run, Session, SignUp, State
from niangjia.activities.rules.plans import Plan
from niangjia.core import ids, scope
from niangjia.core.errors import NotFound
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import reaches
from niangjia.organisations.models import Union
from niangjia.organisations.selectors import chain_above

M = TypeVar("M", bound=Model)
RUNS = Action.RUN_ACTIVITIES


def plan_of(activity: Activity) -> Plan:
    """The plan that an activity was written by. It has `seen_by` and `open_to` at hand."""
    values = {name: getattr(activity, name) for name in Plan.__dataclass_fields__}
    return Plan(**{**values, "worker_kinds": tuple(activity.worker_kinds)})


def list_activities(posts: Iterable[Post]) -> QuerySet[Activity]:
    """The activities of the unions that `posts` reach. Order by "-id"."""
    found = Activity.objects.filter(scope.within(reaches(posts, RUNS), field="union__path"))
    return found.select_related("union", "seen_by", "open_to", "division")


def access_activity(posts: Iterable[Post], number: str) -> Activity:
    """An activity within reach. Raises `NotFound`."""
    found = list_activities(posts).filter(number=number).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def in_tab(tab: str, now: dt.datetime) -> Q:
    """The activities of a tab of the desk: "" what is to come, "drafts", "past", "cancelled"."""
    return {
        "drafts": Q(state=State.DRAFT),
        "past": Q(state=State.PUBLISHED, ends_at__lt=now),
        "cancelled": Q(state=State.CANCELLED),
    }.get(tab, Q(state=State.PUBLISHED, ends_at__gte=now))


def list_runs(activity: Activity) -> list[Run]:
    """Its runs with their sessions and, once published, how the seats stand. Two queries."""
    runs = activity.runs.select_related("pool__stock").prefetch_related("sessions")
    return list(runs.order_by("position"))


def seen_choices(union: Union) -> list[Union]:
    """Whose members an activity of `union` may be for: its own and those of each union above. One
    query."""
    return [union, *reversed(chain_above(union))]


def access_run(posts: Iterable[Post], run_id: str) -> Run:
    """A run within reach, its activity at hand. Raises `NotFound`."""
    key = ids.parse_uuid(run_id)
    found = Run.objects.filter(pk=key) if key else Run.objects.none()
    return access_one(found, posts, "activity__union__path", "activity__union")


def access_session(posts: Iterable[Post], session_id: str) -> Session:
    """A session within reach, its run and activity at hand. Raises `NotFound`."""
    key = ids.parse_uuid(session_id)
    found = Session.objects.filter(pk=key) if key else Session.objects.none()
    return access_one(
        found, posts, "run__activity__union__path", "run__activity__union", "run__pool"
    )


def access_sign_up(posts: Iterable[Post], sign_up_id: str) -> SignUp:
    """A sign-up within reach, its claim, run and activity at hand. Raises `NotFound`."""
    key = ids.parse_uuid(sign_up_id)
    found = SignUp.objects.filter(pk=key) if key else SignUp.objects.none()
    related = ("claim", "run__activity__union", "account__person")
    return access_one(found, posts, "run__activity__union__path", *related)


def access_one(found: QuerySet[M], posts: Iterable[Post], path: str, *related: str) -> M:
    """The one row that was found, if it lies within reach. Raises `NotFound`."""
    within = scope.within(reaches(posts, RUNS), field=path)
    row = found.filter(within).select_related(*related).first()
    if row is None:
        raise NotFound(_("There is no such page"))
    return row
