"""Whom stations reach of a union's own members, where it stands for no division."""

import pytest

from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.members.tests.factories.joining import make_membership
from niangjia.organisations.models import Kind, Union
from niangjia.organisations.tests.factories import make_union
from niangjia.places.selectors.own_coverage import find_own
from niangjia.places.tests.demand import MONDAY, cell_at, make_county, measure
from niangjia.places.tests.factories import make_place

pytestmark = pytest.mark.django_db


def works(division, col, line, count, **fields):
    """A union of some members with its office in a cell."""
    union = make_union(division=division, **fields)
    Union.objects.filter(pk=union.pk).update(**cell_at(col, line))
    for _ in range(count):
        make_membership(union=union)
    union.refresh_from_db()
    return union


@pytest.fixture
def trade():
    """An industrial union with works in two counties: one beside a station that is open by day, one
    beside none; drivers below it, and a works of nobody's concern."""
    near, far = make_county("330782"), make_county("330783")
    trade = make_union("五金产业工会", kind=Kind.INDUSTRIAL, division=near.parent)
    Union.objects.filter(pk=trade.pk).update(industry_path="T/")
    served, unserved = works(near, 0, 0, 30), works(far, 40, 0, 10)
    drivers = works(near, 0, 0, 9, admits_directly=["driver"])
    for n, union in enumerate((served, unserved, drivers)):
        Union.objects.filter(pk=union.pk).update(industry_path=f"T/{n}/", industry_parent=trade)
    works(near, 0, 0, 50)
    make_place(served, now=MONDAY, hours="Mo-Su 06:00-18:00", **cell_at(0, 0))
    measure()
    trade.refresh_from_db()
    return trade, served, unserved


def test_an_industrial_union_counts_its_own_in_whatever_county(trade):
    trade, served, unserved = trade
    measured = find_own(trade)
    assert (measured.week.total, measured.unplaced, measured.divisions) == (40, 0, 2)
    # Three quarters are reached in half of the hours.
    assert measured.week.share_in("all") == 37
    assert measured.week.share_in("night") == 0
    assert [(each.number, each.week.share_in("all")) for each in measured.worst("all")] == [
        *((served.number, 50), (unserved.number, 0)),
    ]
    assert [each.number for each in measured.worst("day")] == [unserved.number, served.number]
    assert find_own(unserved).week.share_in("all") == 0


def test_of_fewer_than_eight_nothing_is_counted(trade):
    few = works(make_county("330782"), 0, 0, 7)
    measure()
    assert find_own(few) is None
    page = officer_client(make_post(union=few)).get("/desk/places/coverage/")
    assert "人数太少不统计" in page.content.decode()


def test_page_and_operation_say_it_of_unions_and_not_of_federations(trade):
    trade, _served, unserved = trade
    officer = officer_client(make_post(union=trade))
    text = officer.get("/desk/places/coverage/").content.decode()
    assert "五金产业工会的会员在哪儿上班" in text
    assert unserved.name in text
    answer = officer.get(f"/api/v1/desk/coverage/{trade.number}?window=day").json()
    assert (answer["total"], answer["share"], len(answer["hours"])) == (40, 56, 168)
    assert answer["worst"][0]["union"] == unserved.number
    county = make_union("义乌市总工会", kind=Kind.FEDERATION, division=make_county("330782"))
    officer = officer_client(make_post(union=county))
    assert "的会员在哪儿上班" not in officer.get("/desk/places/coverage/").content.decode()
    assert officer.get(f"/api/v1/desk/coverage/{county.number}").json()["total"] is None
    assert officer.get(f"/api/v1/desk/coverage/{trade.number}").status_code == 404
