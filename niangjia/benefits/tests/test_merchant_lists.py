"""Long lists of merchants: entered some rows at a time, watched, and gone on with after a crash."""

import pytest

from niangjia.benefits import services, tasks
from niangjia.benefits.models import Merchant, MerchantImport, Shop
from niangjia.benefits.rules.merchant_lists import BadRows, Row
from niangjia.benefits.selectors.shops import ShopQuestion, find_shops
from niangjia.benefits.services import merchant_lists
from niangjia.benefits.tests.factories import make_uscc
from niangjia.core import clock
from niangjia.core.errors import Conflict
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.models import Status
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(db, monkeypatch):
    """An officer; ten rows at a time."""
    monkeypatch.setattr(merchant_lists, "STEP", 10)
    return make_post(union=make_union())


def rows(count):
    return [
        Row(n, f"商户{n}", make_uscc(7000 + n), "餐饮", "一店", "", f"{n} 号", 120.07, 29.3, "")
        for n in range(2, 2 + count)
    ]


def begin(post, count):
    return services.import_merchants(by=post, union=post.union, rows=rows(count), now=clock.now())


def test_the_first_rows_at_once_the_others_in_the_background(post):
    made = begin(post, 25)
    assert (made.done, made.total, made.finished_at, len(made.rows)) == (10, 25, None, 15)
    assert tasks.go_on_importing(str(made.pk)) == 15
    made.refresh_from_db()
    assert (made.merchants, made.shops, made.known, made.percent) == (25, 25, 0, 100)
    assert (made.rows, made.finished_at is None) == ([], False)
    assert tasks.go_on_importing(str(made.pk)) == 0
    near = find_shops(ShopQuestion(Position(120.07, 29.3)))
    assert len(near) == 20, "found by the search at once"


def test_whoever_dies_in_between_goes_on_there_and_again_is_no_double(post, monkeypatch):
    made = begin(post, 25)
    real = merchant_lists.add_shops

    def die(*given):
        real(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(merchant_lists, "add_shops", die)
    with pytest.raises(KeyboardInterrupt):
        services.go_on_importing(import_id=made.pk, now=clock.now())
    monkeypatch.setattr(merchant_lists, "add_shops", real)
    assert Shop.objects.count() == 10, "what died left nothing"
    tasks.go_on_importing(str(made.pk))
    again = begin(post, 25)
    tasks.go_on_importing(str(again.pk))
    again.refresh_from_db()
    assert (again.merchants, again.shops, again.known) == (0, 0, 25)
    assert (Merchant.objects.count(), Shop.objects.count()) == (25, 25)


def test_one_wrong_row_far_down_keeps_all_out_and_says_which(post):
    wrong = [
        *rows(24),
        Row(99, "坏", "123", "", "一店", "", "号", None, None, ""),
    ]
    with pytest.raises(BadRows) as refused:
        services.import_merchants(by=post, union=post.union, rows=wrong, now=clock.now())
    assert [fault.number for fault in refused.value.faults] == [99]
    assert not MerchantImport.objects.exists()
    assert not Merchant.objects.exists()


def test_one_sees_how_far_it_has_come(post):
    made, desk = begin(post, 25), officer_client(post)
    there = f"/desk/benefits/merchants/import/{made.pk}/"
    page = desk.get(there).content.decode()
    assert "10 / 25" in page
    assert 'hx-trigger="every 2s"' in page
    part = desk.get(there, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    api = f"/api/v1/desk/benefits/merchant-lists/{made.pk}"
    assert (desk.get(api).json()["done"], desk.get(api).json()["finished_at"]) == (10, None)
    tasks.go_on_importing(str(made.pk))
    assert "every 2s" not in desk.get(there).content.decode()
    assert desk.get(api).json()["finished_at"]


def test_a_union_that_is_dissolved_takes_no_list(post):
    post.union.status, post.union.dissolved_date = Status.DISSOLVED, clock.today()
    post.union.save()
    with pytest.raises(Conflict):
        begin(post, 1)
