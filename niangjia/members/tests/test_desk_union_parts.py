"""Founding and confirming, employers, and the point on the map: by page and API."""

import datetime as dt

import pytest
from django.urls import reverse

from niangjia.core import clock
from niangjia.core.models import AuditEntry
from niangjia.members.models import Role
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.models import Employer, Status, Union
from niangjia.organisations.tests.factories import make_division, make_union

pytestmark = pytest.mark.django_db
JSON = "application/json"
CODE = "91330782DEM000002R"


@pytest.fixture
def client(chain):
    """The chair of the county."""
    return officer_client(make_post(union=chain[2]))


def url(name, *args):
    return reverse(f"members:{name}", args=args)


def api(union, *parts):
    return "/".join(["/api/v1/desk/unions", union.number, *parts])


def today():
    return clock.now().astimezone(clock.CHINA).date()


def test_a_union_is_founded_then_confirmed_and_only_then_joinable(chain, client):
    client.post(url("union_founding", chain[2].number), {"name": "新工会", "kind": "grassroots"})
    union = Union.objects.get(name="新工会")
    assert union.status == Status.PREPARING
    there = url("union_confirmation", union.number)
    assert there in client.get(url("desk_union", union.number)).content.decode()
    tomorrow = str(today() + dt.timedelta(days=1))
    for wrong in ("", "gestern", tomorrow):
        answer = client.post(there, {"committee_elected_date": wrong})
        assert answer.status_code == 422
        assert "id_committee_elected_date_error" in answer.content.decode()
    assert client.post(there, {"committee_elected_date": str(today())}).status_code == 302
    union.refresh_from_db()
    assert (union.status, union.committee_elected_date) == (Status.ACTIVE, today())
    assert AuditEntry.objects.filter(action="union.confirmed").count() == 1
    twice = client.post(there, {"committee_elected_date": str(today())})
    assert twice.status_code == 422


def test_nobody_confirms_their_own_union():
    union = make_union(status=Status.PREPARING)
    client = officer_client(make_post(union=union))
    assert client.get(url("union_confirmation", union.number)).status_code == 404
    assert "由上级工会确认" in client.get(url("desk_union", union.number)).content.decode()


def test_the_election_does_not_precede_the_founding(chain, client):
    union = make_union(parent=chain[2], status=Status.PREPARING, founded_date=today())
    before = {"committee_elected_date": str(today() - dt.timedelta(days=1))}
    assert client.post(api(union, "confirmation"), before, JSON).status_code == 422
    union.refresh_from_db()
    assert union.status == Status.PREPARING


def test_the_api_founds_and_confirms(chain, client):
    number = client.post(api(chain[2], "founding"), {"name": "新工会"}, JSON).json()["number"]
    union = Union.objects.get(number=number)
    assert union.status == Status.PREPARING
    unknown = client.post(api(chain[2], "founding"), {"name": "二", "place": "无此地"}, JSON)
    assert unknown.status_code == 422
    elected = {"committee_elected_date": str(today())}
    assert client.post(api(union, "confirmation"), elected, JSON).status_code == 200
    again = client.post(api(union, "confirmation"), elected, JSON)
    assert (again.status_code, again.json()["code"]) == (409, "active-already")


def test_employers_are_added_and_removed(chain, client):
    there = url("union_employers", chain[3].number)
    wrong = client.post(there, {"name": "某厂", "uscc": "123", "trade": "制造"})
    assert wrong.status_code == 422
    assert "id_uscc_error" in wrong.content.decode()
    assert "制造" in wrong.content.decode()
    client.post(there, {"name": "某厂", "uscc": CODE})
    employer = chain[3].employers.get()
    other = make_union(parent=chain[2])
    client.post(url("union_employers", other.number), {"name": "某厂", "uscc": CODE})
    assert Employer.objects.count() == 1
    removal = url("union_employer_removal", chain[3].number)
    for given in (str(employer.pk), str(employer.pk), "nonsense", ""):
        assert client.post(removal, {"employer": given}).url == there
    assert not chain[3].employers.exists()
    assert other.employers.get() == employer
    assert "还没有登记用人单位" in client.get(there).content.decode()


def test_employers_over_the_api(chain, client):
    there = api(chain[3], "employers")
    added = client.post(there, {"name": "某厂", "uscc": CODE}, JSON).json()
    assert client.get(there).json() == {"items": [added], "next": None}
    assert client.post(there, {"name": "某厂", "uscc": "1"}, JSON).status_code == 422
    removed = client.post(f"{there}/removal", {"employer": added["id"]}, JSON)
    assert removed.json()["items"] == []


def test_the_employers_page_costs_the_same_however_many(chain, client, django_assert_num_queries):
    for n in range(4):
        client.post(url("union_employers", chain[3].number), {"name": f"第{n}厂"})
    assert chain[3].employers.count() == 4
    client.get(url("union_employers", chain[3].number))
    with django_assert_num_queries(7):
        client.get(url("union_employers", chain[3].number))


def edited(union, client, **changes):
    form = client.get(url("union_edit", union.number)).context["form"]
    known = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in known.items() if value is not None} | changes
    return client.post(url("union_edit", union.number), data)


@pytest.mark.parametrize(
    ("point", "field"),
    [
        ({"longitude": "120.07"}, "latitude"),
        ({"longitude": "29.3", "latitude": "120.07"}, "longitude"),
        ({"longitude": "nan", "latitude": "29.3"}, "longitude"),
        ({"longitude": "东经", "latitude": "29.3"}, "longitude"),
    ],
)
def test_a_point_that_cannot_be_is_said_beside_it(chain, client, point, field):
    answer = edited(chain[3], client, **point)
    assert answer.status_code == 422
    assert f"id_{field}_error" in answer.content.decode()


def test_the_point_is_typed_or_taken_from_the_address(chain, client):
    assert edited(chain[3], client, longitude="120.01", latitude="29.01").status_code == 302
    union = Union.objects.get(pk=chain[3].pk)
    assert (union.longitude, union.latitude) == (120.01, 29.01)
    own = chain[3].division
    make_division("稠城街道", parent=own, longitude=120.09, latitude=29.32)
    edited(chain[3], client, address="稠城街道 1 号", point_from_address="on")
    union.refresh_from_db()
    assert (union.longitude, union.latitude) == (120.09, 29.32)
    client.patch(api(union), {"address": "不知哪里", "point_from_address": True}, JSON)
    union.refresh_from_db()
    assert (union.longitude, union.latitude) == (own.longitude, own.latitude)
    client.patch(api(union), {"longitude": None, "latitude": None}, JSON)
    union.refresh_from_db()
    assert union.longitude is None


def test_a_namesake_far_away_is_no_point():
    union = make_union()
    make_division("远处街道", longitude=90.0, latitude=40.0)
    client = officer_client(make_post(union=union, role=Role.CHAIR))
    other = make_union(division=make_division("本地区"))
    client = officer_client(make_post(union=other))
    edited(other, client, address="远处街道 5 号", point_from_address="on")
    other.refresh_from_db()
    assert other.longitude == other.division.longitude
