"""Tables of zones: what makes sense is taken, what does not is named."""

import pytest

from niangjia.core.errors import Invalid
from niangjia.places import services
from niangjia.places.models import CountedZone, People
from niangjia.places.tests.demand import MONDAY, make_county

pytestmark = pytest.mark.django_db

ROW = {"division": "330782", "name": "宾王夜市", "people": "120", "latitude": "29.31",
       "longitude": "120.08", "radius_m": "700"}  # fmt: skip


def load(*rows):
    return services.load_zones(
        rows=rows, people=People.COURIERS, source="平台", now=MONDAY, file="zones.csv"
    )


def test_a_row_once_more_takes_the_place_of_the_first():
    make_county()
    load(ROW)
    assert load({**ROW, "people": "90"}).loaded == 1
    [zone] = CountedZone.objects.all()
    assert (zone.count, zone.radius_m, zone.longitude) == (90, 700, 120.08)


def test_without_a_point_it_lies_at_its_division():
    county = make_county()
    load(ROW | {"latitude": "", "longitude": "", "radius_m": ""})
    [zone] = CountedZone.objects.all()
    assert (zone.longitude, zone.radius_m) == (county.longitude, 800)


@pytest.mark.parametrize(
    "wrong",
    [
        {"division": "999999"},
        {"division": ""},
        {"name": ""},
        {"name": "长" * 61},
        {"people": "-3"},
        {"people": "many"},
        {"people": "9" * 40},
        {"people": None},
        {"radius_m": "5"},
        {"latitude": "north"},
        {"latitude": "120.08", "longitude": "29.31"},
        {"latitude": "nan"},
        {"latitude": "39.9", "longitude": "116.4"},
    ],
)
def test_a_row_that_makes_no_sense_is_named_and_the_others_are_taken(wrong):
    make_county()
    report = load(ROW | wrong, ROW | {"name": "另一片"})
    assert report.loaded == CountedZone.objects.count() == 1
    [refusal] = report.refusals
    assert refusal.line == 2
    assert refusal.reason


@pytest.mark.parametrize("content", [b"division,name\n", b"\xff\xfe\x00", None])
def test_a_file_that_is_not_such_a_table_is_refused(tmp_path, content):
    path = tmp_path / "zones.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Invalid):
        services.read_zones(path)


def test_a_file_is_read_with_its_columns(tmp_path):
    path = tmp_path / "zones.csv"
    path.write_text("\ufeffdivision,name,people\n330782,宾王夜市,120\n", encoding="utf-8")
    assert services.read_zones(path) == [
        {"division": "330782", "name": "宾王夜市", "people": "120"}
    ]
