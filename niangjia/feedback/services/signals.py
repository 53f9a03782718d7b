"""Looking for manipulation. What people make of what was found: `services.judging`."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from niangjia.core import clock, protection, transactions
from niangjia.feedback.models import Channel, Level, Rating, Signal, SignalKind
from niangjia.feedback.rules import signals as rules
from niangjia.feedback.selectors.officers import chain_from, list_posts_entitled
from niangjia.members import services as members
from niangjia.members.models import Account
from niangjia.members.rules.permissions import Action

#: What is usual is counted over so many days before.
HISTORY_DAYS = 30

Found = tuple[uuid.UUID, SignalKind, dict[str, Any]]


@transactions.atomic
def find_signals(*, day: dt.date, now: dt.datetime) -> int:
    """Look through the ratings of one day in China; says how many signals are new.

    Bursts of top ratings against the union's own history, several ratings from one device, a large
    share in officers' own hands in a month. The nearest union above with somebody who judges is
    told of each that is new. Running again changes nothing that people have judged and only brings
    the numbers of the others up to date. Ratings stay what they are, whatever is found.
    """
    new = 0
    for union_id, kind, facts in (*bursts(day), *one_device(day), *officer_entered(day)):
        signal, is_new = Signal.objects.get_or_create(
            union_id=union_id, kind=kind, day=day, defaults={"facts": facts, "found_at": now}
        )
        if is_new:
            new += 1
            tell(signal, now=now)
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
    """Unions most of whose ratings of a month were in officers' own hands: typed in, or given by a
    code that the rated officer showed and might have scanned. A few a day would never show. Said
    once a month. Two queries."""
    shown = Q(channel__in=(Channel.LINK, Channel.COUNTER), invitation__shown_by_rated=True)
    first = day - dt.timedelta(days=HISTORY_DAYS - 1)
    said = set(
        Signal.objects.filter(
            kind=SignalKind.OFFICER_ENTERED, day__gte=first, day__lt=day
        ).values_list("union_id", flat=True)
    )
    shares = (
        Rating.objects.filter(within(first, HISTORY_DAYS))
        .values("union_id")
        .annotate(
            ratings=Count("pk"), entered=Count("pk", filter=Q(channel=Channel.CALL_BACK) | shown)
        )
    )
    for row in shares:
        odd = rules.is_officer_entered(row["entered"], row["ratings"])
        if odd and row["union_id"] not in said:
            yield (
                row["union_id"],
                SignalKind.OFFICER_ENTERED,
                {"ratings": row["ratings"], "entered": row["entered"]},
            )


def tell(signal: Signal, *, now: dt.datetime) -> None:
    """A notice to those who judge it: at the nearest union above that has any."""
    above = chain_from(signal.union)[1:]
    posts = list_posts_entitled(Action.RECTIFY, but=None).filter(union__in=above)
    at: dict[uuid.UUID, dict[uuid.UUID, Account]] = defaultdict(dict)
    for post in posts.select_related("account"):
        at[post.union_id][post.account_id] = post.account
    nearest = next((at[union.pk] for union in above if union.pk in at), {})
    for account in nearest.values():
        members.notify(
            account=account,
            kind="desk.signal_found",
            facts={"union": signal.union.name, "day": signal.day.isoformat()},
            url=reverse("feedback:signals"),
            now=now,
        )


def forget_devices(*, now: dt.datetime) -> int:
    """Forget which device ratings older than the history came from: nothing looks at it any more.
    Says of how many."""
    old = Rating.objects.filter(
        rated_at__lt=now - dt.timedelta(days=HISTORY_DAYS), device_digest__isnull=False
    )
    with protection.working("feedback.forget"):
        return old.update(device_digest=None)
