"""Budgets that are never overspent, and coupons that each claim gets once."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from niangjia.allocation import services as allocation
from niangjia.allocation.models import Claim, ClaimState, Pool
from niangjia.allocation.rules import subjects
from niangjia.allocation.tests.factories import claim, make_draft
from niangjia.benefits import services
from niangjia.benefits.models import Benefit, Budget, BudgetEntry, Coupon, CouponState
from niangjia.benefits.rules import months
from niangjia.benefits.services.drafting import packed, unpacked
from niangjia.benefits.tests.factories import (
    benefit_draft,
    make_benefit,
    make_budget,
    make_coupon,
    make_town,
    make_town_at,
    make_uscc,
)
from niangjia.core import clock, outbox
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Notice, Post
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post
from niangjia.organisations.services import dissolve_union
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return make_post()


class TestBudgets:
    def test_publishing_sets_the_whole_cost_aside(self, post):
        budget = make_budget(post, 25_000)
        make_benefit(post, budget=budget)
        assert Budget.objects.get().committed == 10_000
        make_benefit(post, budget=budget)
        with pytest.raises(Invalid) as refused:
            make_benefit(post, budget=budget)
        assert refused.value.code == "budget-short"
        assert "50" in str(refused.value.message)
        assert Pool.objects.count() == 2, "nothing is opened that is not paid for"

    def test_the_constraint_stands_behind_the_lock(self, post):
        budget = make_budget(post, 100)
        with pytest.raises(IntegrityError), transaction.atomic():
            Budget.objects.filter(pk=budget.pk).update(committed=101)

    def test_there_cannot_be_less_than_is_committed(self, post):
        budget = make_budget(post, 20_000)
        make_benefit(post, budget=budget)
        with pytest.raises(Invalid):
            services.change_budget(by=post, budget=budget, amount_fen=9_999, now=clock.now())
        services.change_budget(by=post, budget=budget, amount_fen=10_000, now=clock.now())
        changes = BudgetEntry.objects.values_list("amount_change", "committed_change")
        assert [sum(column) for column in zip(*changes, strict=True)] == [10_000, 10_000]

    def test_more_coupons_cost_more(self, post):
        benefit = make_benefit(post, budget=make_budget(post, 12_000))
        services.add_to_benefit(by=post, benefit=benefit, count=2, now=clock.now())
        for dearer_or_fewer in (1, 0, -1):
            with pytest.raises(Invalid):
                services.add_to_benefit(
                    by=post, benefit=benefit, count=dearer_or_fewer, now=clock.now()
                )
        assert Benefit.objects.get().supply == 12
        assert Pool.objects.get().stock.supply == 12

    @pytest.mark.parametrize("year", [-1, 2])
    def test_years_are_this_one_and_the_next(self, post, year):
        with pytest.raises(Invalid):
            services.open_budget(
                by=post,
                union=post.union,
                name="普惠",
                year=clock.today().year + year,
                amount_fen=1,
                now=clock.now(),
            )


class TestDrafts:
    def test_the_terms_survive_being_kept(self, post):
        terms = make_draft(reach=post.union, kinds=("courier",), member_days=30)
        assert unpacked(packed(terms)) == terms

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("supply", 0),
            ("supply", -5),
            ("face_fen", 0),
            ("face_fen", 2_000_000),
            ("valid_days", 0),
        ],
    )
    def test_what_is_wrong_is_said_by_field(self, post, field, value):
        draft = benefit_draft(make_budget(post), **{field: value})
        with pytest.raises(Invalid) as refused:
            services.draft_benefit(by=post, union=post.union, draft=draft, now=clock.now())
        assert list(refused.value.fields) == [field.removesuffix("_fen")]

    def test_nobody_spends_another_unions_budget(self, post):
        with pytest.raises(Invalid):
            make_benefit(post, budget=make_budget(make_post()))

    def test_what_is_published_does_not_change(self, post):
        benefit = make_benefit(post)
        with pytest.raises(Conflict):
            services.change_draft(
                by=post, benefit=benefit, draft=benefit_draft(benefit.budget), now=clock.now()
            )

    def test_a_draft_whose_time_is_over_is_not_published(self, post):
        now = clock.now()
        past = make_draft(opens_at=now - dt.timedelta(days=2), closes_at=now - dt.timedelta(days=1))
        with pytest.raises(Invalid):
            make_benefit(post, pool=past)


class TestCoupons:
    def test_the_news_of_a_claim_gives_one_coupon_however_often_it_comes(self):
        town = make_town()
        account = make_account()
        answered = claim(town.benefit.pool_id, account)
        outbox.deliver_pending()
        given = {"pool_id": town.benefit.pool_id, "claim_ids": [answered.claim_id]}
        assert services.give_coupons(**given, now=clock.now()) == []
        coupon = Coupon.objects.get()
        assert (coupon.account, coupon.left_fen) == (account, 1000)
        assert Notice.objects.filter(kind="benefits.given", account=account).count() == 1

    def test_other_pools_give_no_coupons(self):
        assert services.give_coupons(pool_id=make_account().pk, claim_ids=[], now=clock.now()) == []

    @pytest.mark.parametrize("settled", [False, True])
    def test_news_that_comes_after_the_end_gives_none(self, settled):
        """Called off between a claim and the news of it, or settled before old news came."""
        town = make_town()
        answered = claim(town.benefit.pool_id, make_account())
        if settled:
            Benefit.objects.update(settled_at=clock.now())
        else:
            services.cancel_benefit(
                by=town.post, benefit=town.benefit, reason="停办", now=clock.now()
            )
            Claim.objects.update(state=ClaimState.CONFIRMED)
        given = {"pool_id": town.benefit.pool_id, "claim_ids": [answered.claim_id]}
        assert services.give_coupons(**given, now=clock.now()) == []
        assert not Coupon.objects.exists()

    def test_own_days_end_with_their_last_day(self):
        town = make_town(valid_days=3)
        coupon = make_coupon(town.benefit)
        ends = coupon.expires_at.astimezone(clock.CHINA)
        assert ends.date() == clock.today() + dt.timedelta(days=4)
        assert ends.hour == 0

    def test_given_back_somebody_else_can_have_it(self):
        town = make_town(supply=1)
        coupon = make_coupon(town.benefit)
        services.return_coupon(by=coupon.account, coupon=coupon, now=clock.now())
        assert make_coupon(town.benefit).state == CouponState.OPEN

    def test_used_it_cannot_be_given_back_by_no_door(self):
        town = make_town()
        coupon = make_coupon(town.benefit)
        town.buy(coupon, 1000)
        with pytest.raises(Conflict):
            services.return_coupon(by=coupon.account, coupon=coupon, now=clock.now())
        with pytest.raises(Conflict):
            allocation.return_claim(by=coupon.account, claim_id=coupon.claim_id, now=clock.now())

    def test_the_pools_own_pages_lead_back_to_the_benefit(self):
        benefit = make_town().benefit
        assert benefit.pool is not None
        assert subjects.page_of(benefit.pool.subject) == f"/benefits/{benefit.number}/"

    def test_reminded_once(self):
        town = make_town()
        coupon = make_coupon(town.benefit)
        later = coupon.expires_at - dt.timedelta(days=2)
        assert services.remind_of_coupons(now=later, limit=9) == 1
        assert services.remind_of_coupons(now=later, limit=9) == 0


class TestCallingOff:
    def test_what_was_not_used_goes_back_and_holders_are_told(self):
        town = make_town()
        used, unused = make_coupon(town.benefit), make_coupon(town.benefit)
        town.buy(used, 700)
        services.cancel_benefit(
            by=town.post, benefit=town.benefit, reason="台风停办", now=clock.now()
        )
        assert Budget.objects.get().committed == 700
        assert services.block_cancelled(benefit_id=town.benefit.pk, now=clock.now()) == 1
        assert services.block_cancelled(benefit_id=town.benefit.pk, now=clock.now()) == 0
        assert Notice.objects.filter(kind="benefits.cancelled").get().account == unused.account
        with pytest.raises(Conflict):
            town.buy(unused, 700)

    def test_what_comes_back_later_goes_to_the_budget(self):
        town = make_town()
        bought = town.buy(make_coupon(town.benefit), 700)
        services.cancel_benefit(
            by=town.post, benefit=town.benefit, reason="台风停办", now=clock.now()
        )
        town.take_back(bought, 300)
        assert Budget.objects.get().committed == 400

    def test_when_all_is_over_the_rest_goes_back_once(self):
        town = make_town()
        town.buy(make_coupon(town.benefit), 700)
        ended = town.benefit.valid_until
        assert services.release_unused(now=ended, limit=9) == 0, "something may still come back"
        later = ended + dt.timedelta(days=40)
        assert services.release_unused(now=later, limit=9) == 1
        assert services.release_unused(now=later, limit=9) == 0
        assert Budget.objects.get().committed == 700

    def test_settled_it_is_neither_called_off_nor_added_to(self):
        """What was not used went back once; calling it off would give it back again."""
        town = make_town()
        services.release_unused(now=town.benefit.valid_until + dt.timedelta(days=40), limit=9)
        with pytest.raises(Conflict) as refused:
            services.cancel_benefit(
                by=town.post, benefit=town.benefit, reason="停办", now=clock.now()
            )
        assert refused.value.code == "books-closed"
        with pytest.raises(Conflict):
            services.add_to_benefit(by=town.post, benefit=town.benefit, count=1, now=clock.now())
        assert Budget.objects.get().committed == 0


class TestAnothersUnion:
    """An officer with a reach acts at a union below: what they enter is that union's."""

    def test_what_is_entered_from_above_is_the_unions_own(self):
        above = make_post()
        below = make_union(parent=above.union)
        now = clock.now()
        entered = {"by": above, "union": below, "now": now}
        budget = services.open_budget(
            name="普惠", year=clock.today().year, amount_fen=20_000, **entered
        )
        benefit = services.draft_benefit(draft=benefit_draft(budget), **entered)
        merchant = services.add_merchant(name="示范店", uscc=make_uscc(77), **entered)
        assert {budget.union, benefit.union, merchant.union} == {below}

    def test_a_union_that_is_no_more_gives_nothing(self, post):
        """Called off with its contracts ended, twice is once; what was used stays owed."""
        town = make_town_at(make_union(parent=post.union))
        town.buy(make_coupon(town.benefit), 700)
        unused = make_coupon(town.benefit)
        union = town.post.union
        draft = services.draft_benefit(
            by=town.post, union=union, draft=benefit_draft(town.budget), now=clock.now()
        )
        dissolve_union(union_id=union.pk, by=None, now=clock.now())
        for _again in range(2):
            outbox.deliver_pending()
            services.wind_up(union_id=union.pk, now=clock.now())
        town.budget.refresh_from_db()
        town.merchant.refresh_from_db()
        assert (town.budget.committed, town.merchant.state) == (700, "ended")
        union.refresh_from_db()
        with pytest.raises(Conflict):
            town.buy(unused, 100)
        for refused in (
            lambda: services.publish_benefit(by=post, benefit=draft, now=clock.now()),
            lambda: make_budget(Post(account=post.account, union=union)),
        ):
            with pytest.raises(Conflict):
                refused()
        owed = services.draw_up_statements(
            month=months.first_of(clock.now()), now=clock.now() + dt.timedelta(days=40)
        )
        assert [each.total_fen for each in owed] == [700]
