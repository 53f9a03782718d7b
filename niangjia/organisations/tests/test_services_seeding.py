import pytest

from niangjia.core import clock, ids
from niangjia.organisations import selectors, services
from niangjia.organisations.models import FigureChange, Kind, Origin, Tree, Union, WorkerKind
from niangjia.organisations.rules.federations import INDUSTRIES
from niangjia.regions import services as regions
from tests.database import kept_for_the_module

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        regions.load_divisions()
        yield services.plant_federations(now=clock.now())


def parent_of(name: str) -> str:
    return Union.objects.get(name=name).parent.name


def test_the_whole_country_has_its_federations(seeded):
    federations = Union.objects.filter(kind=Kind.FEDERATION)
    assert 3_150 < federations.count() < 3_300
    assert not Union.objects.exclude(origin=Origin.SEED).exists()
    assert Union.objects.filter(depth=0).get().name == "中华全国总工会"
    assert parent_of("浙江省总工会") == "中华全国总工会"
    assert parent_of("义乌市总工会") == "金华市总工会"
    assert parent_of("杭州市西湖区总工会") == "杭州市总工会"
    assert parent_of("南昌市西湖区总工会") == "南昌市总工会"
    assert parent_of("上海市浦东新区总工会") == "上海市总工会"
    assert parent_of("新疆维吾尔自治区总工会") == "中华全国总工会"
    assert parent_of("恩施土家族苗族自治州总工会") == "湖北省总工会"
    assert parent_of("仙桃市总工会") == "湖北省总工会"
    assert parent_of("城口县总工会") == "重庆市总工会"
    assert parent_of("石河子市总工会") == "新疆维吾尔自治区总工会"


def test_rungs_and_places_without_a_federation_have_none(seeded):
    assert not Union.objects.filter(name__contains="市辖区").exists()
    assert not Union.objects.filter(name__contains="直辖县级").exists()
    assert not Union.objects.filter(division_id__in=["710000", "810000", "820000"]).exists()


def test_numbers_paths_and_figures_hold(seeded):
    assert all(ids.check_digit_holds(union.number) for union in seeded)
    assert all(union.number.startswith(union.division_id[:6]) for union in seeded)
    root = Union.objects.get(depth=0)
    assert selectors.figures(root) == {
        "unions:federation": Union.objects.filter(kind=Kind.FEDERATION).count(),
        "unions:industrial": Union.objects.filter(kind=Kind.INDUSTRIAL).count(),
    }
    assert not FigureChange.objects.exists()


def test_workers_are_admitted_at_the_county_and_below(seeded):
    def admits(name: str) -> list[str]:
        return Union.objects.get(name=name).admits_directly

    assert WorkerKind.COURIER in admits("义乌市总工会")
    assert WorkerKind.COURIER in admits("东莞市总工会")
    assert admits("金华市总工会") == admits("浙江省总工会") == admits("上海市总工会") == []


def test_the_industrial_tree_lies_beside_the_territorial_one(seeded):
    assert Union.objects.filter(kind=Kind.INDUSTRIAL, depth=1).count() == len(INDUSTRIES) == 10
    union = Union.objects.get(name="浙江省教科文卫体工会")
    assert union.parent.name == "浙江省总工会"
    assert union.industry_parent.name == "中国教科文卫体工会"
    assert union.industry_path.startswith(union.industry_parent.industry_path)
    industry = selectors.figures(union.industry_parent, tree=Tree.INDUSTRY)
    assert industry == {"unions:industrial": 32}


def test_planting_again_adds_nothing(seeded):
    assert services.plant_federations(now=clock.now()) == []


def test_townships_get_theirs_when_they_are_there(seeded):
    regions.load_divisions([("330782001", "稠城街道", None), ("441900119", "长安镇", None)])
    founded = services.plant_federations(now=clock.now(), townships=True)
    assert {union.name for union in founded} == {"义乌市稠城街道总工会", "东莞市长安镇总工会"}
    assert parent_of("义乌市稠城街道总工会") == "义乌市总工会"
    assert selectors.figures(Union.objects.get(name="义乌市总工会")) == {"unions:federation": 2}


def test_a_county_under_a_new_code_keeps_its_one_federation(seeded):
    regions.load_divisions([("130682", "定州市", None)])
    assert services.plant_federations(now=clock.now()) == []
    assert Union.objects.filter(name="定州市总工会").count() == 1
