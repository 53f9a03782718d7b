"""What time does: putting together who named each other, and erasing all of it after its term."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.db.models import (
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)
from django.urls import reverse

from niangjia.activities.models import Match, MatchChoice, MatchGuest, MatchReport, MatchWindow
from niangjia.activities.rules import matching as rules
from niangjia.activities.selectors import matching
from niangjia.activities.services.acting import record
from niangjia.allocation.models import ClaimState
from niangjia.core import sweeps, transactions
from niangjia.members import services as members

#: So many runs at a time.
BATCH = 100


def later(moment: str, term: str, unit: dt.timedelta) -> Any:
    """A moment so many `unit`s after another, as the terms of the activity say."""
    span = ExpressionWrapper(F(f"run__activity__match_terms__{term}") * unit, DurationField())
    return ExpressionWrapper(F(moment) + span, DateTimeField())


CLOSES_AT = later("run__ends_at", "hours", dt.timedelta(hours=1))
ERASED_AT = later("settled_at", "days", dt.timedelta(days=1))


def settle_due(*, now: dt.datetime) -> int:
    """Put together who named each other in runs whose time is over; says in how many.

    Whoever named each other, takes part and has a seat still, finds the other's name and contact;
    everybody who takes part is told the same words, whether they found somebody or not. Whom
    anybody named is erased in the same transaction: nobody can ever learn who named them in vain.
    """
    over = Q(run__cancelled_at__isnull=False) | Q(closes_at__lte=now)
    due = MatchWindow.objects.annotate(closes_at=CLOSES_AT).filter(over, settled_at=None)
    return one_by_one(due, settle, now)


def one_by_one(
    due: QuerySet[MatchWindow], act: Callable[[MatchWindow, dt.datetime], None], now: dt.datetime
) -> int:
    """Each in a transaction of its own, unless another worker is at it; says how many."""

    @transactions.atomic
    def act_on(window_id: uuid.UUID) -> int:
        free = due.select_for_update(of=("self",), skip_locked=True)
        window = free.select_related("run__activity__union").filter(pk=window_id).first()
        if window is None:
            return 0
        act(window, now)
        return 1

    found = list(due.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return sweeps.each(found, act_on, what="matching")


def settle(window: MatchWindow, now: dt.datetime) -> None:
    """One of them, in the caller's transaction."""
    guests = list_present(window)
    for one, two in [] if window.run.cancelled_at else pairs(guests):
        Match.objects.create(one=guests[one], two=guests[two], made_at=now)
    MatchChoice.objects.filter(guest__window=window).delete()
    window.settled_at = now
    window.save(update_fields=["settled_at"])
    record(window.run.activity, None, "matching-settled", {"run": str(window.run_id)})
    for guest in [] if window.run.cancelled_at else guests.values():
        members.notify(
            account=guest.sign_up.account,
            kind="matching.settled",
            facts={"name": window.run.activity.name},
            url=reverse("activities:matching", args=[guest.sign_up_id]),
            now=now,
        )


def list_present(window: MatchWindow) -> dict[int, MatchGuest]:
    """By number, those who take part and have their seat still."""
    found = MatchGuest.objects.filter(
        window=window, left_at=None, sign_up__claim__state=ClaimState.CONFIRMED
    )
    related = found.select_related("sign_up__account").prefetch_related("choices", "blocks")
    return {guest.number: guest for guest in related.order_by("number")}


def pairs(guests: dict[int, MatchGuest]) -> list[tuple[int, int]]:
    """Who named each other, opened in memory alone."""
    named = {number: matching.numbers(each.choices.all()) for number, each in guests.items()}
    blocked = {number: matching.numbers(each.blocks.all()) for number, each in guests.items()}
    return rules.mutual(named, blocked)


def erase_due(*, now: dt.datetime) -> int:
    """Erase everything about runs whose term is over, reports that wait for a person excepted until
    they are decided; says of how many."""
    undecided = MatchReport.objects.filter(guest__window=OuterRef("pk"), decided_at=None)
    over = MatchWindow.objects.annotate(until=ERASED_AT).filter(
        ~Exists(undecided), until__lte=now, erased_at=None
    )
    return one_by_one(over, erase, now)


def erase(window: MatchWindow, now: dt.datetime) -> None:
    """One of them, in the caller's transaction."""
    MatchGuest.objects.filter(window=window).delete()
    window.erased_at = now
    window.save(update_fields=["erased_at"])
    record(window.run.activity, None, "matching-erased", {"run": str(window.run_id)})
