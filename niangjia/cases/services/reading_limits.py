"""Stopping whoever opens case after case (promise 8)."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import Case
from niangjia.cases.rules import reading_limits as rules
from niangjia.cases.selectors.overseers import overseers_of
from niangjia.core import audit, transactions
from niangjia.core.errors import Throttled
from niangjia.core.models import AuditEntry
from niangjia.core.prepared import asked, together
from niangjia.members.models import Account, Post
from niangjia.members.services import notices


def spend_opening(case: Case, by: Account, *, is_at_work: bool, now: dt.datetime) -> None:
    """Count that `by` opens `case`, where it counts: see `spend`."""
    if not rules.is_counted(
        is_assigned=case.assigned_to_id == by.pk,
        is_at_work=is_at_work,
        next_due_at=case.next_due_at,
        now=now,
    ):
        return
    spend(by, case.pk, union_id=case.handler_id, now=now)


def spend(by: Account, opened: uuid.UUID, *, union_id: uuid.UUID, now: dt.datetime) -> None:
    """Count that `by` opens something that lies under seal, a case or what else rooms above keep so
    (an order of the hotline); the same once a day. Under a lock, so that two at once are two.
    Raises `Throttled` past the limits."""
    counted = AuditEntry.objects.filter(
        subject=openings_of(by.pk), action="case.counted", at__gt=now - rules.LONGEST
    )
    _held, spent = together(
        asked(Account.objects.filter(pk=by.pk).select_for_update(no_key=True)),
        asked(counted.values_list("details__case", "at"), dict),
    )
    if str(opened) in spent:
        return
    if limit := rules.reached(list(spent.values()), now):
        raise Throttled(
            _(
                "You have opened very many cases that others handle. Please go on later. "
                "What is assigned to you stays open to you."
            ),
            retry_after_seconds=int(limit.span.total_seconds()),
        )
    audit.record(
        action="case.counted",
        by=by.pk,
        subject=openings_of(by.pk),
        union_id=union_id,
        details={"case": str(opened)},
    )


@contextmanager
def reporting(*, by: Account, posts: Sequence[Post], now: dt.datetime) -> Iterator[None]:
    """Whoever is stopped inside is reported. Outside of the transaction that is refused."""
    try:
        yield
    except Throttled:
        report_stop(by=by, posts=posts, now=now)
        raise


@transactions.atomic
def report_stop(*, by: Account, posts: Sequence[Post], now: dt.datetime) -> None:
    """Somebody was stopped: record it and tell the chair above, once a day. A transaction of its
    own, because the one that was refused leaves nothing behind."""
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    told = AuditEntry.objects.filter(
        subject=openings_of(by.pk), action="case.openings_stopped", at__gt=now - rules.LONGEST
    )
    if told.exists():
        return
    audit.record(action="case.openings_stopped", by=by.pk, subject=openings_of(by.pk))
    for account in overseers_of(by, posts):
        notices.notify(
            account=account,
            kind="desk.openings_stopped",
            facts={
                "officer": by.person.name if by.person else "—",
                "union": posts[0].union.name if posts else "—",
            },
            now=now,
        )


def openings_of(account_id: uuid.UUID) -> str:
    """Under what the openings of an officer are recorded."""
    return f"case-openings-by:{account_id}"
