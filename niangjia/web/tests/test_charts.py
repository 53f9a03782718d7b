"""What the national page's charts say."""

import pytest
from django.urls import reverse
from django.utils import translation

from niangjia.members.rules.small_cells import SMALL_CELL
from niangjia.members.selectors import nation as selectors
from niangjia.members.tests.factories.joining import MONDAY, make_chain, make_membership
from niangjia.organisations.models import Kind
from niangjia.organisations.tests.factories import make_union
from niangjia.web.views import charts
from niangjia.web.views.nation import groups


def rows(*members):
    figures = (selectors.Figures({}, count, 0, 0, 0, None) for count in members)
    return [selectors.Row("1", "省", Kind.FEDERATION, "330000", each) for each in figures]


@pytest.mark.parametrize(
    ("members", "half"),
    [((10,), 1), ((10, 10), 1), ((4, 3, 3), 2), ((5, 5, 5, 5, 5), 3), ((97, 1, 1, 1), 1)],
)
def test_the_map_says_in_how_few_places_half_of_the_members_are(members, half):
    with translation.override("zh-hans"):
        said = charts.concentration(rows(*members))
    assert said == f"一半会员集中在 {half} 个地区（共 {len(members)} 个）"


def make_members(union):
    """More than are hidden as too few."""
    for _ in range(SMALL_CELL + 1):
        make_membership(union=union)


@pytest.mark.django_db
def test_industrial_unions_stand_apart_and_are_no_bars():
    root = make_chain()[0].parent
    railways = make_union("中华全国铁路总工会", kind=Kind.INDUSTRIAL, parent=root)
    make_membership(union=make_union(parent=railways))
    found = selectors.read_nation(None, now=MONDAY)
    (_places, provinces), (_industrial, industrial) = groups(found)
    assert [row.name for row in provinces] == ["浙江省总工会"]
    assert [row.name for row in industrial] == ["中华全国铁路总工会"]
    assert charts.charts(found, MONDAY) == [], "no place has a member yet"


@pytest.mark.django_db
def test_below_a_union_of_industries_alone_they_are_the_bars():
    root = make_chain()[0].parent
    railways = make_union("中华全国铁路总工会", kind=Kind.INDUSTRIAL, parent=root)
    branch = make_union("沪杭铁路工会", kind=Kind.INDUSTRIAL, parent=railways)
    make_members(make_union(parent=branch))
    found = selectors.read_nation(railways.number, now=MONDAY)
    bars = charts.charts(found, MONDAY)[-1]
    assert [point.name for point in bars.points] == ["沪杭铁路工会"]


@pytest.mark.django_db
def test_the_drawn_figures_come_before_the_table(client):
    make_members(make_chain()[3])
    page = client.get(reverse("web:nation")).content.decode()
    assert page.index('id="shades"') < page.index('id="bars"') < page.index('id="right-below"')
