"""Coupons at the till."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from niangjia.allocation.models import Claim, ClaimState
from niangjia.benefits import services
from niangjia.benefits.models import Coupon, CouponState, Redemption
from niangjia.benefits.rules.redeeming import SETTLED_AFTER
from niangjia.benefits.tests.factories import (
    make_coupon,
    make_merchant,
    make_shop,
    make_till,
    make_town,
)
from niangjia.core import clock
from niangjia.core.errors import Conflict, DomainError, Invalid, NotFound, TooLate
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import make_post


@pytest.fixture
def town(db):
    return make_town()


@pytest.fixture
def parts(db):
    """Coupons that can be used in parts."""
    return make_town(is_partial=True, min_bill_fen=500)


class TestUsing:
    def test_as_a_whole_it_pays_once_and_the_holder_is_told(self, town):
        coupon = make_coupon(town.benefit)
        assert town.buy(coupon, 640).amount_fen == 640
        coupon.refresh_from_db()
        assert (coupon.state, coupon.usable_fen) == (CouponState.USED, 0)
        with pytest.raises(Conflict) as refused:
            town.buy(coupon, 100)
        assert refused.value.code == "coupon-used"
        assert Notice.objects.get(kind="benefits.used").facts["amount"] == "6.40"

    def test_in_parts_until_nothing_is_left(self, parts):
        coupon = make_coupon(parts.benefit)
        assert parts.buy(coupon, 5000, wanted_fen=300).amount_fen == 300
        assert parts.buy(coupon, 5000).amount_fen == 700
        coupon.refresh_from_db()
        assert (coupon.state, coupon.left_fen) == (CouponState.USED, 0)

    def test_small_bills_and_too_much_are_refused(self, parts):
        coupon = make_coupon(parts.benefit)
        with pytest.raises(Invalid) as refused:
            parts.buy(coupon, 499)
        assert "bill" in refused.value.fields
        with pytest.raises(Invalid) as refused:
            parts.buy(coupon, 5000, wanted_fen=1001)
        assert "amount" in refused.value.fields
        with pytest.raises(Invalid) as refused:
            parts.buy(coupon, 99_999_999_999)
        assert "bill" in refused.value.fields, "a slip of the hand is told, not stored"

    def test_the_same_purchase_sent_again_pays_once(self, town):
        coupon, other = make_coupon(town.benefit), make_coupon(town.benefit)
        first = town.buy(coupon, 640, key="purchase-1")
        assert town.buy(coupon, 640, key="purchase-1") == first
        with pytest.raises(Invalid):
            town.buy(other, 640, key="purchase-1")
        assert Redemption.objects.count() == 1

    def test_not_before_and_not_after_its_time(self, town):
        coupon = make_coupon(town.benefit)
        with pytest.raises(TooLate):
            town.buy(coupon, 100, now=coupon.expires_at)
        with pytest.raises(Conflict):
            town.buy(coupon, 100, now=town.benefit.valid_from - dt.timedelta(seconds=1))

    def test_not_by_whoever_left_the_till_a_second_ago(self, town):
        coupon = make_coupon(town.benefit)
        services.end_cashier(by=town.post, cashier=town.cashier, now=clock.now())
        with pytest.raises(NotFound):
            town.buy(coupon, 100)

    def test_nobody_takes_their_own(self, town):
        coupon = make_coupon(town.benefit, town.cashier.account)
        with pytest.raises(Conflict) as refused:
            town.buy(coupon, 100)
        assert refused.value.code == "own-coupon"

    def test_only_where_it_is_taken(self, town):
        elsewhere = make_post()
        shop = make_shop(elsewhere, make_merchant(elsewhere))
        coupon = make_coupon(town.benefit)
        with pytest.raises(Conflict) as refused:
            town.buy(coupon, 100, by=make_till(elsewhere, shop))
        assert refused.value.code == "not-accepted-here"

    def test_a_suspended_merchant_takes_nothing(self, town):
        services.set_merchant_state(
            by=town.post, merchant=town.merchant, state="suspended", reason="核查", now=clock.now()
        )
        with pytest.raises(Conflict):
            town.buy(make_coupon(town.benefit), 100)

    def test_blocked_it_pays_nothing(self, town):
        coupon = make_coupon(town.benefit)
        services.block_coupon(by=town.post, coupon=coupon, reason="手机丢失", now=clock.now())
        with pytest.raises(Conflict):
            town.buy(coupon, 100)


class TestCalledOff:
    """Its budget is free again at that moment: from then on its coupons pay nothing, whether or not
    they are blocked yet."""

    @pytest.fixture
    def cancelled(self, town):
        coupon = make_coupon(town.benefit)
        services.cancel_benefit(by=town.post, benefit=town.benefit, reason="停办", now=clock.now())
        # Some parts count as used and stay their holders'; only the benefit itself can refuse them.
        Claim.objects.filter(pk=coupon.claim_id).update(state=ClaimState.CONFIRMED)
        return coupon

    def test_a_coupon_that_is_not_blocked_yet_pays_nothing(self, town, cancelled):
        assert cancelled.state == CouponState.OPEN
        with pytest.raises(Conflict) as refused:
            town.buy(cancelled, 100)
        assert refused.value.code == "benefit-cancelled"
        town.budget.refresh_from_db()
        assert town.budget.committed == 0

    def test_control_without_the_check_it_pays_what_no_budget_holds(
        self, town, cancelled, monkeypatch
    ):
        from niangjia.benefits.rules import redeeming

        monkeypatch.setattr(redeeming, "check_usable", lambda *_terms, **_now: None)
        town.buy(cancelled, 100)
        town.budget.refresh_from_db()
        assert town.budget.committed == 0 < Redemption.objects.get().amount_fen

    def test_part_used_before_it_pays_nothing_more(self, parts):
        coupon = make_coupon(parts.benefit)
        parts.buy(coupon, 5000, wanted_fen=300)
        services.cancel_benefit(
            by=parts.post, benefit=parts.benefit, reason="停办", now=clock.now()
        )
        with pytest.raises(Conflict):
            parts.buy(coupon, 5000)
        parts.budget.refresh_from_db()
        assert parts.budget.committed == 300


class TestTakingBack:
    def test_it_is_on_the_coupon_again_and_can_be_used(self, town):
        coupon = make_coupon(town.benefit)
        bought = town.buy(coupon, 1000)
        town.take_back(bought, 400)
        coupon.refresh_from_db()
        assert (coupon.state, coupon.left_fen) == (CouponState.OPEN, 400)
        with pytest.raises(Invalid):
            town.take_back(bought, 601)
        town.take_back(bought, 600, key="back-1")
        town.take_back(bought, 600, key="back-1")
        services.return_coupon(by=coupon.account, coupon=coupon, now=clock.now())

    def test_what_was_lost_by_one_go_stays_lost_while_anything_of_the_purchase_stands(self, town):
        """Ten yuan, a bill of 6.40, two of them back: two can be used again, not 5.60."""
        coupon = make_coupon(town.benefit)
        bought = town.buy(coupon, 640)
        town.take_back(bought, 200)
        coupon.refresh_from_db()
        assert (coupon.state, coupon.usable_fen, coupon.left_fen) == (CouponState.OPEN, 200, 560)
        again = town.buy(coupon, 150)
        assert (again.amount_fen, again.forfeited_fen) == (150, 50)
        coupon.refresh_from_db()
        assert (coupon.state, coupon.usable_fen) == (CouponState.USED, 0)

    def test_what_was_lost_before_we_wrote_it_down_stays_lost(self, town):
        """Rows of nodes that ran before: what was left of a coupon stood on it, and it was used."""
        coupon = make_coupon(town.benefit)
        bought = town.buy(coupon, 640)
        Coupon.objects.update(forfeited_fen=0)
        Redemption.objects.update(forfeited_fen=0)
        with connection.cursor() as cursor:
            cursor.execute(import_module("niangjia.benefits.migrations.0002_forfeited").KEEP)
        town.take_back(bought, 200)
        coupon.refresh_from_db()
        assert (coupon.usable_fen, coupon.forfeited_fen) == (200, 360)

    def test_a_whole_purchase_taken_back_leaves_the_coupon_as_it_was(self, town):
        coupon = make_coupon(town.benefit)
        bought = town.buy(coupon, 640)
        town.take_back(bought, 200)
        second = town.buy(coupon, 150)
        town.take_back(second, 150)
        coupon.refresh_from_db()
        assert coupon.usable_fen == 200, "of the first purchase, what was lost stays lost"
        town.take_back(bought, 440)
        coupon.refresh_from_db()
        assert (coupon.usable_fen, coupon.forfeited_fen) == (1000, 0)
        services.return_coupon(by=coupon.account, coupon=coupon, now=clock.now())

    def test_once_the_books_are_closed_nothing_comes_back(self, town):
        """A purchase of the last day came back and was used again in its week: a second time it
        could come back when what was not used has gone to the budget."""
        coupon = make_coupon(town.benefit)
        ends = coupon.expires_at
        first = town.buy(coupon, 1000, now=ends - dt.timedelta(hours=1))
        town.take_back(first, 1000, now=ends + dt.timedelta(days=29))
        again = town.buy(coupon, 1000, now=ends + dt.timedelta(days=35))
        closing = ends + SETTLED_AFTER
        town.take_back(again, 100, now=closing - dt.timedelta(minutes=1))
        coupon.refresh_from_db()
        assert coupon.expires_at == closing, "nothing can be used after the books are closed"
        for settle in (False, True):
            if settle:
                assert services.release_unused(now=closing, limit=9) == 1
            with pytest.raises(TooLate) as refused:
                town.take_back(again, 100, now=closing)
            assert refused.value.code == "books-closed"
        town.budget.refresh_from_db()
        assert town.budget.committed == 900

    def test_a_key_is_of_one_purchase_and_of_one_amount(self, town):
        bought = town.buy(make_coupon(town.benefit), 1000, key="one-key-1")
        other = town.buy(make_coupon(town.benefit), 1000)
        with pytest.raises(Invalid):
            town.buy(bought.coupon, 900, key="one-key-1")
        town.take_back(bought, 100, key="back-key-1")
        for sale, fen in ((other, 100), (bought, 200)):
            with pytest.raises(Invalid) as refused:
                town.take_back(sale, fen, key="back-key-1")
            assert refused.value.code == "key-reused"

    def test_an_expired_coupon_can_be_used_a_week_longer(self, town):
        coupon = make_coupon(town.benefit)
        bought = town.buy(coupon, 1000, now=coupon.expires_at - dt.timedelta(hours=1))
        later = coupon.expires_at + dt.timedelta(days=2)
        town.take_back(bought, 1000, now=later)
        assert town.buy(coupon, 1000, now=later + dt.timedelta(days=7)).amount_fen == 1000

    def test_managers_only_and_of_the_same_merchant_and_in_time(self, town):
        bought = town.buy(make_coupon(town.benefit), 1000)
        with pytest.raises(NotFound):
            town.take_back(bought, 1, by=town.cashier)
        other = make_shop(town.post, make_merchant(town.post))
        with pytest.raises(NotFound):
            town.take_back(bought, 1, by=make_till(town.post, other, is_manager=True))
        with pytest.raises(TooLate):
            town.take_back(bought, 1, now=bought.at + dt.timedelta(days=30))


class TestTills:
    def test_a_link_makes_one_cashier(self, town):
        token = services.invite_cashier(by=town.manager, shop=town.shop, now=clock.now())
        mine = services.accept_till(by=make_post().account, token=token, now=clock.now())
        assert services.accept_till(by=mine.account, token=token, now=clock.now()) == mine
        with pytest.raises(Conflict):
            services.accept_till(by=make_post().account, token=token, now=clock.now())
        assert not mine.is_manager

    def test_a_managers_link_that_raised_a_cashier_raises_nobody_else(self, town):
        given = {"shop": town.shop, "is_manager": True, "now": clock.now()}
        token = services.invite_cashier(by=town.post, **given)
        raised = services.accept_till(by=town.cashier.account, token=token, now=clock.now())
        assert (raised.pk, raised.is_manager) == (town.cashier.pk, True)
        with pytest.raises(TooLate):
            services.accept_till(by=make_post().account, token=token, now=clock.now())

    def test_an_old_or_made_up_link_makes_none(self, town):
        now = clock.now()
        token = services.invite_cashier(by=town.post, shop=town.shop, now=now)
        with pytest.raises(TooLate):
            services.accept_till(by=town.post.account, token=token, now=now + dt.timedelta(days=7))
        with pytest.raises(NotFound):
            services.accept_till(by=town.post.account, token="x" * 32, now=now)

    def test_cashiers_and_other_managers_invite_nobody(self, town):
        other = make_shop(town.post, make_merchant(town.post))
        for by in (town.cashier, make_till(town.post, other, is_manager=True)):
            with pytest.raises(NotFound):
                services.invite_cashier(by=by, shop=town.shop, now=clock.now())


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Two tills and one coupon: whatever they do, no more is paid than it is worth."""

    def both(self, town, coupon):
        tills, meet = [town.cashier, town.manager], Barrier(2)

        def pay(till):
            meet.wait()
            try:
                return town.buy(coupon, 800, by=till).amount_fen
            except DomainError:
                return 0
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(pay, tills))

    def test_no_more_is_paid_than_it_is_worth(self):
        town = make_town(is_partial=True)
        assert sorted(self.both(town, make_coupon(town.benefit))) == [200, 800]

    def test_control_without_the_lock_more_is_paid(self, monkeypatch):
        """Both read that 1,000 are left."""
        from niangjia.benefits.services import redeeming

        town = make_town(is_partial=True)
        coupon = make_coupon(town.benefit)
        meet = Barrier(2)

        def unlocked(coupon_id):
            found = Coupon.objects.select_related("account", "benefit").get(pk=coupon_id)
            meet.wait()
            return found

        monkeypatch.setattr(redeeming, "lock", unlocked)
        assert sum(self.both(town, coupon)) > coupon.face_fen, "the lock is what keeps it"


@pytest.mark.django_db
def test_control_the_constraint_keeps_a_coupon_within_its_face():
    coupon = make_coupon(make_town().benefit)
    for left in (-1, 1001):
        with pytest.raises(IntegrityError), transaction.atomic():
            Coupon.objects.filter(pk=coupon.pk).update(left_fen=left)
