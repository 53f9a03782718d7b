"""Statements that reconcile to the fen, and signs of abuse."""

import datetime as dt
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from niangjia.allocation.tests.factories import make_draft
from niangjia.benefits import services
from niangjia.benefits.models import (
    Coupon,
    Redemption,
    RedemptionSignal,
    Refund,
    Statement,
    StatementLine,
)
from niangjia.benefits.rules import months
from niangjia.benefits.rules.money import decimal_of, fen_of, yuan_in_full, yuan_of
from niangjia.benefits.selectors import signals as selectors
from niangjia.benefits.selectors.books import read_books
from niangjia.benefits.services import signals
from niangjia.benefits.tests.factories import Town, make_coupon, make_shop, make_till, make_town
from niangjia.core import clock
from niangjia.core.errors import Conflict, DomainError, Invalid, NotFound
from niangjia.members.tests.factories.desk import make_post, signed_in

pytestmark = pytest.mark.django_db

#: Three days into a month that has begun after two that are over.
NOW = dt.datetime(2026, 11, 3, 4, tzinfo=dt.UTC)
OCTOBER = dt.date(2026, 10, 1)


@pytest.fixture
def town(db):
    return autumn()


def autumn(is_partial: bool = True) -> Town:
    """A benefit that can be had and used from September on."""
    with clock.stopped_at(at(1, 9)):
        return make_town(
            is_partial=is_partial,
            supply=100,
            pool=make_draft(closes_at=NOW),
            valid_until=NOW + dt.timedelta(days=9),
        )


def had(town: Town) -> Coupon:
    """A coupon that was claimed in September."""
    with clock.stopped_at(at(2, 9)):
        return make_coupon(town.benefit)


def at(day: int, month: int = 10) -> dt.datetime:
    return dt.datetime(2026, month, day, 12, tzinfo=clock.CHINA)


def draw_up(month: dt.date = OCTOBER) -> list[Statement]:
    return services.draw_up_statements(month=month, now=NOW)


class TestStatements:
    def test_each_thing_stands_on_one_and_late_ones_on_the_next(self, town):
        coupon = had(town)
        bought = town.buy(coupon, 5000, wanted_fen=700, now=at(31))
        town.take_back(bought, 200, now=at(1, 11))
        (october,) = draw_up()
        assert (october.redeemed_fen, october.refunded_fen, october.total_fen) == (700, 0, 700)
        assert draw_up() == []
        (november,) = services.draw_up_statements(
            month=dt.date(2026, 11, 1), now=NOW + dt.timedelta(days=30)
        )
        assert november.total_fen == -200, "the merchant owes it"
        assert StatementLine.objects.count() == 2
        assert read_books(town.post.union).agree

    def test_a_month_that_is_not_over_has_none(self, town):
        for month in (dt.date(2026, 11, 1), dt.date(9999, 12, 1)):
            with pytest.raises(Invalid):
                draw_up(month)

    def test_three_people_one_after_the_other(self, town):
        town.buy(had(town), 700, now=at(5))
        drawn = services.draw_up_statements(
            month=OCTOBER, union=town.post.union, by=town.post, now=NOW
        )
        other = make_post(union=town.post.union)

        def pay(by):
            return services.record_payment(
                by=by, statement=drawn[0], payment="ICBC-20261103-01", now=NOW
            )

        with pytest.raises(Conflict):
            pay(other)
        answer = {"statement": drawn[0], "now": NOW}
        with pytest.raises(NotFound):
            services.answer_statement(by=town.cashier, agrees=True, **answer)
        with pytest.raises(Invalid):
            services.answer_statement(by=town.manager, agrees=False, **answer)
        services.answer_statement(by=town.manager, agrees=False, words="第二笔不对", **answer)
        services.answer_statement(by=town.manager, agrees=True, **answer)
        with pytest.raises(Conflict) as refused:
            pay(town.post)
        assert refused.value.code == "own-work"
        assert pay(other).state == "paid"
        with pytest.raises(Conflict):
            pay(other)

    def test_control_a_lost_line_is_seen(self, town):
        town.buy(had(town), 700, now=at(5))
        draw_up()
        StatementLine.objects.all().delete()
        assert not read_books(town.post.union).agree


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    acts=st.lists(
        st.tuples(st.integers(0, 3), st.integers(1, 1500), st.booleans(), st.integers(1, 28)),
        max_size=14,
    )
)
@pytest.mark.parametrize("is_partial", [True, False])
def test_whatever_is_bought_and_brought_back_the_books_agree(db, is_partial, acts):
    with transaction.atomic():
        town = autumn(is_partial)
        coupons = [had(town) for _ in range(4)]
        for which, fen, is_back, day in acts:
            with suppress(DomainError):
                buy_or_bring_back(town, coupons[which], fen, is_back, at(day))
            draw_up(dt.date(2026, 9, 1))
        draw_up()
        books = read_books(town.post.union)
        assert books.agree
        assert books.open == 0
        spent = sum(Redemption.objects.values_list("amount_fen", flat=True)) - sum(
            Refund.objects.values_list("amount_fen", flat=True)
        )
        assert books.tills == spent
        for coupon in Coupon.objects.all():
            lost = sum(
                each.forfeited_fen
                for each in coupon.redemptions.all()
                if sum(back.amount_fen for back in each.refunds.all()) < each.amount_fen
            )
            assert coupon.forfeited_fen == lost, "what was lost is of purchases that stand"
        services.release_unused(now=NOW + dt.timedelta(days=60), limit=9)
        town.budget.refresh_from_db()
        assert town.budget.committed == spent
        transaction.set_rollback(True)


def buy_or_bring_back(town, coupon, fen, is_back, moment):
    bought = Redemption.objects.filter(coupon=coupon).order_by("at").last()
    if not is_back:
        town.buy(coupon, 2000, wanted_fen=fen, now=moment)
    elif bought:
        town.take_back(bought, fen, now=max(bought.at, moment))


class TestMoney:
    @pytest.mark.parametrize(
        ("typed", "fen"),
        [("12", 1200), ("12.5", 1250), ("0.05", 5), ("１２．５０", 1250), ("1,200元", 120_000)],
    )
    def test_what_people_type(self, typed, fen):
        assert fen_of(typed, field="bill") == fen

    @pytest.mark.parametrize("typed", ["", "1.234", "-3", "abc", "1e3", "９" * 12])
    def test_nothing_is_rounded_or_guessed(self, typed):
        with pytest.raises(Invalid):
            fen_of(typed, field="bill")

    @given(st.integers(-(10**10), 10**10))
    def test_what_is_shown_is_what_is_there(self, fen):
        shown = yuan_of(abs(fen))
        if abs(fen) < 10**11:
            assert fen_of(shown, field="bill") == abs(fen)
            assert fen_of(yuan_in_full(abs(fen)), field="bill") == abs(fen)
        assert decimal_of(fen) * 100 == fen


class TestMonths:
    def test_from_the_first_to_the_first_in_china(self):
        assert months.first_of(dt.datetime(2026, 10, 31, 17, tzinfo=dt.UTC)) == dt.date(2026, 11, 1)
        assert months.before(dt.date(2026, 1, 1)) == dt.date(2025, 12, 1)
        assert months.end_of(dt.date(2026, 12, 1)).isoformat() == "2027-01-01T00:00:00+08:00"


class TestSignals:
    HOUR = at(7).replace(minute=0)

    def sell(self, town, count):
        for number in range(count):
            coupon = had(town)
            town.buy(coupon, 1000, now=self.HOUR + dt.timedelta(seconds=20 * number))

    def test_one_shop_for_very_many_phones(self, town, monkeypatch):
        monkeypatch.setattr(signals, "MANY_HOLDERS", 5)
        monkeypatch.setattr(signals, "SAME_AMOUNT", 5)
        self.sell(town, 4)
        assert services.find_signals(hour_at=self.HOUR, now=NOW) == 0
        self.sell(town, 2)
        assert services.find_signals(hour_at=self.HOUR, now=NOW) == 2
        assert services.find_signals(hour_at=self.HOUR, now=NOW) == 0, "twice is once"
        kinds = set(RedemptionSignal.objects.values_list("kind", flat=True))
        assert kinds == {"many_holders", "same_amount"}

    def test_what_there_is_to_see_tells_holders_apart_and_names_nobody(self, town, monkeypatch):
        """One holder far away within the hour: both places are shown, and how the hour compares."""
        monkeypatch.setattr(signals, "MANY_HOLDERS", 99)
        here = make_shop(town.post, town.merchant, longitude=120.0, latitude=29.3)
        far = make_shop(town.post, town.merchant, longitude=121.5, latitude=31.2)
        tills = [make_till(town.post, shop) for shop in (here, far)]
        coupon, other = had(town), had(town)
        self.buy_at(town, tills[0], coupon, 0)
        self.buy_at(town, tills[0], other, 1)
        self.buy_at(town, tills[1], coupon, 30)
        assert services.find_signals(hour_at=self.HOUR, now=NOW) == 2
        signal = RedemptionSignal.objects.get(shop=here)
        assert signal.kind == "far_apart"
        seen = selectors.read_evidence(signal)
        assert (seen.redemptions, seen.holders, seen.fen, seen.exact) == (2, 2, 1000, 0)
        page = signed_in(town.post.account).get(f"/desk/benefits/signals/{signal.pk}/")
        assert far.name in page.content.decode()
        apart = selectors.told_apart(
            selectors.list_sales_of(signal), selectors.list_elsewhere(signal)
        )
        assert [[number for _sale, number in some] for some in apart] == [[1, 2], [1]]

    def buy_at(self, town, till, coupon, minute):
        now = self.HOUR + dt.timedelta(minutes=minute)
        town.buy(coupon, 500, wanted_fen=500, by=till, now=now)

    def test_a_person_judges_once_in_words(self, town, monkeypatch):
        monkeypatch.setattr(signals, "MANY_HOLDERS", 1)
        self.sell(town, 1)
        services.find_signals(hour_at=self.HOUR, now=NOW)
        given = {"signal": RedemptionSignal.objects.get(), "judgement": "harmless", "now": NOW}
        with pytest.raises(Invalid):
            services.judge_signal(by=town.post, words=" ", **given)
        services.judge_signal(by=town.post, words="店庆活动，人多属实", **given)
        with pytest.raises(Conflict):
            services.judge_signal(by=town.post, words="再看一次", **given)
