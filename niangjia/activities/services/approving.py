"""What time does to sign-ups that somebody has to decide about."""

import datetime as dt
import uuid

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from niangjia.activities.models import Run, SignUp, State
from niangjia.activities.services import telling
from niangjia.allocation import services as allocation
from niangjia.allocation.models import ClaimState, Mode
from niangjia.core import sweeps, transactions
from niangjia.members import services as members
from niangjia.members.rules.permissions import Action

AGAIN = dt.timedelta(days=1)
BATCH = 200


def undecided(*modes: Mode) -> QuerySet[SignUp]:
    """Those who asked for a seat that is given in one of `modes` and have no answer."""
    return SignUp.objects.filter(
        claim__state=ClaimState.ENTERED,
        run__cancelled_at=None,
        run__activity__state=State.PUBLISHED,
        run__activity__mode__in=modes,
    )


def remind_to_decide(*, now: dt.datetime) -> int:
    """Tell the officers of each run for whose seats people ask and have no answer: soon after the
    first has asked, then daily until all are decided; says of how many runs."""
    due = Q(run__asked_at=None) | Q(run__asked_at__lte=now - AGAIN)
    found = undecided(Mode.APPROVAL).filter(due, run__ends_at__gt=now).order_by()
    waiting = dict(found.values_list("run_id").annotate(Count("pk"))[:BATCH])
    return sweeps.each(
        waiting, lambda run_id: remind_of(run_id, waiting[run_id], now), what="approval of run"
    )


@transactions.atomic
def remind_of(run_id: uuid.UUID, count: int, now: dt.datetime) -> int:
    """Of one run, unless another worker does."""
    free = Run.objects.select_for_update(of=("self",), skip_locked=True)
    run = free.select_related("activity__union").filter(pk=run_id).first()
    if run is None or (run.asked_at and run.asked_at > now - AGAIN):
        return 0
    run.asked_at = now
    run.save(update_fields=["asked_at"])
    members.notify_officers(
        union=run.activity.union,
        action=Action.RUN_ACTIVITIES,
        kind="activity.to-decide",
        facts={**telling.facts_of(run), "count": count},
        url=reverse("activities:coming", args=[run.pk]) + "?tab=entered",
        now=now,
    )
    return 1


def end_undecided(*, now: dt.datetime) -> int:
    """End what nobody decided about, or drew, before its run was over; says how many. Each is
    told."""
    over = (
        undecided(Mode.APPROVAL, Mode.DRAW)
        .filter(run__ends_at__lte=now, run__pool__isnull=False)
        .order_by()
    )
    pools = list(over.values_list("run__pool_id", flat=True).distinct()[:BATCH])
    return sweeps.each(
        pools, lambda pk: allocation.end_undecided(pool_id=pk, now=now), what="approval of pool"
    )
