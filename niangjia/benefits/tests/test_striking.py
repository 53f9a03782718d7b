"""A fraudulent redemption is struck by two persons, and the merchant is heard."""

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from niangjia.benefits import services
from niangjia.benefits.models import CouponState, Strike, StrikeState
from niangjia.benefits.rules.redeeming import SETTLED_AFTER
from niangjia.benefits.selectors.books import list_costs, read_books
from niangjia.benefits.services.disputing import due_at
from niangjia.benefits.tests.test_disputes import DAY, told
from niangjia.benefits.tests.test_settling import NOW, at, autumn, draw_up, had
from niangjia.core import clock
from niangjia.core.errors import Conflict, DomainError, Invalid, NotFound, TooLate
from niangjia.core.models import AuditEntry
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in

pytestmark = pytest.mark.django_db
NOVEMBER = dt.date(2026, 11, 1)
LATER = NOW + 30 * DAY


@pytest.fixture
def town(db):
    """Seven yuan of a coupon of ten that can be used in parts, and a second officer."""
    return opened()


def opened(**given):
    town = autumn(**given)
    town.coupon = had(town)
    town.sale = town.buy(town.coupon, 700, now=at(5))
    town.second, town.third = make_post(union=town.post.union), make_post(union=town.post.union)
    return town


def propose(town, *, by=None, sale=None, is_party=False, reason="收银员用照片刷券", now=NOW):
    return services.propose_strike(
        by=by or town.post,
        redemption=sale or town.sale,
        occasion="complaint",
        is_party=is_party,
        reason=reason,
        now=now,
    )


def struck(town, *, now=NOW, **given):
    strike = propose(town, now=now, **given)
    return services.confirm_strike(by=town.second, strike=strike, now=now)


def object_to(town, strike, *, by=None, now=NOW):
    return services.object_to_strike(
        by=by or town.manager, strike=strike, words="小票 0931 号，货已交付。", now=now
    )


def answer(town, strike, *, stands, by=None, now=NOW):
    return services.answer_objection(
        by=by or town.third, strike=strike, stands=stands, words="调取了监控。", now=now
    )


def state_of(town):
    town.coupon.refresh_from_db()
    return town.coupon.state, town.coupon.left_fen, town.coupon.usable_fen


def agree(town):
    books = read_books(town.post.union)
    return books.agree and books.tills


class TestTwoPersons:
    def test_nothing_moves_before_a_second_person_and_never_by_the_first(self, town):
        with pytest.raises(Invalid) as refused:
            propose(town, reason=" ")
        assert set(refused.value.fields) == {"reason"}
        strike = propose(town)
        assert "benefits.strike-proposed" in told(town.second.account)
        assert told(town.manager.account).isdisjoint({"benefits.struck", "benefits.struck-nobody"})
        assert state_of(town) == (CouponState.OPEN, 300, 300)
        with pytest.raises(Conflict) as refused:
            services.confirm_strike(by=town.post, strike=strike, now=NOW)
        assert refused.value.code == "own-work"
        with pytest.raises(IntegrityError), transaction.atomic():
            Strike.objects.update(
                state=StrikeState.STRUCK, amount_fen=1, decided_by_id=town.post.account_id
            )
        done = services.confirm_strike(by=town.second, strike=strike, now=NOW)
        assert (done.state, done.amount_fen, done.due_at) == ("struck", 700, due_at(NOW))
        actions = AuditEntry.objects.filter(subject=f"redemption:{town.sale.pk}")
        steps = {"redemption.strike_proposed", "redemption.struck"}
        assert steps <= set(actions.values_list("action", flat=True))

    def test_twice_is_once(self, town):
        strike = propose(town)
        with pytest.raises(Conflict) as refused:
            propose(town, by=town.third)
        assert refused.value.code == "strike-stands"
        for _time in (1, 2):
            services.confirm_strike(by=town.second, strike=strike, now=NOW)
        with pytest.raises(Conflict) as refused:
            services.confirm_strike(by=town.third, strike=strike, now=NOW)
        assert refused.value.code == "decided"
        assert town.sale.refunds.count() == 1
        assert agree(town) == 0

    def test_nobody_in_their_own_matter(self, town):
        for account in (town.coupon.account, town.cashier.account):
            own = make_post(account=account, union=town.post.union)
            with pytest.raises(Conflict) as refused:
                propose(town, by=own)
            assert refused.value.code == "own-matter"

    def test_a_second_person_says_no_and_it_can_be_proposed_again(self, town):
        strike = propose(town)
        services.drop_strike(by=town.second, strike=strike, reason="监控里是本人", now=NOW)
        assert "benefits.strike-dropped" in told(town.post.account)
        with pytest.raises(Conflict):
            services.confirm_strike(by=town.third, strike=strike, now=NOW)
        assert state_of(town) == (CouponState.OPEN, 300, 300)
        assert propose(town).state == StrikeState.PROPOSED

    def test_what_was_taken_back_is_not_struck_and_what_is_struck_not_taken_back(self, town):
        town.take_back(town.sale, 200, now=NOW)
        assert struck(town).amount_fen == 500
        with pytest.raises(Invalid):
            town.take_back(town.sale, 1, now=NOW)
        other = town.buy(town.coupon, 300, now=NOW)
        town.take_back(other, 300, now=NOW)
        with pytest.raises(Conflict) as refused:
            propose(town, sale=other)
        assert refused.value.code == "nothing-to-strike"


class TestBooks:
    def test_a_victim_has_it_back_once_the_merchant_was_heard(self, town):
        struck(town)
        assert {"benefits.struck"} <= told(town.manager.account)
        assert {"benefits.struck-yours"} <= told(town.coupon.account)
        assert state_of(town) == (CouponState.OPEN, 1000, 300), "held until then"
        with pytest.raises(Conflict):
            services.return_coupon(by=town.coupon.account, coupon=town.coupon, now=NOW)
        due = due_at(NOW)
        assert services.end_strikes(now=due - DAY, limit=9) == 0
        assert services.end_strikes(now=due, limit=9) == 1
        assert services.end_strikes(now=due, limit=9) == 0
        assert state_of(town) == (CouponState.OPEN, 1000, 1000)
        assert "benefits.strike-over" in told(town.coupon.account)
        assert agree(town) == 0

    def test_of_a_coupon_used_in_one_go_all_comes_back(self):
        town = opened(is_partial=False)
        assert state_of(town) == (CouponState.USED, 300, 0)
        struck(town)
        assert state_of(town) == (CouponState.USED, 1000, 0)
        services.end_strikes(now=due_at(NOW), limit=9)
        assert state_of(town) == (CouponState.OPEN, 1000, 1000)

    def test_a_holder_who_had_a_part_in_it_has_nothing(self, town):
        struck(town, is_party=True)
        assert state_of(town) == (CouponState.BLOCKED, 1000, 300)
        with pytest.raises(Conflict):
            town.buy(town.coupon, 100, now=NOW)
        assert "benefits.struck-party" in told(town.coupon.account)
        services.end_strikes(now=due_at(NOW), limit=9)
        assert state_of(town) == (CouponState.BLOCKED, 1000, 300)
        assert agree(town) == 0

    def test_on_a_statement_that_was_paid_it_stands_on_the_next(self, town):
        (october,) = draw_up()
        services.answer_statement(by=town.manager, statement=october, agrees=True, now=NOW)
        services.record_payment(by=town.second, statement=october, payment="ICBC-1", now=NOW)
        strike = struck(town)
        (november,) = services.draw_up_statements(month=NOVEMBER, now=LATER)
        assert november.total_fen == -700
        assert november.lines.get().kind == "struck"
        assert agree(town) == 0
        object_to(town, strike)
        answer(town, strike, stands=False, now=LATER)
        (december,) = services.draw_up_statements(month=dt.date(2026, 12, 1), now=LATER + 31 * DAY)
        assert (december.total_fen, december.lines.get().kind) == (700, "owed_again")
        october.refresh_from_db()
        assert october.total_fen == 700, "what was paid stays as it was written"
        assert agree(town) == 700

    def test_once_its_books_are_closed_it_goes_to_the_budget_when_it_is_final(self, town):
        closing = town.benefit.valid_until + SETTLED_AFTER
        services.release_unused(now=closing, limit=9)
        town.budget.refresh_from_db()
        assert town.budget.committed == 700
        strike = struck(town, now=closing)
        town.budget.refresh_from_db()
        assert town.budget.committed == 700, "it may be owed again"
        assert [(each.paid_fen, each.waiting_fen) for each in list_costs(town.budget)] == [(0, 700)]
        services.end_strikes(now=strike.due_at, limit=9)
        town.budget.refresh_from_db()
        assert town.budget.committed == 0
        assert "benefits.strike-closed" in told(town.coupon.account)
        assert state_of(town)[2] == 300, "nothing of it can be used any more"

    @pytest.mark.parametrize("stands", [True, False])
    def test_called_off_meanwhile_it_is_still_there_to_be_owed(self, town, stands):
        strike = struck(town, is_party=True)
        services.cancel_benefit(by=town.post, benefit=town.benefit, reason="停办", now=NOW)
        town.budget.refresh_from_db()
        assert town.budget.committed == 700
        object_to(town, strike)
        answer(town, strike, stands=stands)
        town.budget.refresh_from_db()
        assert town.budget.committed == agree(town) == (0 if stands else 700)
        assert state_of(town)[0] == CouponState.BLOCKED


class TestObjecting:
    def test_lifted_it_is_as_it_was(self, town):
        strike = struck(town, is_party=True)
        assert object_to(town, strike).state == StrikeState.OBJECTED
        assert object_to(town, strike).state == StrikeState.OBJECTED, "twice is once"
        assert "benefits.strike-objected" in told(town.post.account)
        for by in (town.post, town.second):
            with pytest.raises(Conflict) as refused:
                answer(town, strike, stands=False, by=by)
            assert refused.value.code == "own-work"
        answer(town, strike, stands=False)
        assert "benefits.strike-lifted" in told(town.manager.account)
        assert "benefits.strike-undone" in told(town.coupon.account)
        assert state_of(town) == (CouponState.OPEN, 300, 300)
        assert agree(town) == 700
        with pytest.raises(Conflict):
            answer(town, strike, stands=True)
        assert propose(town).state == StrikeState.PROPOSED, "something new may be found"

    def test_silence_of_the_union_decides_nothing(self, town):
        strike = struck(town)
        objected = object_to(town, strike)
        late = objected.due_at + DAY
        assert services.end_strikes(now=late, limit=9) == 1
        assert services.end_strikes(now=late, limit=9) == 0, "told once"
        assert "benefits.objection-late" in told(town.post.account)
        assert state_of(town) == (CouponState.OPEN, 1000, 300)
        answer(town, strike, stands=True, now=late)
        assert "benefits.strike-stands" in told(town.manager.account)
        assert state_of(town) == (CouponState.OPEN, 1000, 1000)

    def test_in_time_by_its_managers_and_nobody_else(self, town):
        strike = struck(town)
        with pytest.raises(NotFound):
            object_to(town, strike, by=town.cashier)
        with pytest.raises(NotFound):
            object_to(town, strike, by=autumn().manager)
        with pytest.raises(TooLate):
            object_to(town, strike, now=strike.due_at)

    def test_one_of_two_lifted_leaves_the_coupon_blocked(self, town):
        other = town.buy(town.coupon, 100, now=at(6))
        first, second = (struck(town, sale=sale, is_party=True) for sale in (town.sale, other))
        for strike, left in ((first, CouponState.BLOCKED), (second, CouponState.OPEN)):
            object_to(town, strike)
            answer(town, strike, stands=False)
            assert state_of(town)[0] == left
        assert state_of(town) == (CouponState.OPEN, 200, 200)

    def test_where_nobody_could_object_the_union_hears_so(self, town):
        services.end_cashier(by=town.post, cashier=town.manager, now=NOW)
        struck(town)
        assert "benefits.struck-nobody" in told(town.post.account)


def test_on_the_pages_of_all_and_by_operations(town):
    one, two, three = map(officer_client, (town.post, town.second, town.third))
    till, holder = signed_in(town.manager.account), signed_in(town.coupon.account)
    with clock.stopped_at(NOW):
        coupon = f"/desk/benefits/coupons/?number={town.coupon.number}"
        new = f"/desk/benefits/strikes/new/{town.sale.pk}/"
        assert new in one.get(coupon).content.decode()
        assert one.post(new, {"reason": "照片刷券"}).status_code == 422
        typed = {"occasion": "complaint", "is_party": "no", "reason": "照片刷券"}
        there = one.post(new, typed).url
        strike = Strike.objects.get()
        mine = f"/till/strikes/{strike.pk}/"
        assert till.get(mine).status_code == 404, "proposed it is none of theirs"
        assert one.post(f"{there}confirmation/").status_code == 422
        assert two.post(f"{there}confirmation/").url == there
        assert "照片刷券" in till.get(mine).content.decode()
        assert (
            "工会冲销 7 元" in holder.get(f"/benefits/mine/{town.coupon.number}/").content.decode()
        )
        assert mine in till.get(f"/till/{town.shop.number}/sales/").content.decode()
        assert till.post(mine, {"words": "货已交付，有小票。"}).url == mine
        assert "货已交付，有小票。" in three.get(there).content.decode()
        assert three.post(f"{there}answer/", {"stands": "no", "words": "属实。"}).url == there
        assert "属实。" in till.get(mine).content.decode()


def test_by_operations(town):
    one, two, three = map(officer_client, (town.post, town.second, town.third))
    till = signed_in(town.manager.account)

    def post(client, there, **body):
        return client.post(f"/api/v1{there}", json.dumps(body), content_type="application/json")

    with clock.stopped_at(NOW):
        uses = one.get(f"/api/v1/desk/benefits/coupons/{town.coupon.number}/redemptions").json()
        (use,) = uses["items"]
        body = {"redemption": use["id"], "occasion": "signal", "is_party": True, "reason": "刷券"}
        made = post(one, "/desk/benefits/strikes", **body)
        assert made.status_code == 201
        own = f"/desk/benefits/strikes/{made.json()['id']}"
        theirs = f"/tills/strikes/{made.json()['id']}"
        refused = post(one, f"{own}/confirmation")
        assert (refused.status_code, refused.json()["code"]) == (409, "own-work")
        assert post(two, f"{own}/confirmation").json()["amount_fen"] == 700
        (seen,) = till.get(f"/api/v1/tills/{town.shop.number}/strikes").json()["items"]
        assert "is_party" not in seen, "of the holder the merchant learns nothing"
        assert post(till, f"{theirs}/objection", words="有小票").json()["state"] == "objected"
        answered = post(three, f"{own}/answer", stands=True, words="小票对不上")
        assert answered.json()["state"] == "final"
        assert till.get(f"/api/v1{theirs}").json()["answer"] == "小票对不上"
        assert len(one.get("/api/v1/desk/benefits/strikes?state=final").json()["items"]) == 1
        again = post(one, "/desk/benefits/strikes", **body)
        assert again.json()["code"] == "strike-stands"


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_strike_it_once():
    town, meet = opened(), Barrier(2)
    strike = propose(town)

    def confirm(by):
        meet.wait()
        try:
            return services.confirm_strike(by=by, strike=strike, now=NOW).decided_by_id
        except DomainError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = set(pool.map(confirm, (town.second, town.third)))
    assert "decided" in said
    assert town.sale.refunds.count() == 1
    assert state_of(town) == (CouponState.OPEN, 1000, 300)
