"""A merchant disputes a statement, the union answers or corrects it, until they agree."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.models import (
    Cashier,
    Statement,
    StatementLine,
    StatementState,
    StatementWord,
)
from niangjia.benefits.rules.money import yuan_of
from niangjia.core import audit, clock, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.core.working_calendar import deadlines
from niangjia.members import services as members
from niangjia.members.models import Post
from niangjia.members.rules import Action

#: Each side has so long to answer the other, ending with the day.
WORKING_DAYS = 5
WORDS_MAX = 500
BATCH = 200
#: Where somebody owes the other side an answer, and what they are told when it is late.
LATE = {
    StatementState.DRAWN_UP: "benefits.statement-late",
    StatementState.DISPUTED: "benefits.dispute-late",
    StatementState.ANSWERED: "benefits.answer-late",
}


def due_at(now: dt.datetime) -> dt.datetime:
    """Until when the other side answers."""
    today = now.astimezone(clock.CHINA).date()
    return deadlines.end_of_day(deadlines.add_working_days(today, WORKING_DAYS))


@transactions.atomic
def answer_dispute(
    *,
    by: Post,
    statement: Statement,
    words: str,
    line_ids: Collection[uuid.UUID] = (),
    now: dt.datetime,
) -> Statement:
    """The union says why a disputed statement is right, or corrects it: the lines of `line_ids` are
    taken off, with the refunds of what was bought, and stand on the next statement, so that every
    fen stays on exactly one. The merchant is told and agrees, or disputes it again.

    Raises `Conflict` unless the merchant waits for an answer; `Invalid` on `words` without any, and
    on `lines` for one that is not on it.
    """
    locked = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if locked.state != StatementState.DISPUTED:
        raise Conflict(_("The merchant does not wait for an answer."), code="not-disputed")
    said = words.strip()
    if not 2 <= len(said) <= WORDS_MAX:
        problem = _("Say what you found, in up to 500 characters. The merchant reads it.")
        raise Invalid(problem, fields={"words": problem})
    count, off = take_off(locked, line_ids)
    say(locked, by_union=True, by=by.account_id, words=said, lines=count, off_fen=off, now=now)
    locked.state, locked.due_at, locked.reminded_at = StatementState.ANSWERED, due_at(now), None
    locked.save()
    locked.refresh_from_db(fields=["total_fen"])
    audit.record(
        action="statement.answered",
        by=by.account_id,
        subject=f"statement:{locked.pk}",
        union_id=locked.union_id,
        details={"lines": count, "fen": off},
    )
    tell_managers(locked, "benefits.statement-answered", now)
    return locked


def take_off(statement: Statement, line_ids: Collection[uuid.UUID]) -> tuple[int, int]:
    """Lines that do not belong on a statement, and how much they come to; its sums follow."""
    wanted = set(line_ids)
    if not wanted:
        return 0, 0
    chosen = StatementLine.objects.filter(statement=statement, pk__in=wanted)
    if chosen.count() != len(wanted):
        problem = _("One of these lines is not on this statement. Look at it again.")
        raise Invalid(problem, fields={"lines": problem})
    bought = list(chosen.exclude(redemption=None).values_list("redemption_id", flat=True))
    off = StatementLine.objects.filter(
        Q(pk__in=wanted) | Q(refund__redemption__in=bought), statement=statement
    )
    ids = list(off.values_list("pk", flat=True))
    total = StatementLine.objects.filter(pk__in=ids).aggregate(fen=Sum("amount_fen"))["fen"]
    StatementLine.objects.filter(pk__in=ids).delete()
    left = statement.lines.aggregate(
        bought=Sum("amount_fen", filter=Q(amount_fen__gt=0)),
        back=Sum("amount_fen", filter=Q(amount_fen__lt=0)),
    )
    statement.redeemed_fen, statement.refunded_fen = left["bought"] or 0, -(left["back"] or 0)
    return len(ids), total or 0


def say(
    statement: Statement,
    *,
    by_union: bool,
    by: uuid.UUID,
    words: str,
    now: dt.datetime,
    lines: int = 0,
    off_fen: int = 0,
) -> None:
    """Keep what one side says. In the caller's transaction."""
    StatementWord.objects.create(
        statement=statement,
        at=now,
        by_union=by_union,
        said_by_id=by,
        words=words,
        lines=lines,
        off_fen=off_fen,
    )


def begin_dispute(statement: Statement, *, by: uuid.UUID, words: str, now: dt.datetime) -> None:
    """The merchant says what is wrong: the clock runs for the union, and its officers are told. In
    the transaction of `answer_statement`."""
    statement.due_at, statement.reminded_at = due_at(now), None
    say(statement, by_union=False, by=by, words=words, now=now)
    tell_officers(statement, "benefits.statement-disputed", now)


@transactions.atomic
def remind_of_disputes(*, now: dt.datetime) -> int:
    """Tell whoever has not answered in time, once; says how many statements. Where it is the
    merchant, the union hears of it as well: nothing can be paid before, and a call may do more."""
    late = Statement.objects.select_for_update(of=("self",), skip_locked=True).filter(
        state__in=LATE,
        due_at__lte=now,
        reminded_at=None,
    )
    found = list(late.order_by("due_at")[:BATCH])
    for statement in found:
        kind = LATE[StatementState(statement.state)]
        if statement.state == StatementState.DISPUTED:
            tell_officers(statement, kind, now)
        else:
            is_told = tell_managers(statement, kind, now)
            silence = "benefits.statement-silent" if is_told else "benefits.statement-nobody"
            tell_officers(statement, silence, now)
        statement.reminded_at = now
        statement.save(update_fields=["reminded_at"])
    return len(found)


def facts_of(statement: Statement) -> dict[str, str]:
    return {
        "merchant": statement.merchant.name,
        "union": statement.union.name,
        "month": f"{statement.month:%Y-%m}",
        "until": f"{statement.due_at.astimezone(clock.CHINA):%Y-%m-%d}" if statement.due_at else "",
        "total": yuan_of(statement.redeemed_fen - statement.refunded_fen),
        "payment": statement.payment,
    }


def tell_officers(statement: Statement, kind: str, now: dt.datetime) -> None:
    """Whoever gives the union's benefits."""
    members.notify_officers(
        union=statement.union,
        action=Action.GIVE_BENEFITS,
        kind=kind,
        facts=facts_of(statement),
        url=reverse("benefits:statement", args=[statement.number]),
        now=now,
    )


def tell_managers(statement: Statement, kind: str, now: dt.datetime) -> int:
    """Whoever manages the merchant's shops, each once; says how many."""
    managers = Cashier.objects.filter(
        shop__merchant=statement.merchant_id, is_manager=True, ended_at=None
    )
    told = {each.account_id: each.account for each in managers.select_related("account")}
    for account in told.values():
        members.notify(
            account=account,
            kind=kind,
            facts=facts_of(statement),
            url=reverse("benefits:till_statement", args=[statement.number]),
            now=now,
        )
    return len(told)
