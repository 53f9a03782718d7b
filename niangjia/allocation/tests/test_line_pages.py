"""The page that somebody waits on: it says where they stand, renews itself, and takes an answer."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from niangjia.allocation import selectors, services
from niangjia.allocation.models import Claim
from niangjia.allocation.rules import subjects, words
from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.tests.factories import claim, make_pool
from niangjia.core import clock
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import signed_in

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def address(pool):
    return reverse("allocation:pool", args=[pool.pk])


def shown(pool, account):
    return signed_in(account).get(address(pool)).content.decode()


def state(answer):
    return Claim.objects.get(pk=answer.claim_id).state


class TestWhatItSays:
    def test_before_it_opens_and_that_nobody_need_hurry(self, client):
        now = clock.now()
        pool = make_pool(
            opens_at=now + 2 * MINUTE, closes_at=now + 9 * MINUTE, gather_seconds=3, supply=5
        )
        page = client.get(address(pool)).content.decode()
        assert "不用抢" in page
        assert "为什么不用抢" in page
        assert bytes(pool.seed).hex() not in page
        assert '<noscript><meta http-equiv="refresh"' in page

    def test_the_place_in_line_and_how_fast_it_goes(self):
        now = clock.now()
        pool = make_pool(supply=0, has_waiting_list=True)
        accounts = [make_account() for _ in range(4)]
        answers = [claim(pool, account, now=now) for account in accounts]
        assert "排在第 4 位" in shown(pool, accounts[3])
        services.return_claim(by=accounts[0], claim_id=answers[0].claim_id, now=now + MINUTE)
        services.add_supply(pool_id=pool.pk, count=1, by=None, now=now + MINUTE)
        page = shown(pool, accounts[3])
        assert "排在第 2 位" in page
        assert "共 2 人候补" in page
        assert "前面有 1 人轮到了" in page
        assert "data-live" in page

    def test_the_fragment_alone_to_whoever_is_there_already(self):
        pool, account = make_pool(supply=0, has_waiting_list=True), make_account()
        claim(pool, account)
        answer = signed_in(account).get(address(pool), headers={"HX-Request": "true"})
        assert answer.content.decode().startswith('<section id="standing"')

    def test_the_number_behind_the_order_once_it_is_made(self):
        now = clock.now()
        pool, account = make_pool(opens_at=now - MINUTE, gather_seconds=3), make_account()
        claim(pool, account, now=now - MINUTE)
        assert "一起随机排序" in shown(pool, account)
        services.sweep(now=now)
        assert bytes(pool.seed).hex() in shown(pool, account)

    def test_that_nothing_is_left(self):
        pool = make_pool(supply=0)
        page = shown(pool, make_account())
        assert "暂时没有名额了" in page
        assert reverse("allocation:claim", args=[pool.pk]) not in page

    def test_why_not_and_what_helps(self):
        page = shown(make_pool(needs_real_name=True), make_account())
        assert "请先完成实名认证" in page
        assert reverse("members:identity") in page

    def test_every_refusal_has_words(self):
        assert set(words.WORDS) == {verdict for verdict in Verdict if not verdict.is_in}

    def test_nothing_where_there_is_no_pool(self, client):
        missing = reverse("allocation:pool", args=[uuid.uuid4()])
        assert client.get(missing).status_code == 404


class TestWhatOneCanDo:
    def test_claim_once_however_often_it_is_pressed(self):
        pool, account = make_pool(per_person=5), make_account()
        browser = signed_in(account)
        for _ in range(2):
            browser.post(
                reverse("allocation:claim", args=[pool.pk]), {"idempotency_key": "press-12345678"}
            )
        assert Claim.objects.filter(account=account).count() == 1
        assert "名额是你的了" in browser.get(address(pool)).content.decode()

    def test_be_told_why_not(self):
        pool = make_pool(supply=0)
        browser = signed_in(make_account())
        answer = browser.post(reverse("allocation:claim", args=[pool.pk]), follow=True)
        assert "已经领完了" in answer.content.decode()

    def test_take_an_offer_or_give_it_to_the_next(self):
        now = clock.now()
        pool = make_pool(supply=0, has_waiting_list=True)
        first, second = make_account(), make_account()
        mine, theirs = claim(pool, first), claim(pool, second)
        services.add_supply(pool_id=pool.pk, count=1, by=None, now=now)
        assert "轮到你了" in shown(pool, first)
        signed_in(first).post(reverse("allocation:leaving", args=[mine.claim_id]))
        assert (state(mine), state(theirs)) == ("returned", "offered")
        for _ in range(2):
            signed_in(second).post(reverse("allocation:confirmation", args=[theirs.claim_id]))
        assert state(theirs) == "confirmed"

    def test_give_a_part_back_where_it_was_got_alone(self, monkeypatch):
        pool, account = make_pool(), make_account()
        mine = claim(pool, account)
        monkeypatch.setattr(subjects, "_pages", {"test": lambda subject_id: f"/it/{subject_id}/"})
        monkeypatch.setattr(subjects, "PAGES", subjects._pages)
        page = shown(pool, account)
        assert f"/it/{pool.subject.split(':')[1]}/" in page
        signed_in(account).post(reverse("allocation:leaving", args=[mine.claim_id]))
        assert state(mine) == "confirmed"

    def test_nothing_with_what_is_somebody_elses(self):
        pool = make_pool(confirm_minutes=5)
        theirs = claim(pool, make_account())
        stranger = signed_in(make_account())
        for act in ("confirmation", "leaving"):
            answer = stranger.post(reverse(f"allocation:{act}", args=[theirs.claim_id]))
            assert answer.status_code == 404
        assert state(theirs) == "held"

    def test_see_everything_they_asked_for(self, django_assert_max_num_queries):
        account = make_account()
        for number in range(3):
            claim(make_pool(name=f"清凉券{number}"), account)
        browser = signed_in(account)
        browser.get(reverse("allocation:mine"))
        with django_assert_max_num_queries(12):
            page = browser.get(reverse("allocation:mine")).content.decode()
        assert all(f"清凉券{number}" in page for number in range(3))


def test_asking_again_costs_no_more_the_longer_the_line(django_assert_num_queries):
    pool, account = make_pool(supply=0, has_waiting_list=True), make_account()
    for _ in range(5):
        claim(pool, make_account())
    claim(pool, account)
    found = selectors.access_pool(pool.pk)
    with django_assert_num_queries(4):
        line = selectors.read_line(found, account, now=clock.now())
    assert (line.place, line.waiting) == (6, 6)
