import pytest
from opening_hours import OpeningHours
from stdnum.cn import uscc

from niangjia.core import clock
from niangjia.operations.demo.unions import Maker, make_unions
from niangjia.organisations import selectors
from niangjia.organisations.models import Employer, Kind, Origin, Union, WorkerKind
from niangjia.regions import services as regions
from niangjia.regions.models import Level
from tests.database import kept_for_the_module

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        regions.load_divisions()
        yield make_unions(now=clock.now())


def test_it_is_the_size_of_the_real_thing_and_marked_as_made_up(demo):
    assert 1_900 < len(demo) < 2_400
    assert {union.origin for union in demo} == {Origin.DEMO}
    assert set(Employer.objects.values_list("origin", flat=True)) == {Origin.DEMO}
    assert {union.kind for union in demo} == {Kind.GRASSROOTS, Kind.JOINT, Kind.GROUP}
    yiwu = Union.objects.get(name="义乌市总工会")
    figures = selectors.figures(yiwu)
    assert figures["unions:grassroots"] > 200
    assert figures["unions:federation"] == 11


def test_couriers_of_yiwu_find_a_union(demo):
    union = Union.objects.get(name="义乌市快递行业联合工会")
    assert union.admits_directly == [WorkerKind.COURIER]
    assert union.parent.name == "义乌市总工会"


def test_what_it_says_is_well_formed(demo):
    for union in demo:
        if union.opening_hours:
            OpeningHours(union.opening_hours)
        if union.uscc:
            assert uscc.is_valid(union.uscc), union.uscc
            assert union.uscc.startswith("81")
    companies = [union for union in demo if union.kind == Kind.GRASSROOTS]
    assert all(union.uscc and union.phone and union.address for union in companies)
    assert len({(union.longitude, union.latitude) for union in companies}) == len(companies)
    assert all(uscc.is_valid(code) for code in Employer.objects.values_list("uscc", flat=True))


def test_some_terms_are_about_to_end_and_some_have_ended(demo):
    days = [(u.committee_ends_date - clock.today()).days for u in demo if u.committee_ends_date]
    assert any(day < 0 for day in days)
    assert any(0 <= day <= 60 for day in days)


def test_it_is_made_once_and_the_same_every_time(demo):
    assert make_unions(now=clock.now()) == []
    again = list(Maker(clock.now()).drafts())
    assert [draft.name for draft in again] == [union.name for union in demo]
    assert [draft.details.get("longitude") for draft in again] == [u.longitude for u in demo]


def test_townships_come_along(demo):
    assert Union.objects.get(name="义乌市稠城街道总工会").division.level == Level.TOWNSHIP
