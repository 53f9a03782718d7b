"""Telling people: one by one when something happens to them, everybody when something happens to
what they signed up for."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F
from django.urls import reverse

from niangjia.activities.models import News, Run, SignUp, Telling
from niangjia.allocation.models import LIVE, ClaimState
from niangjia.core import sweeps, transactions
from niangjia.members import services as members

#: So many are told in one transaction.
BATCH = 500
#: So many pieces of news are gone on with at a time.
PIECES = 50
KINDS = {
    News.MOVED: "activity.moved",
    News.SEVERAL: "activity.several-moved",
    News.EXTRA: "activity.session-added",
    News.RUN: "activity.run-added",
    News.DROPPED: "activity.session-cancelled",
    News.REMINDER: "activity.reminder",
    News.ADDED: "activity.message",
    News.DRAWN: "activity.waiting",
}
#: Who is told; everybody who has a seat or waits, where nothing else is said.
AUDIENCES = {
    News.REMINDER: (ClaimState.CONFIRMED,),
    News.DRAWN: (ClaimState.WAITING,),
    News.RUN: (ClaimState.WAITING,),
}

#: What is told of a claim is told while it is so: news that has been overtaken is not news.
STATES = {
    "activity.granted": (ClaimState.CONFIRMED,),
    "activity.held": (ClaimState.HELD,),
    "activity.offered": (ClaimState.OFFERED,),
    "activity.waiting": (ClaimState.WAITING,),
    "activity.waiting-again": (ClaimState.WAITING,),
    "activity.lost": (ClaimState.LOST,),
    "activity.undecided": (ClaimState.LOST,),
    "activity.expired": (ClaimState.EXPIRED,),
    "activity.refused": (ClaimState.REFUSED,),
    "activity.cancelled": (ClaimState.CANCELLED,),
}


def when(moment: dt.datetime) -> str:
    """A moment as notices keep it; it is worded when it is read."""
    return moment.isoformat()


def facts_of(run: Run) -> dict[str, Any]:
    """What every notice about a run may say."""
    activity = run.activity
    named = f"{activity.name} {run.name}".strip()
    return {"name": named, "union": activity.union.name, "when": when(run.starts_at)}


def tell(
    sign_ups: Iterable[SignUp], kind: str, facts: Mapping[str, Any], *, now: dt.datetime
) -> int:
    """Put a notice into the inbox of each, leading to their ticket. In the caller's transaction."""
    total = 0
    for sign_up in sign_ups:
        members.notify(
            account=sign_up.account,
            kind=kind,
            facts=facts,
            url=reverse("activities:ticket", args=[sign_up.pk]),
            now=now,
        )
        total += 1
    return total


def kind_of(telling: Telling) -> str:
    """The kind of notice. Where there is no place one meets online; the link itself stands on the
    tickets of those who have a seat, and in no notice."""
    is_online = telling.facts.get("place") == ""
    return KINDS[News(telling.news)] + ("-online" if is_online else "")


def begin(run: Run, news: News, facts: Mapping[str, Any], *, now: dt.datetime) -> Telling:
    """Begin to tell everybody of a run. `go_on` does it, some at a time. In the caller's
    transaction."""
    told = {**facts_of(run), **facts}
    return Telling.objects.create(run=run, news=news, facts=told, created_at=now)


@transactions.atomic
def begin_drawn(*, pool_id: uuid.UUID, now: dt.datetime) -> None:
    """Begin to tell whoever waits after a draw that they do. Twice is once."""
    run = Run.objects.select_for_update(of=("self",)).filter(pool=pool_id).first()
    if run and not run.tellings.filter(news=News.DRAWN).exists():
        begin(run, News.DRAWN, {}, now=now)


def go_on(*, now: dt.datetime) -> int:
    """Tell the next few of each piece of news that is being told, so that a small one does not wait
    for a large one; says how many were looked at. 0: everybody knows."""
    open_ones = Telling.objects.filter(finished_at=None).order_by("id")
    found = list(open_ones.values_list("pk", flat=True)[:PIECES])
    return sweeps.each(found, lambda pk: tell_some(pk, now=now), what="telling")


@transactions.atomic
def tell_some(telling_id: uuid.UUID, *, now: dt.datetime) -> int:
    """The next few of one piece of news, unless another worker is at it. Whoever dies in between
    has told nobody twice and forgets nobody: how far it has come stands in the same
    transaction."""
    free = Telling.objects.filter(pk=telling_id, finished_at=None)
    telling = free.select_for_update(skip_locked=True).first()
    if telling is None:
        return 0
    audience = AUDIENCES.get(News(telling.news), LIVE)
    waiting = SignUp.objects.filter(run=telling.run_id, claim__state__in=audience)
    if telling.news == News.DRAWN:
        # Whoever came after the others were served was told on the page.
        waiting = waiting.filter(claim__changed_at__gt=F("claim__at"))
    if telling.last_id:
        waiting = waiting.filter(pk__gt=telling.last_id)
    batch = list(waiting.select_related("account").order_by("id")[:BATCH])
    telling.told += tell(batch, kind_of(telling), telling.facts, now=now)
    if batch:
        telling.last_id = batch[-1].pk
    if len(batch) < BATCH:
        telling.finished_at = now
    telling.save()
    return max(1, len(batch))


def note_claims(
    *,
    claim_ids: Iterable[uuid.UUID],
    kind: str,
    facts: Mapping[str, Any] | None = None,
    only_later: bool = False,
    now: dt.datetime,
) -> int:
    """Tell the people of these claims what became of them. `only_later`: not those who were told on
    the page, because it was decided in the moment they asked."""
    told = SignUp.objects.filter(claim_id__in=list(claim_ids), claim__state__in=STATES[kind])
    found = told.select_related("account", "claim", "run__activity__union")
    total = 0
    for sign_up in found:
        claim = sign_up.claim
        if only_later and claim.changed_at == claim.at:
            continue
        own = {**facts_of(sign_up.run), "reason": claim.reason, **(facts or {})}
        if claim.expires_at:
            own["until"] = when(claim.expires_at)
        total += tell([sign_up], kind, own, now=now)
    return total
