import datetime as dt

import pytest
from django.db import connection

from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.core.models import AuditEntry, OutboxEvent
from niangjia.organisations import services
from niangjia.organisations.models import Employer, Kind, Status, Union
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db

UNION_CODE = "81330782DEM000001P"
EMPLOYER_CODE = "91330782DEM000002R"


def edit(union: Union, **details) -> Union:
    return services.edit_union(union_id=union.pk, by=None, now=clock.now(), **details)


def test_only_what_is_named_changes():
    union = make_union(phone="0579-5550001")
    edit(union, address="稠州北路 1 号", opening_hours="Mo-Fr 09:00-17:00")
    union.refresh_from_db()
    assert (union.address, union.phone) == ("稠州北路 1 号", "0579-5550001")
    assert AuditEntry.objects.get(action="union.edited").details == {
        "fields": ["address", "opening_hours"]
    }
    edit(union, address="稠州北路 1 号")
    assert OutboxEvent.objects.filter(type="organisations.UnionEdited").count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("uscc", "81330782"),
        ("uscc", "81330782DEM0000019"),
        ("uscc", EMPLOYER_CODE),
        ("opening_hours", "周一到周五"),
        ("phone", "请联系小王"),
        ("phone", "<script>alert(1)</script>"),
        ("email", "wang@"),
        ("committee_term_years", 4),
        ("committee_elected_date", dt.date(2999, 1, 1)),
        ("committee_ends_date", dt.date(2030, 1, 1)),
        ("longitude", 120.0),
        ("admits_directly", ["robot"]),
        ("answer_working_days", 0),
        ("answer_working_days", 16),
        ("introduction", "长" * 2001),
        ("address", "长" * 201),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(field, value):
    union = make_union()
    with pytest.raises(Invalid) as refused:
        edit(union, **{field: value})
    shown = {
        "longitude": "latitude",
        "committee_ends_date": "committee_elected_date",
    }.get(field, field)
    assert set(refused.value.fields) == {shown}
    assert not AuditEntry.objects.filter(action="union.edited").exists()


def test_everything_wrong_is_said_at_once():
    with pytest.raises(Invalid) as refused:
        edit(make_union(), uscc="8", phone="x", longitude=29.3, latitude=120.0)
    assert set(refused.value.fields) == {"uscc", "phone", "longitude"}


def test_a_code_typed_with_spaces_is_understood_and_belongs_to_one_union():
    union = edit(make_union(), uscc=" 81330782 dem000001 p")
    assert union.uscc == UNION_CODE
    with pytest.raises(Invalid) as refused:
        edit(make_union(), uscc=UNION_CODE)
    assert set(refused.value.fields) == {"uscc"}


def test_the_end_of_the_term_follows_from_the_election():
    union = make_union(committee_term_years=3, committee_elected_date=dt.date(2024, 2, 29))
    assert union.committee_ends_date == dt.date(2027, 3, 1)
    union = edit(union, committee_elected_date=dt.date(2025, 6, 1), committee_term_years=5)
    assert union.committee_ends_date == dt.date(2030, 6, 1)


def test_above_the_grassroots_a_term_is_five_years():
    with pytest.raises(Invalid) as refused:
        make_union(kind=Kind.FEDERATION, committee_term_years=3)
    assert set(refused.value.fields) == {"committee_term_years"}


def test_two_tabs_do_not_undo_each_other():
    union = make_union()
    seen_at = union.updated_at
    edit(union, address="第一处", seen_at=seen_at)
    with pytest.raises(Conflict):
        edit(union, address="第二处", seen_at=seen_at)
    union.refresh_from_db()
    assert union.address == "第一处"


def test_a_new_name_is_found_and_recorded():
    union = make_union("旧名工会")
    services.rename_union(union_id=union.pk, name="新名工会", by=None, now=clock.now())
    assert Union.objects.get(name="新名工会").number == union.number
    with pytest.raises(Invalid) as refused:
        services.rename_union(union_id=union.pk, name=" ", by=None, now=clock.now())
    assert set(refused.value.fields) == {"name"}


def test_who_is_not_there_is_not_edited():
    union = make_union()
    services.dissolve_union(union_id=union.pk, by=None, now=clock.now())
    with pytest.raises(Conflict):
        edit(union, address="某处")
    with pytest.raises(NotFound):
        services.edit_union(union_id=AuditEntry().pk, by=None, now=clock.now(), address="某处")


def employ(union: Union, name: str, **fields) -> Employer:
    return services.add_employer(
        union_id=union.pk, name=name, division=union.division, by=None, now=clock.now(), **fields
    )


def test_one_employer_is_one_record_whoever_names_it():
    first, second = make_union(), make_union(kind=Kind.JOINT)
    employer = employ(first, "义乌禾川饰品有限公司", uscc=EMPLOYER_CODE)
    assert employ(second, "别名", uscc=EMPLOYER_CODE.lower()) == employer
    assert set(employer.unions.all()) == {first, second}
    services.remove_employer(union_id=first.pk, employer_id=employer.pk, by=None, now=clock.now())
    assert list(employer.unions.all()) == [second]


def test_an_employers_code_is_checked():
    with pytest.raises(Invalid) as refused:
        employ(make_union(), "", uscc="91330782DEM0000020")
    assert set(refused.value.fields) == {"name", "uscc"}


def test_a_union_with_nothing_left_is_dissolved():
    union = make_union()
    services.dissolve_union(union_id=union.pk, by=None, now=clock.now())
    union.refresh_from_db()
    assert (union.status, union.dissolved_date) == (Status.DISSOLVED, clock.today())
    assert services.verify_figures() == []
    assert OutboxEvent.objects.filter(type="organisations.UnionDissolved").count() == 1
    services.count(union_id=union.pk, metric="members", change=1)
    with pytest.raises(Conflict):
        connection.send_waiting()
    services.count(union_id=union.pk, metric="members", change=-1)
    assert make_union(union.name, parent=union.parent).name == union.name


@pytest.mark.parametrize(
    ("metric", "code"),
    [("members", "has-members"), ("applications:open", "has-open-applications")],
)
def test_nobody_is_lost_with_a_union(metric, code):
    union = make_union()
    services.count(union_id=union.pk, metric=metric, change=1)
    with pytest.raises(Conflict) as refused:
        services.dissolve_union(union_id=union.pk, by=None, now=clock.now())
    assert refused.value.code == code
    services.count(union_id=union.pk, metric=metric, change=-1)
    services.dissolve_union(union_id=union.pk, by=None, now=clock.now())


def test_what_stands_below_goes_first():
    union = make_union()
    child = make_union(parent=union, kind=Kind.GROUP)
    with pytest.raises(Conflict) as refused:
        services.dissolve_union(union_id=union.pk, by=None, now=clock.now())
    assert refused.value.code == "has-unions-below"
    for each in (child, union):
        services.dissolve_union(union_id=each.pk, by=None, now=clock.now())
    with pytest.raises(Conflict):
        services.dissolve_union(union_id=union.parent_id, by=None, now=clock.now())
