"""Long lists of merchants: entered some rows at a time, watched, and gone on with after a crash."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from niangjia.benefits import services, tasks
from niangjia.benefits.models import Merchant, MerchantImport, Shop
from niangjia.benefits.rules import merchant_lists as merchant_lists_rules
from niangjia.benefits.rules.merchant_lists import HEADINGS, BadRows, Row
from niangjia.benefits.selectors.shops import ShopQuestion, find_shops
from niangjia.benefits.services import merchant_lists
from niangjia.benefits.tests.factories import make_uscc
from niangjia.core import clock, sheets
from niangjia.core.errors import Conflict
from niangjia.core.files import tables
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.models import Status
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.tests.factories import make_division, make_union

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


WRONG = [
    ["坏一家", "123", "", "一店", "", "某街 9 号", "", "", ""],
    ["没写号", "", "", "一店", "", "某街 9 号", "", "", ""],
    ["远一家", make_uscc(6999), "", "一店", "没有这个县", "某街 9 号", "", "", ""],
]


def send(desk, post, table):
    content = b"".join(sheets.csv_lines(table))
    given = {"union": post.union.number, "sheet": SimpleUploadedFile("a.csv", content)}
    return desk.post("/desk/benefits/merchants/import/", given).url


def good(count):
    return [
        [f"商户{n}", make_uscc(7000 + n), "餐饮", "一店", "", f"{n} 号", "120.07", "29.3", ""]
        for n in range(count)
    ]


def test_a_refused_sheet_comes_back_wrong_rows_first_and_goes_in_once_mended(post):
    desk = officer_client(post)
    there = send(desk, post, [HEADINGS, [], *good(3), *WRONG])
    page = desk.get(there).content.decode()
    assert "6 行中有 3 行有误" in page
    assert "第 6 行" in page, "as a spreadsheet counts, the empty row too"
    back = tables.csv_rows(b"".join(desk.get(f"{there}sheet/")))
    assert back[0] == [merchant_lists_rules.WRONG, *HEADINGS]
    assert [row[1:] for row in back[1:4]] == WRONG, "what could not be read among them"
    assert all(row[0] for row in back[1:4])
    assert not any(row[0] for row in back[4:])
    for row, code in zip(back[1:4], (6997, 6998, 6999), strict=True):
        row[2], row[5] = make_uscc(code), ""
    mended = send(desk, post, back)
    assert "6 家" in desk.get(mended).content.decode()
    assert b"".join(desk.get(f"{mended}sheet/")) == "\ufeff".encode()


def test_however_many_places_are_named_they_are_looked_up_at_once(
    post, django_assert_max_num_queries
):
    """Known, unknown and shared names among them: each row is told its own."""
    known = [make_division(f"甲乙{n}县") for n in range(3)]
    make_division("双名区")
    make_division("双名区")
    named = ["双名区", *(f"没有{n}县" for n in range(200)), *(each.name for each in known)]
    asked = [replace(row, place=place) for row, place in zip(rows(len(named)), named, strict=True)]
    with django_assert_max_num_queries(9), pytest.raises(BadRows) as refused:
        services.import_merchants(by=post, union=post.union, rows=asked, now=clock.now())
    words = [fault.words for fault in refused.value.faults]
    assert "双名区" in words[0]
    assert words[1:] == [words[1]] * 200
    assert "某省某市某县" in words[1]
    services.import_merchants(by=post, union=post.union, rows=asked[-3:], now=clock.now())
    lie = Shop.objects.order_by("address").values_list("division__name", flat=True)
    assert list(lie) == [each.name for each in known]


def test_refused_lists_are_forgotten_and_the_newest_takes_the_place_of_the_last(post):
    desk, other = officer_client(post), make_post(union=post.union)
    first = send(desk, post, [HEADINGS, *WRONG])
    theirs = send(officer_client(other), other, [HEADINGS, *WRONG])
    second = send(desk, post, [HEADINGS, *WRONG[:1]])
    assert [desk.get(each).status_code for each in (first, theirs, second)] == [404, 200, 200]
    begin(post, 1)
    later = clock.now() + dt.timedelta(days=merchant_lists.REFUSED_DAYS + 1)
    assert services.forget_refused(now=clock.now()) == 0
    assert services.forget_refused(now=later) == 2
    assert MerchantImport.objects.count() == 1, "what was entered is remembered"
