"""Division codes: GB/T 2260 down to counties, three digits more for townships (GB/T 10114)."""

import re

from niangjia.regions.models import Level

COUNTRY_CODE = "100000"
COUNTRY_NAME = "中华人民共和国"

#: Rows that stand for no place of their own: the table needs them between a province and a
#: county (省直辖县级行政区划), or above the districts of a city (市辖区).
PSEUDO_NAMES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})

CODE = re.compile(r"[1-9]\d{5}(\d{3})?")


def is_code(code: str) -> bool:
    """Whether `code` is six or nine digits as the standards write them."""
    return CODE.fullmatch(code) is not None


def level_of(code: str) -> Level:
    """How deep the division of this code lies."""
    if code == COUNTRY_CODE:
        return Level.COUNTRY
    if len(code) == 9:
        return Level.TOWNSHIP
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.CITY if code.endswith("00") else Level.COUNTY


def parent_code(code: str) -> str | None:
    """The code right above, by the standard's own scheme; None above the country.

    A township's first six digits may be a city's (东莞 441900 has no counties): then the city is
    its parent.
    """
    match level_of(code):
        case Level.COUNTRY:
            return None
        case Level.PROVINCE:
            return COUNTRY_CODE
        case Level.CITY:
            return f"{code[:2]}0000"
        case Level.COUNTY:
            return f"{code[:4]}00"
        case _:
            return code[:6]


def path_of(code: str) -> str:
    """The chain of codes from the country down to `code`, each followed by a slash."""
    above = parent_code(code)
    return f"{path_of(above) if above else ''}{code}/"


def is_pseudo(name: str) -> bool:
    """Whether this row is only a rung of the table, not a place with people and a government."""
    return name in PSEUDO_NAMES
