"""What a merchant says to a strike, what the union answers, and when it is final."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from niangjia.allocation import services as allocation
from niangjia.benefits.events import StrikeLifted
from niangjia.benefits.models import (
    OPEN_STRIKES,
    BenefitState,
    Cashier,
    CouponState,
    Strike,
    StrikeState,
)
from niangjia.benefits.rules import striking as rules
from niangjia.benefits.rules.redeeming import books_close_at, expiry_after_refund
from niangjia.benefits.services import budgets
from niangjia.benefits.services.disputing import due_at
from niangjia.benefits.services.drafting import cause
from niangjia.benefits.services.striking import (
    benefit_of,
    concerned,
    lock,
    note,
    save_coupon,
    tell_holder,
    tell_managers,
    tell_officers,
    write,
)
from niangjia.benefits.services.tills import check_manager
from niangjia.core import outbox, transactions
from niangjia.core.errors import Conflict, TooLate
from niangjia.members.models import Post


@transactions.atomic
def object_to_strike(*, by: Cashier, strike: Strike, words: str, now: dt.datetime) -> Strike:
    """A manager of the merchant says why it should not be struck; the union answers within five
    working days. Once: the same person again changes nothing. Raises `NotFound` for another
    merchant's, `TooLate` after its five working days, `Conflict` where nothing is struck, `Invalid`
    on `words`."""
    problem = _("Say why it is owed, in up to 500 characters. The union reads it.")
    said = rules.words_of(words, field="words", most=rules.WORDS_MAX, problem=problem)
    locked = lock(strike)
    check_manager(by, locked.redemption.shop.merchant)
    if locked.objected_by_id == by.account_id:
        return locked
    if locked.state not in (StrikeState.STRUCK, StrikeState.FINAL):
        raise Conflict(_("There is nothing to object to just now."), code="not-struck")
    if locked.due_at is None or now >= locked.due_at:
        raise TooLate(
            _("You could object for five working days; that time is over."), code="too-late"
        )
    locked.state, locked.objection = StrikeState.OBJECTED, said
    locked.objected_at, locked.objected_by_id, locked.due_at = now, by.account_id, due_at(now)
    locked.save()
    note(locked, by.account_id, "strike_objected", locked.amount_fen)
    tell_officers(locked, "benefits.strike-objected", now)
    return locked


@transactions.atomic
def answer_objection(
    *, by: Post, strike: Strike, stands: bool, words: str, now: dt.datetime
) -> Strike:
    """Somebody who neither proposed nor confirmed it answers the merchant: it stays struck, or it
    is lifted and owed again, as a line on the next statement. Silence decides nothing: as long as
    nobody answers, nothing of it moves. Raises `Invalid` on `words`, `Conflict` for whoever had a
    hand in it, in one's own matter, and where no objection waits."""
    problem = _("Say what you found, in up to 500 characters. The merchant reads it.")
    said = rules.words_of(words, field="words", most=rules.WORDS_MAX, problem=problem)
    locked = lock(strike)
    if locked.state != StrikeState.OBJECTED:
        raise Conflict(_("No objection waits for an answer."), code="not-objected")
    rules.check_another(by.account_id, [locked.proposed_by_id, locked.decided_by_id])
    rules.check_not_own_matter(by.account_id, concerned(locked.redemption))
    locked.answer, locked.answered_by_id = said, by.account_id
    if stands:
        end(locked, now)
        note(locked, by.account_id, "strike_stands", locked.amount_fen)
        tell_managers(locked, "benefits.strike-stands", now)
        return locked
    locked.undo(is_cancelled=benefit_of(locked).state == BenefitState.CANCELLED)
    locked.state, locked.ended_at, locked.due_at = StrikeState.LIFTED, now, None
    locked.save()
    save_coupon(locked.redemption.coupon)
    write(locked, -locked.amount_fen, key="lifted", now=now)
    note(locked, by.account_id, "strike_lifted", locked.amount_fen)
    outbox.publish(StrikeLifted(locked.pk, benefit_of(locked).union_id, locked.amount_fen))
    tell_managers(locked, "benefits.strike-lifted", now)
    tell_holder(locked, "benefits.strike-undone", now)
    return locked


def end(locked: Strike, now: dt.datetime) -> None:
    """It is struck for good: a victim has it back. Where the books of the benefit are closed it
    goes to the budget instead, since nothing of that benefit can be used any more."""
    coupon, benefit = locked.redemption.coupon, benefit_of(locked)
    locked.state, locked.ended_at, locked.due_at = StrikeState.FINAL, now, None
    locked.save()
    if benefit.settled_at is not None:
        budgets.commit(
            benefit.budget_id, fen=-locked.amount_fen, cause=cause(benefit), by=None, now=now
        )
        if not locked.is_party:
            tell_holder(locked, "benefits.strike-closed", now)
        return
    if locked.is_party:
        return
    locked.let_go()
    coupon.expires_at = expiry_after_refund(
        coupon.expires_at, closes_at=books_close_at(benefit.valid_until), now=now
    )
    save_coupon(coupon)
    if coupon.usable_fen == coupon.face_fen:
        allocation.mark_unused(claim_id=coupon.claim_id)
    blocked = coupon.state == CouponState.BLOCKED
    tell_holder(locked, "benefits.strike-kept" if blocked else "benefits.strike-over", now)


@transactions.atomic
def end_strikes(*, now: dt.datetime, limit: int) -> int:
    """Strikes to which their merchant did not object in time are final; where an objection waits
    too long for its answer, officers are told once. Says how many."""
    due = Strike.objects.filter(
        Q(state=StrikeState.STRUCK) | Q(reminded_at=None), state__in=OPEN_STRIKES, due_at__lte=now
    )
    found = list(due.select_related("redemption").order_by("due_at")[:limit])
    done = 0
    for strike in found:
        locked = lock(strike)
        if not locked.is_open or locked.due_at is None or locked.due_at > now:
            continue
        if locked.state == StrikeState.STRUCK:
            end(locked, now)
            note(locked, None, "strike_final", locked.amount_fen)
        else:
            locked.reminded_at = now
            locked.save(update_fields=["reminded_at"])
            tell_officers(locked, "benefits.objection-late", now)
        done += 1
    return done
