"""The pages of scores: for everybody, and at the desk."""

import datetime as dt

import pytest
from django.test import Client

from niangjia.core import clock
from niangjia.feedback.tests.factories import (
    invite,
    make_order,
    rate,
    take,
    to_review,
)
from niangjia.members.tests.factories.desk import officer_client

pytestmark = pytest.mark.django_db

CHINESE = {"HTTP_ACCEPT_LANGUAGE": "zh-hans"}
SCORE_QUERIES = 8
#: Closed, and so told of.
LAST_MONTH = dt.datetime(2026, 10, 10, 4, 0, tzinfo=dt.UTC)


def text(response):
    return response.content.decode()


def rated(office, level=5, now=LAST_MONTH):
    rate(invite(office, now=now).invitation, level=level, now=now)


def test_whoever_looks_before_and_after_somebody_rated_sees_the_same(office):
    """Neither today's voice is told nor, next month, those of a month with few of them."""
    for _number in range(19):
        rated(office)
    page = f"/scores/{office.union.number}/"
    before = text(Client(**CHINESE).get(page))
    rated(office, level=1, now=clock.now())
    assert text(Client(**CHINESE).get(page)) == before
    with clock.stopped_at(clock.now() + dt.timedelta(days=32)):
        after = text(Client(**CHINESE).get(page))
    assert "4.7" in before
    assert "4.7" in after
    assert "10+" in after
    assert "20+" not in after


def test_what_one_person_used_makes_no_line_anywhere(office):
    """A union, a month and a service whose first voice is told would say that somebody there had
    it: the page of a month later is the page of today, and one for a service nobody had."""
    pages = [
        f"/scores/{office.union.number}/",
        f"/scores/{office.county.union.number}/",
        f"/scores/{office.union.number}/wage-arrears/",
    ]
    invite(office, now=LAST_MONTH)
    before = [text(Client(**CHINESE).get(page)) for page in pages]
    rated(office)
    assert [text(Client(**CHINESE).get(page)) for page in pages] == before


def test_a_score_from_ten_ratings_on(office):
    for _number in range(9):
        rated(office)
    page = f"/scores/{office.union.number}/"
    assert f'href="{page}"' in text(Client().get(f"/unions/{office.union.number}/"))
    assert "不足 10 次" in text(Client(**CHINESE).get(page))
    rated(office)
    shown = text(Client(**CHINESE).get(page))
    assert "10+" in shown
    assert "4.6" in shown
    above = text(Client(**CHINESE).get(f"/scores/{office.county.union.number}/"))
    assert office.union.name in above
    item = text(Client(**CHINESE).get(f"{page}wage-arrears/"))
    assert "欠薪维权帮助" in item
    assert Client().get("/scores/123/").status_code == 404
    assert Client().get(f"{page}nothing/").status_code == 200


def test_at_the_desk_the_same_with_links_within_it(office):
    for _number in range(10):
        rated(office)
    client = officer_client(office.county, **CHINESE)
    shown = text(client.get("/desk/ratings/scores/"))
    assert office.county.union.name in shown
    for there in (
        f"/desk/ratings/scores/{office.union.number}/",
        f"/desk/ratings/scores/{office.county.union.number}/?item=wage-arrears",
        f"/scores/{office.county.union.number}/",
    ):
        assert f'href="{there}"' in shown
        assert "10+" in text(client.get(there))
    assert client.get(f"/desk/ratings/scores/{office.city.union.number}/").status_code == 404


def test_the_trend_is_drawn_and_stands_in_a_table_with_counts_and_intervals(office):
    for month, level in ((9, 3), (10, 5)):
        for _number in range(10):
            rated(office, level, now=LAST_MONTH.replace(month=month))
    page = text(Client(**CHINESE).get(f"/scores/{office.union.number}/"))
    assert 'data-kind="line"' in page
    table = page[page.index('id="by-month"') :]
    for month in ("2026-09", "2026-10"):
        row = table[table.index(month) :]
        assert "10+" in row[: row.index("</tr>")]
        assert "–" in row[: row.index("</tr>")]


def test_a_published_answer_stands_on_the_score_page(office):
    order = to_review(office, make_order(office, words="等了三周", may_be_shown=True))
    page = f"/scores/{office.county.union.number}/"
    assert "等了三周" not in text(Client().get(page))
    take(office.county, order, "approval", public_answer="已补办并致歉。")
    shown = text(Client().get(page))
    assert "等了三周" in shown
    assert "已补办并致歉。" in shown


def test_queries_of_a_score(office, django_assert_num_queries):
    for _number in range(10):
        rated(office)
    visitor = Client()
    visitor.get(f"/scores/{office.union.number}/")
    rated(office)
    with django_assert_num_queries(SCORE_QUERIES):
        visitor.get(f"/scores/{office.union.number}/")
