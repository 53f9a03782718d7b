"""The columns of a list of places: our own sheet's, and what map vendors call them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text
from niangjia.places.rules.points import System


@dataclass(frozen=True)
class Column:
    """`heading` is data of the field and in Chinese whatever language the page is in; `also`: what
    else people and vendors call it, in small letters; `sample` stands in the sheet to be filled."""

    key: str
    heading: str
    label: Text
    also: tuple[str, ...] = ()
    sample: str = ""


COLUMNS = (
    Column(
        "name",
        "名称",
        _("What it is called"),
        ("name", "title", "站点名称", "驿站名称", "名字"),
        "江滨路工会驿站",
    ),
    Column(
        "kind",
        "类型",
        _("What it is"),
        ("type", "category", "tag", "类别", "detail_info.tag"),
        "服务站点",
    ),
    Column(
        "place",
        "所在区县",
        _("County or district"),
        ("区县", "adname", "area", "ad_info.district", "区域"),
        "浙江省金华市义乌市",
    ),
    Column(
        "adcode",
        "区划代码",
        _("Code of the division"),
        ("adcode", "ad_info.adcode", "行政区划代码", "区县代码"),
    ),
    Column(
        "address",
        "地址",
        _("Street and number"),
        ("address", "详细地址", "街道门牌"),
        "江滨北路 128 号",
    ),
    Column("location", "坐标", _("Point: longitude,latitude"), ("location", "经纬度")),
    Column(
        "longitude",
        "经度",
        _("Longitude"),
        ("lng", "lon", "longitude", "location.lng", "x"),
        "120.0741",
    ),
    Column(
        "latitude",
        "纬度",
        _("Latitude"),
        ("lat", "latitude", "location.lat", "y"),
        "29.3052",
    ),
    Column(
        "hours",
        "开放时间",
        _("When it is open"),
        (
            *("opentime", "opentime2", "opentime_week", "营业时间", "biz_ext.opentime2"),
            *("biz_ext.opentime", "biz_ext.open_time", "business.opentime_week"),
            *("detail_info.shop_hours", "shop_hours", "opening_hours"),
        ),
        "周一至周五 08:30-17:30；周六 09:00-12:00",
    ),
    Column(
        "phone",
        "电话",
        _("Telephone"),
        ("tel", "telephone", "phone", "business.tel", "联系电话"),
        "0579-85112351",
    ),
    Column("facilities", "设施", _("What it has"), ("facilities",), "饮水、热饭、厕所"),
    Column("area_m2", "面积", _("Area, in square metres"), ("建筑面积", "面积(平方米)"), "35"),
    Column("seats", "座位", _("How many can sit"), ("座位数",), "12"),
    Column("parking_bays", "大车位", _("Room for so many trucks"), ("货车车位", "停车位")),
    Column("way_in", "怎么找到门", _("How to find the door"), ("指引",)),
    Column("introduction", "简介", _("A few words about it"), ("介绍", "说明")),
    Column("name_en", "英文名称", _("What it is called in English"), ("英文名",)),
    Column("union", "工会编号", _("Number of the union that keeps it"), ("工会", "所属工会编号")),
)
BY_KEY = {column.key: column for column in COLUMNS}
#: Only in files of one vendor.
MARKS = {
    System.BD09: {"uid", "detail_info.tag", "detail_info.shop_hours", "street_id"},
    System.GCJ02: {"typecode", "pcode", "citycode", "ad_info.adcode", "biz_ext.opentime2"},
}


def guess(headings: Sequence[str]) -> dict[str, int]:
    """Which column of a file holds what, as far as its heading tells. The first name that is met
    counts, in the order of `also`: AMap's opentime2 says more than its opentime."""
    at = {heading.strip().lower(): n for n, heading in reversed(list(enumerate(headings)))}
    found: dict[str, int] = {}
    for column in COLUMNS:
        for name in (column.heading, *column.also):
            if name in at and at[name] not in found.values():
                found[column.key] = at[name]
                break
    return found


def guess_system(headings: Sequence[str]) -> str:
    """The coordinate system of the vendor whose marks a file bears; "" when it bears none."""
    marks = {heading.strip().lower() for heading in headings}
    for system, known in MARKS.items():
        if marks & known:
            return system
    return ""


def missing(columns: Mapping[str, int]) -> list[Column]:
    """What a list cannot do without and has no column for."""
    wanted = ["name", "address"]
    if "location" not in columns:
        wanted += ["longitude", "latitude"]
    return [BY_KEY[key] for key in wanted if key not in columns]


def cells_by_key(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    """The cells of a row under our own names; what a short row lacks is empty."""
    return {key: cells[at].strip() if at < len(cells) else "" for key, at in columns.items()}
