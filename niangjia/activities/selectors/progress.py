"""How far news has come, for the organiser who waits for it."""

from dataclasses import dataclass

from django.db.models import Count, Q

from niangjia.activities.models import Activity, News, SignUp, Telling
from niangjia.allocation.models import LIVE, ClaimState
from niangjia.core.errors import Text


@dataclass(frozen=True)
class Underway:
    """A piece of news that not everybody has yet: so many of so many have."""

    label: Text
    run_name: str
    told: int
    total: int


def list_underway(activity: Activity) -> list[Underway]:
    """What is being told to those who signed up, and whose seats are still being ended. One query,
    two more while there is something."""
    open_ones = Telling.objects.filter(run__activity=activity, finished_at=None)
    tellings = list(open_ones.select_related("run").order_by("id"))
    live = counts_of(activity, Q(claim__state__in=LIVE)) if tellings else {}
    found = [
        Underway(
            News(each.news).label,
            each.run.name,
            each.told,
            max(each.told, live.get(each.run_id, 0)),
        )
        for each in tellings
    ]
    return found + list_ending(activity)


def list_ending(activity: Activity) -> list[Underway]:
    """Runs that were called off while the seats of some have not ended yet."""
    off = list(activity.runs.filter(cancelled_at__isnull=False, pool__isnull=False))
    if not off:
        return []
    ended = counts_of(activity, Q(claim__state=ClaimState.CANCELLED))
    left = counts_of(activity, Q(claim__state__in=LIVE, claim__used_at=None))
    return [
        Underway(
            activity.get_state_display(),
            run.name,
            ended.get(run.pk, 0),
            ended.get(run.pk, 0) + left[run.pk],
        )
        for run in off
        if left.get(run.pk)
    ]


def counts_of(activity: Activity, which: Q) -> dict[object, int]:
    """How many sign-ups of each run are so. One query."""
    found = SignUp.objects.filter(which, run__activity=activity).order_by().values_list("run_id")
    return dict(found.annotate(Count("pk")))
