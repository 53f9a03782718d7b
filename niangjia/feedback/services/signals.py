"""Looking for manipulation, and what people make of what was found."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, clock, protection, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.feedback.models import Channel, Level, Rating, Signal, SignalKind
from niangjia.feedback.rules import signals as rules
from niangjia.members.models import Account

#: What is usual is counted over so many days before.
HISTORY_DAYS = 30
JUDGEMENT_MIN_LENGTH, JUDGEMENT_MAX_LENGTH = 4, 300

Found = tuple[uuid.UUID, SignalKind, dict[str, Any]]


@transactions.atomic
def find_signals(*, day: dt.date, now: dt.datetime) -> int:
    """Look through the ratings of one day in China; says how many signals are new.

    Bursts of top ratings against the union's own history, several ratings from one device, a large
    share typed in by officers. Running again changes nothing that people have judged and only
    brings the numbers of the others up to date. Ratings stay what they are, whatever is found.
    """
    new = 0
    for union_id, kind, facts in (*bursts(day), *one_device(day), *officer_entered(day)):
        signal, is_new = Signal.objects.get_or_create(
            union_id=union_id, kind=kind, day=day, defaults={"facts": facts, "found_at": now}
        )
        if is_new:
            new += 1
        elif signal.judged_at is None and signal.facts != facts:
            signal.facts = facts
            signal.save(update_fields=["facts"])
    return new


def within(first: dt.date, days: int) -> Q:
    """The ratings of so many days from `first` on. Those of protected subjects are looked at by
    nobody here."""
    start = dt.datetime.combine(first, dt.time(), clock.CHINA)
    return Q(rated_at__gte=start, rated_at__lt=start + dt.timedelta(days=days), is_protected=False)


def bursts(day: dt.date) -> Iterator[Found]:
    """Unions with many top ratings within minutes, many times what is usual there. Two queries."""
    moments: dict[uuid.UUID, list[dt.datetime]] = defaultdict(list)
    top = Rating.objects.filter(within(day, 1), level=Level.VERY_SATISFIED).order_by("rated_at")
    for union_id, rated_at in top.values_list("union_id", "rated_at"):
        moments[union_id].append(rated_at)
    largest = {union_id: rules.largest_burst(found) for union_id, found in moments.items()}
    odd = [union_id for union_id, most in largest.items() if most >= rules.BURST_LEAST]
    before = within(day - dt.timedelta(days=HISTORY_DAYS), HISTORY_DAYS)
    usual = dict(
        Rating.objects.filter(before, union_id__in=odd, level=Level.VERY_SATISFIED)
        .values_list("union_id")
        .annotate(Count("pk"))
    )
    for union_id in odd:
        a_day = usual.get(union_id, 0) / HISTORY_DAYS
        if rules.is_burst(largest[union_id], a_day):
            yield (
                union_id,
                SignalKind.BURST,
                {"ratings": largest[union_id], "usual": round(a_day, 1)},
            )


def one_device(day: dt.date) -> Iterator[Found]:
    """Unions rated several times from one device. One query."""
    devices = (
        Rating.objects.filter(within(day, 1), device_digest__isnull=False)
        .values("union_id", "device_digest")
        .annotate(ratings=Count("pk"))
        .filter(ratings__gte=rules.SAME_DEVICE_LEAST)
    )
    most: dict[uuid.UUID, int] = defaultdict(int)
    for row in devices:
        most[row["union_id"]] = max(most[row["union_id"]], row["ratings"])
    for union_id, ratings in most.items():
        yield union_id, SignalKind.SAME_DEVICE, {"ratings": ratings}


def officer_entered(day: dt.date) -> Iterator[Found]:
    """Unions most of whose ratings were typed in by officers. One query."""
    shares = (
        Rating.objects.filter(within(day, 1))
        .values("union_id")
        .annotate(ratings=Count("pk"), entered=Count("pk", filter=Q(channel=Channel.CALL_BACK)))
    )
    for row in shares:
        if rules.is_officer_entered(row["entered"], row["ratings"]):
            yield (
                row["union_id"],
                SignalKind.OFFICER_ENTERED,
                {"ratings": row["ratings"], "entered": row["entered"]},
            )


def forget_devices(*, now: dt.datetime) -> int:
    """Forget which device ratings older than the history came from: nothing looks at it any more.
    Says of how many."""
    old = Rating.objects.filter(
        rated_at__lt=now - dt.timedelta(days=HISTORY_DAYS), device_digest__isnull=False
    )
    with protection.working("feedback.forget"):
        return old.update(device_digest=None)


@transactions.atomic
def judge_signal(*, by: Account, signal: Signal, judgement: str, now: dt.datetime) -> Signal:
    """Write down what the union above made of a signal. Raises `Conflict` "judged-already",
    `Invalid` without words."""
    locked = Signal.objects.select_for_update().get(pk=signal.pk)
    if locked.judged_at is not None:
        raise Conflict(_("A colleague has judged this meanwhile."), code="judged-already")
    judgement = judgement.strip()
    if not JUDGEMENT_MIN_LENGTH <= len(judgement) <= JUDGEMENT_MAX_LENGTH:
        problem = _("Say in a few words what you found, up to 300 characters.")
        raise Invalid(problem, code="bad-judgement", fields={"judgement": problem})
    locked.judgement, locked.judged_at, locked.judged_by_account_id = judgement, now, by.pk
    locked.save(update_fields=["judgement", "judged_at", "judged_by_account_id"])
    audit.record(
        action="signal.judged", by=by.pk, subject=f"signal:{locked.pk}", union_id=locked.union_id
    )
    return locked
