"""Lists of places for tests."""

import json

from niangjia.core import clock
from niangjia.members.models import Post
from niangjia.places.models import PlaceList
from niangjia.places.rules.points import System
from niangjia.places.services.lists import reading, sending

HEADINGS = ("名称", "地址", "经度", "纬度", "开放时间")
HOURS = "周一至周五 08:30-17:30"


def row(name: str, longitude: float, latitude: float, *, hours: str = HOURS, address: str = ""):
    """A row of a sheet under `HEADINGS`."""
    return [name, address or f"{name}门口 1 号", str(longitude), str(latitude), hours]


def send(by: Post, *rows, headings=HEADINGS, now=None) -> PlaceList:
    """A sheet is sent."""
    return sending.send_list(
        by=by,
        union=by.union,
        name="站点.csv",
        table=[list(headings), *rows],
        now=now or clock.now(),
    )


def read(by: Post, sent: PlaceList, *, system: str = System.WGS84, hours: str = "") -> PlaceList:
    """It is explained as it was guessed, and read to its end."""
    held = sending.explain_list(
        by=by, place_list=sent, columns=sent.columns, system=system, kind="station", hours=hours
    )
    while reading.read_some(list_id=held.pk):
        pass
    held.refresh_from_db()
    return held


def of_amap(*places: tuple[str, str, str, str]) -> bytes:
    """An answer of AMap's search: name, address, "longitude,latitude", opening times."""
    pois = [
        {
            "id": f"B0{n}",
            "name": name,
            "typecode": "071900",
            "address": address,
            "location": location,
            "adcode": "330782",
            "tel": [],
            "biz_ext": {"opentime2": hours, "rating": []},
        }
        for n, (name, address, location, hours) in enumerate(places)
    ]
    return json.dumps({"status": "1", "pois": pois}, ensure_ascii=False).encode()
