"""Statements of a month: drawn up, confirmed by the merchant, paid, each by somebody else."""

import datetime as dt
import uuid

from django.db import connection
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.events import StatementPaid
from niangjia.benefits.models import Cashier, Statement, StatementState
from niangjia.benefits.rules import months
from niangjia.benefits.services.disputing import (
    begin_dispute,
    due_at,
    tell_managers,
    tell_officers,
)
from niangjia.benefits.services.numbers import new_number
from niangjia.benefits.services.tills import check_manager
from niangjia.core import audit, outbox, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Post
from niangjia.organisations.models import Union

#: Whose redemptions and refunds before a moment stand on no statement yet: (union, merchant). For
#: things that are handed over nobody is owed anything.
OWED = """
    SELECT DISTINCT benefit.union_id, shop.merchant_id
    FROM benefits_redemption bought
    JOIN benefits_coupon coupon ON coupon.id = bought.coupon_id
    JOIN benefits_benefit benefit ON benefit.id = coupon.benefit_id
    JOIN benefits_shop shop ON shop.id = bought.shop_id
    WHERE (benefit.union_id = %(union)s OR %(union)s::uuid IS NULL) AND NOT benefit.is_piece
      AND ((bought.at < %(end)s AND NOT EXISTS
              (SELECT FROM benefits_statementline line WHERE line.redemption_id = bought.id))
        OR EXISTS (SELECT FROM benefits_refund back
                   WHERE back.redemption_id = bought.id AND back.at < %(end)s AND NOT EXISTS
                     (SELECT FROM benefits_statementline line WHERE line.refund_id = back.id)))
"""
LINES = """
    WITH bought AS (
        SELECT bought.id, bought.amount_fen, bought.at
        FROM benefits_redemption bought
        JOIN benefits_coupon coupon ON coupon.id = bought.coupon_id
        JOIN benefits_benefit benefit ON benefit.id = coupon.benefit_id
        JOIN benefits_shop shop ON shop.id = bought.shop_id
        WHERE benefit.union_id = %(union)s AND shop.merchant_id = %(merchant)s
          AND NOT benefit.is_piece
    )
    INSERT INTO benefits_statementline (statement_id, redemption_id, refund_id, amount_fen)
    SELECT %(statement)s, bought.id, NULL, bought.amount_fen FROM bought
    WHERE bought.at < %(end)s AND NOT EXISTS
      (SELECT FROM benefits_statementline line WHERE line.redemption_id = bought.id)
    UNION ALL
    SELECT %(statement)s, NULL, back.id, -back.amount_fen
    FROM benefits_refund back JOIN bought ON bought.id = back.redemption_id
    WHERE back.at < %(end)s AND NOT EXISTS
      (SELECT FROM benefits_statementline line WHERE line.refund_id = back.id)
    RETURNING amount_fen
"""


@transactions.atomic
def draw_up_statements(
    *, month: dt.date, union: Union | None = None, by: Post | None = None, now: dt.datetime
) -> list[Statement]:
    """Statements of what unions (or one) owe merchants up to the end of `month`, each redemption
    and each refund on exactly one of them. Again it adds nothing. Whoever manages the merchant is
    told, and has five working days: nothing is paid before they have confirmed it.

    What comes in late, a refund of last month's purchase, stands on the next one. Raises `Invalid`
    on `month` before it is over.
    """
    if month >= months.first_of(now):
        problem = _("This month is not over yet.")
        raise Invalid(problem, code="month-not-over", fields={"month": problem})
    transactions.hold("benefits.statements")
    end = months.end_of(month)
    given = {"union": union.pk if union else None, "end": end}
    with connection.cursor() as cursor:
        cursor.execute(OWED, given)
        owed = cursor.fetchall()
    return [
        made
        for union_id, merchant_id in owed
        if (made := draw_up(union_id, merchant_id, month, end, by, now))
    ]


def draw_up(
    union_id: uuid.UUID,
    merchant_id: uuid.UUID,
    month: dt.date,
    end: dt.datetime,
    by: Post | None,
    now: dt.datetime,
) -> Statement | None:
    """One statement with its lines; None where this month has one already."""
    made, is_new = Statement.objects.get_or_create(
        union_id=union_id,
        merchant_id=merchant_id,
        month=month,
        defaults={
            "number": new_number(Statement),
            "redeemed_fen": 0,
            "refunded_fen": 0,
            "drawn_up_at": now,
            "drawn_up_by_id": by.account_id if by else None,
            "due_at": due_at(now),
        },
    )
    if not is_new:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            LINES,
            {"statement": made.pk, "union": union_id, "merchant": merchant_id, "end": end},
        )
        amounts = [row[0] for row in cursor.fetchall()]
    made.redeemed_fen = sum(fen for fen in amounts if fen > 0)
    made.refunded_fen = -sum(fen for fen in amounts if fen < 0)
    made.save(update_fields=["redeemed_fen", "refunded_fen"])
    made.refresh_from_db(fields=["total_fen"])
    note(made, by.account_id if by else None, "drawn_up")
    if not tell_managers(made, "benefits.statement-drawn-up", now):
        tell_officers(made, "benefits.statement-nobody", now)
    return made


#: What its merchant can still say something about.
OPEN = (StatementState.DRAWN_UP, StatementState.DISPUTED, StatementState.ANSWERED)


@transactions.atomic
def answer_statement(
    *, by: Cashier, statement: Statement, words: str = "", agrees: bool, now: dt.datetime
) -> Statement:
    """The merchant's manager confirms it, or says what is wrong with it, also of what the union has
    answered (`answer_dispute`); officers are told either way. Raises `NotFound` for
    another merchant's, `Conflict` once it is confirmed, `Invalid` on `words` without any."""
    check_manager(by, statement.merchant)
    locked = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if locked.state not in OPEN:
        raise Conflict(_("This statement has been confirmed already."), code="confirmed")
    if agrees:
        locked.state, locked.words = StatementState.CONFIRMED, ""
        locked.confirmed_at, locked.confirmed_by_id = now, by.account_id
        locked.due_at = None
        tell_officers(locked, "benefits.statement-confirmed", now)
    else:
        if len(words.strip()) < 2:
            problem = _("Say which line is wrong, and why.")
            raise Invalid(problem, fields={"words": problem})
        locked.state, locked.words = StatementState.DISPUTED, words.strip()
        begin_dispute(locked, by=by.account_id, words=locked.words, now=now)
    locked.save()
    note(locked, by.account_id, locked.state)
    return locked


@transactions.atomic
def record_payment(*, by: Post, statement: Statement, payment: str, now: dt.datetime) -> Statement:
    """That the union has paid it, with the bank's reference, which the merchant is told.

    Three people: whoever drew it up does not pay it, and the merchant has confirmed it between.
    Raises `Conflict` for one's own, unconfirmed or paid ones, `Invalid` on `payment`.
    """
    locked = Statement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
    if locked.state == StatementState.PAID:
        raise Conflict(_("This statement has been paid already."), code="paid")
    if locked.state != StatementState.CONFIRMED:
        raise Conflict(_("The merchant has not confirmed it yet."), code="not-confirmed")
    if by.account_id in (locked.drawn_up_by_id, locked.confirmed_by_id):
        raise Conflict(
            _("Whoever drew a statement up does not pay it. Ask a colleague."), code="own-work"
        )
    if len(payment.strip()) < 4:
        problem = _("Write the bank's reference.")
        raise Invalid(problem, fields={"payment": problem})
    locked.state, locked.payment = StatementState.PAID, payment.strip()
    locked.paid_at, locked.paid_by_id = now, by.account_id
    locked.save(update_fields=["state", "payment", "paid_at", "paid_by_id"])
    note(locked, by.account_id, "paid")
    tell_managers(locked, "benefits.statement-paid", now)
    outbox.publish(StatementPaid(locked.pk))
    return locked


def note(statement: Statement, by: uuid.UUID | None, action: str) -> None:
    """Record what was done to a statement."""
    audit.record(
        action=f"statement.{action}",
        by=by,
        subject=f"statement:{statement.pk}",
        union_id=statement.union_id,
        details={"fen": statement.redeemed_fen - statement.refunded_fen},
    )
