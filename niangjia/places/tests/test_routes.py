"""Links into the phone's maps, by points whose shifted numbers are known from elsewhere."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from niangjia.places.rules import routes

#: WGS-84 and GCJ-02 as longitude and latitude, from the test set of eviltransform (MIT): Shanghai,
#: Shenzhen, Beijing.
KNOWN = (
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
)
#: A metre and less, in degrees; the shift is some hundred times that.
NEAR = 1e-5


def asked(url):
    """What an address asks, each once."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


@pytest.mark.parametrize(("point", "shifted"), KNOWN)
def test_each_map_is_given_the_point_in_the_system_it_understands(point, shifted):
    amap, baidu, apple, other = (each.url for each in routes.routes("江滨路驿站", *point))
    east, north, name = asked(amap)["to"].split(",")
    assert (asked(amap)["coordinate"], name) == ("gaode", "江滨路驿站")
    assert (float(east), float(north)) == pytest.approx(shifted, abs=NEAR)
    assert asked(baidu)["coord_type"] == "gcj02"
    there = re.fullmatch(r"latlng:([\d.]+),([\d.]+)\|name:江滨路驿站", asked(baidu)["destination"])
    assert (float(there[2]), float(there[1])) == pytest.approx(shifted, abs=NEAR)
    north, east = asked(apple)["daddr"].split(",")
    assert (float(east), float(north)) == pytest.approx(shifted, abs=NEAR)
    north, east = other.removeprefix("geo:").partition("?")[0].split(",")
    assert (float(east), float(north)) == pytest.approx(point, abs=1e-6)
    assert other.partition("?q=")[2].startswith(f"{north},{east}(")


def test_without_the_shift_the_maps_would_be_given_another_point(monkeypatch):
    """The control: a point that is not shifted is told from one that is."""
    monkeypatch.setattr(routes, "wgs84_to_gcj02", lambda *point: point)
    with pytest.raises(AssertionError):
        test_each_map_is_given_the_point_in_the_system_it_understands(*KNOWN[0])
