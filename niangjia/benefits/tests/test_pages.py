"""Benefits as people meet them on pages: one who gives, one who has, one at the till."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from niangjia.allocation.rules import codes
from niangjia.allocation.tests.factories import make_draft
from niangjia.benefits.models import Benefit, Coupon, Merchant, Redemption, Shop
from niangjia.benefits.rules.merchant_lists import HEADINGS, Row
from niangjia.benefits.services import import_merchants
from niangjia.benefits.services.showing import key_of
from niangjia.benefits.tests.factories import make_coupon, make_shop, make_town, make_uscc
from niangjia.core import clock, outbox, sheets
from niangjia.core.tests.costs import costs
from niangjia.members.models import Role
from niangjia.members.rules import phones
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, signed_in
from niangjia.members.tests.factories.joining import make_membership

pytestmark = pytest.mark.django_db
DESK = "/desk/benefits/"


@pytest.fixture
def town():
    return make_town(is_partial=True)


@pytest.fixture
def officer(town):
    return signed_in(make_post(union=town.post.union, role=Role.MEMBERSHIP_OFFICER).account)


@pytest.fixture
def till(town):
    return signed_in(town.manager.account)


def text(response) -> str:
    return response.content.decode()


def code_of(coupon: Coupon) -> str:
    """What the holder's phone shows now."""
    step = codes.step_at(clock.now())
    return f"{coupon.number} {codes.digits_at(key_of(coupon), step)}"


def sale(coupon: Coupon, **typed):
    return {"code": code_of(coupon), "bill": "8.50", "amount": "", "key": "k" * 12} | typed


class TestWorker:
    def test_from_the_list_to_the_code(self, town):
        account = make_account()
        browser = signed_in(account)
        page = text(browser.get("/benefits/?all=on"))
        assert town.benefit.name in page
        there = reverse("benefits:benefit", args=[town.benefit.number])
        assert town.shop.name in text(browser.get(there))
        claim = reverse("allocation:claim", args=[town.benefit.pool_id])
        assert claim in text(browser.get(there))
        for _twice in range(2):
            assert browser.post(claim, {"idempotency_key": "a" * 32}).status_code == 302
        waiting = browser.get(reverse("allocation:pool", args=[town.benefit.pool_id]))
        assert there in text(waiting), "the page one waits on leads back"
        assert "正在生成" in text(browser.get(there))
        outbox.deliver_pending()
        coupon = Coupon.objects.get()
        card = text(browser.get(reverse("benefits:coupon", args=[coupon.number])))
        step = codes.step_at(clock.now())
        digits = {codes.digits_at(key_of(coupon), each) for each in (step, step - 1)}
        assert any(f"{each[:3]} {each[3:]}" in card for each in digits)
        assert coupon.number in text(browser.get("/benefits/mine/"))

    def test_a_visitor_is_led_to_sign_in_and_back_here(self, town, client):
        there = reverse("benefits:benefit", args=[town.benefit.number])
        for page in (there, reverse("allocation:pool", args=[town.benefit.pool_id])):
            assert f"/account/login/?next={there}" in text(client.get(page))

    def test_what_stands_against_it_is_said_before_and_after(self):
        town = make_town(pool=make_draft(member_days=30))
        browser = signed_in(make_account())
        there = reverse("benefits:benefit", args=[town.benefit.number])
        said = text(browser.get(there))
        assert "这是给工会会员的" in said
        assert reverse("organisations:find") in said

    def test_somebody_elses_coupon_is_not_there(self, town):
        coupon = make_coupon(town.benefit)
        got = signed_in(make_account()).get(reverse("benefits:coupon", args=[coupon.number]))
        assert got.status_code == 404

    def test_given_back_from_the_page(self, town):
        coupon = make_coupon(town.benefit)
        there = reverse("benefits:return", args=[coupon.number])
        signed_in(coupon.account).post(there)
        assert Coupon.objects.get().state == "returned"

    def test_queries(self, town):
        account = make_membership(union=town.post.union).person.account
        coupon = make_coupon(town.benefit, account)
        pages = {
            "/benefits/": 6,
            reverse("benefits:benefit", args=[town.benefit.number]): 10,
            "/benefits/mine/": 5,
            reverse("benefits:coupon", args=[coupon.number]): 7,
        }
        assert costs(signed_in(account), pages) == pages


class TestTill:
    def test_the_code_on_the_phone_pays(self, town, till):
        coupon = make_coupon(town.benefit)
        there = reverse("benefits:till", args=[town.shop.number])
        done = till.post(there, sale(coupon), follow=True)
        assert "8.50" in text(done)
        assert Redemption.objects.get().amount_fen == 850

    def test_the_camera_takes_what_a_coupon_shows_and_no_member_card(self, town, till):
        coupon = make_coupon(town.benefit)
        page = text(till.get(reverse("benefits:till", args=[town.shop.number])))
        takes = re.search(r'data-takes="([^"]+)"', page)[1]
        step = codes.step_at(clock.now())
        shown = codes.code_at(coupon.claim_id, key_of(coupon), step)
        assert re.search(takes, shown)[1] == shown
        assert not re.search(takes, reverse("members:check", args=[shown]))

    def test_a_photographed_code_pays_nothing_more(self, town, till):
        coupon = make_coupon(town.benefit)
        there = reverse("benefits:till", args=[town.shop.number])
        typed = sale(coupon, bill="1")
        till.post(there, typed)
        again = till.post(there, typed | {"key": "z" * 12})
        assert again.status_code == 422
        assert "已经用过" in text(again)
        assert Redemption.objects.count() == 1

    def test_whoever_never_said_a_name_is_called_by_their_number(self, town, till):
        page = text(till.get(reverse("benefits:till_people", args=[town.shop.number])))
        assert phones.masked(town.cashier.account.phone) in page

    def test_an_old_code_and_a_wrong_amount_are_told_beside_their_fields(self, town, till):
        coupon = make_coupon(town.benefit)
        there = reverse("benefits:till", args=[town.shop.number])
        with clock.stopped_at(clock.now() - dt.timedelta(minutes=5)):
            old = code_of(coupon)
        page = till.post(there, sale(coupon, code=old, bill="八块"))
        assert page.status_code == 422
        assert "请按元填写金额" in text(page)
        page = text(till.post(there, sale(coupon, code=old)))
        assert "已经失效" in page
        assert 'value="8.50"' in page, "what was typed is still there"

    def test_guessing_is_throttled(self, town, till):
        there = reverse("benefits:till", args=[town.shop.number])
        coupon = make_coupon(town.benefit)
        for number in range(20):
            till.post(there, sale(coupon, code=f"{coupon.number} {number:06}"))
        page = till.post(there, sale(coupon))
        assert page.status_code == 422
        assert not Redemption.objects.exists()

    def test_taking_back_and_ending_a_cashier(self, town, till):
        bought = town.buy(make_coupon(town.benefit), 500)
        there = reverse("benefits:refund", args=[bought.pk])
        typed = {"amount": "9", "reason": "退货", "key": "r" * 12}
        assert till.post(there, typed).status_code == 422
        assert till.post(there, typed | {"amount": "2"}).status_code == 302
        assert bought.refunds.get().amount_fen == 200
        assert "最多可退 3 元" in text(till.get(there))
        till.post(reverse("benefits:till_end", args=[town.cashier.pk]))
        gone = signed_in(town.cashier.account)
        assert gone.get(reverse("benefits:till", args=[town.shop.number])).status_code == 404

    def test_a_link_is_shown_once_and_taken(self, town, till):
        people = reverse("benefits:till_people", args=[town.shop.number])
        page = text(till.post(people))
        token = page.split("/till/invitations/")[1].split("/")[0]
        assert token not in text(till.get(people))
        somebody = signed_in(make_account())
        somebody.post(reverse("benefits:till_invitation", args=[token]))
        assert somebody.get("/till/").status_code == 302


def typed_draft(budget, **fields):
    now = clock.now().astimezone(clock.CHINA)

    def moment(days):
        return (now + dt.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")

    return {
        "kind": "meal_aid",
        "name": "助餐券",
        "words": "到合作餐厅就餐抵 15 元。",
        "budget": str(budget.pk),
        "supply": "20",
        "face": "15",
        "opens_at": moment(-1),
        "closes_at": moment(5),
        "mode": "first_come",
        "per_person": "1",
        "valid_from": moment(-1),
        "valid_until": moment(9),
    } | fields


class TestDesk:
    def test_drafted_looked_at_published(self, town, officer):
        new = f"{DESK}new/{town.post.union.number}/"
        wrong = officer.post(new, typed_draft(town.budget, face="十五"))
        assert wrong.status_code == 422
        assert "助餐券" in text(wrong), "nothing typed is lost"
        made = officer.post(new, typed_draft(town.budget, kinds="outdoors"), follow=True)
        assert "20" in text(made)
        assert "户外作业的会员" in text(made), "for whom, before it is published"
        benefit = Benefit.objects.get(name="助餐券")
        changed = typed_draft(town.budget, supply="30")
        officer.post(f"{DESK}{benefit.number}/draft/", changed)
        officer.post(f"{DESK}{benefit.number}/publication/")
        benefit.refresh_from_db()
        assert (benefit.state, benefit.supply) == ("published", 30)
        assert officer.post(f"{DESK}{benefit.number}/draft/", changed).status_code == 422

    def test_too_little_budget_is_told(self, town, officer):
        officer.post(
            f"{DESK}new/{town.post.union.number}/", typed_draft(town.budget, supply="99999")
        )
        benefit = Benefit.objects.get(name="助餐券")
        page = officer.post(f"{DESK}{benefit.number}/publication/")
        assert page.status_code == 422
        assert "这笔预算还剩" in text(page)

    def test_a_list_goes_in_whole_or_not_at_all_and_out_again(self, town, officer):
        good = [
            "示范书店",
            make_uscc(901),
            "图书",
            "一店",
            "",
            "书店路 1 号",
            "120.07",
            "29.30",
            "",
        ]
        bad = [*good[:3], "二店", "", "书店路 2 号", "29.30", "120.07", ""]
        there = f"{DESK}merchants/import/"

        def send(*rows):
            content = b"".join(sheets.csv_lines([HEADINGS, *rows]))
            sent = {"union": town.post.union.number, "sheet": SimpleUploadedFile("a.csv", content)}
            return officer.post(there, sent)

        refused = send(good, bad)
        page = text(officer.get(refused.url))
        assert "2 行中有 1 行有误" in page
        assert "第 3 行" in page
        assert not Merchant.objects.filter(name="示范书店").exists()
        assert "新增商户 1 家" in text(officer.get(send(good).url))
        assert "另有 1 家原来就有" in text(officer.get(send(good).url))
        assert Shop.objects.filter(merchant__name="示范书店").count() == 1
        out = b"".join(officer.get(f"{DESK}merchants/sheet/")).decode()
        assert "书店路 1 号" in out

    def test_ten_thousand_rows_take_a_few_statements(self, town, officer):
        """A few here, and as many statements as for any number: nothing is asked row by row."""

        def rows(count):
            return [
                Row(n, f"商户{n}", make_uscc(5000 + n), "", "一店", "", f"{n} 号", None, None, "")
                for n in range(2, 2 + count)
            ]

        def asks(count):
            with CaptureQueriesContext(connection) as queries:
                done = import_merchants(
                    by=town.post, union=town.post.union, rows=rows(count), now=clock.now()
                )
            return len(queries), (done.merchants, done.shops, done.known)

        few, first = asks(2)
        more, second = asks(40)
        assert more == few
        assert (first, second) == ((2, 2, 0), (38, 38, 2))

    def test_the_books_are_added_up_on_request_alone(self, town, officer):
        """They sum all there ever was; the list of statements is opened all day."""
        town.buy(make_coupon(town.benefit), 500)
        there = f"{DESK}statements/"
        assert costs(officer, {there: 0, f"{there}?books=on": 0}) == {
            there: 5,
            f"{there}?books=on": 6,
        }
        assert "账目相符" in text(officer.get(f"{there}?books=on"))

    def test_every_page_opens_and_its_queries(self, town, officer):
        town.buy(make_coupon(town.benefit), 500)
        make_shop(town.post, town.merchant)
        pages = {
            DESK: 4,
            f"{DESK}{town.benefit.number}/": 7,
            f"{DESK}budgets/": 4,
            f"{DESK}budgets/{town.budget.pk}/": 6,
            f"{DESK}merchants/": 4,
            f"{DESK}merchants/{town.merchant.number}/": 5,
            f"{DESK}statements/": 5,
            f"{DESK}signals/": 4,
            f"{DESK}coupons/?number={Coupon.objects.get().number}": 6,
        }
        assert costs(officer, pages) == pages
