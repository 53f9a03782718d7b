"""Which federations of trade unions there are, and what they are called.

Federations stand at the levels of government from the county up (Trade Union Law, Article 11), and
in townships and streets with many enterprises.
"""

from dataclasses import dataclass

from niangjia.organisations.models import WorkerKind

NATIONAL_NAME = "中华全国总工会"

#: No federation under the national one exists there.
PROVINCES_WITHOUT = frozenset({"71", "81", "82"})

#: The national industrial unions, and below each what a province calls its own, where provinces
#: have one: names of 中国…工会 stand at the top of an industrial tree.
INDUSTRIES = {
    "中国教科文卫体工会": "教科文卫体工会",
    "中国海员建设工会": "",
    "中国能源化学地质工会": "",
    "中国机械冶金建材工会": "机械冶金建材工会",
    "中国国防邮电工会": "",
    "中国财贸轻纺烟草工会": "财贸轻纺烟草工会",
    "中国农林水利气象工会": "",
    "中华全国铁路总工会": "",
    "中国民航工会": "",
    "中国金融工会": "",
}

#: Workers without an employer's union go to the county's federation and those below it.
ADMITTED_AT_THE_GRASSROOTS = [kind.value for kind in WorkerKind]


@dataclass(frozen=True)
class Place:
    """A division as naming needs it: its own name and that of the nearest real one above it."""

    code: str
    name: str
    above: str


def federation_name(place: Place) -> str:
    """What the federation of this place is called.

    Districts and townships carry the name above, as in 杭州市西湖区总工会 and 义乌市稠城街道总工会,
    since there is more than one 西湖区; counties, cities and what lies above go by their own.
    """
    is_district = len(place.code) == 6 and place.name.endswith("区") and "自治" not in place.name
    if len(place.code) == 9 or (is_district and place.above.endswith("市")):
        return f"{place.above}{place.name}总工会"
    return f"{place.name}总工会"


def admits_directly(code: str, *, has_counties: bool) -> list[str]:
    """Whom the federation of this division admits itself: workers without an employer's union are
    received where they work, at the county or below, or by a city that has no counties."""
    is_above_county = code.endswith("00") and len(code) == 6
    return [] if is_above_county and has_counties else ADMITTED_AT_THE_GRASSROOTS
