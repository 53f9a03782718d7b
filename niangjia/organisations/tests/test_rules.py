import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.organisations import rules
from niangjia.organisations.models import Kind
from niangjia.organisations.rules import details, federations


def test_paths_are_chains_of_segments():
    path = rules.child_path("1000000000001/", "33078200000025")
    assert path == "1000000000001/3307820000002/"
    assert rules.ancestor_paths(path) == ["1000000000001/", path]
    assert rules.ancestor_paths("") == []


@pytest.mark.parametrize(
    ("kind", "parent", "allowed"),
    [
        (Kind.FEDERATION, Kind.FEDERATION, True),
        (Kind.FEDERATION, Kind.GRASSROOTS, False),
        (Kind.FEDERATION, Kind.INDUSTRIAL, False),
        (Kind.INDUSTRIAL, Kind.FEDERATION, True),
        (Kind.INDUSTRIAL, Kind.JOINT, False),
        (Kind.GRASSROOTS, Kind.GRASSROOTS, True),
        (Kind.GROUP, Kind.GRASSROOTS, True),
        (Kind.GRASSROOTS, Kind.GROUP, False),
        (Kind.GROUP, Kind.GROUP, False),
    ],
)
def test_what_may_stand_below_what(kind, parent, allowed):
    assert rules.may_stand_below(kind, parent) is allowed


@pytest.mark.parametrize(
    ("code", "name", "above", "expected"),
    [
        ("330000", "浙江省", "中华人民共和国", "浙江省总工会"),
        ("330782", "义乌市", "金华市", "义乌市总工会"),
        ("330106", "西湖区", "杭州市", "杭州市西湖区总工会"),
        ("310115", "浦东新区", "上海市", "上海市浦东新区总工会"),
        ("429021", "神农架林区", "湖北省", "神农架林区总工会"),
        ("652201", "伊州区", "哈密市", "哈密市伊州区总工会"),
        ("150000", "内蒙古自治区", "中华人民共和国", "内蒙古自治区总工会"),
        ("330782001", "稠城街道", "义乌市", "义乌市稠城街道总工会"),
    ],
)
def test_what_federations_are_called(code, name, above, expected):
    assert federations.federation_name(federations.Place(code, name, above)) == expected


@pytest.mark.parametrize(
    "text",
    ["Mo-Fr 08:30-17:30", "Mo-Fr 08:30-12:00,13:30-17:30; Sa 09:00-12:00", "24/7", "", "PH off"],
)
def test_opening_hours_that_are_understood(text):
    assert details.opening_hours_fault(text) is None


@given(st.text(max_size=200))
def test_no_text_breaks_the_checks(text):
    details.opening_hours_fault(text)
    details.uscc_fault(details.normalised_uscc(text), of_union=True)
    details.PHONE.fullmatch(text)
