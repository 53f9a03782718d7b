"""Lists of merchants and shops: the columns, what a row may say, what is wrong with it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from niangjia.benefits.models import Shop
from niangjia.core.files.headed import refused, under_headings

#: The headings of the sheet, in its own order. They are data of the field and in Chinese, whatever
#: language the page is in: the same sheet goes in and out.
HEADINGS = (
    *("商户名称", "统一社会信用代码", "经营品类", "门店名称", "所在区县", "地址"),
    *("经度", "纬度", "营业时间"),
)
#: Over the words about a row, in the sheet that goes back.
WRONG = "哪里不对"
LONGEST = {"商户名称": 120, "经营品类": 60, "门店名称": 120, "地址": 200, "营业时间": 200}
MOST_ROWS = 10_000


@dataclass(frozen=True)
class Row:
    """One shop and its merchant, as typed; `number` is the row's in the sheet."""

    number: int
    merchant: str
    uscc: str
    trade: str
    shop: str
    place: str
    address: str
    longitude: float | None
    latitude: float | None
    opening_hours: str


@dataclass(frozen=True)
class Fault:
    """What is wrong in which row."""

    number: int
    words: str


class BadRows(Exception):
    """A list in which some rows are wrong: nothing of it was taken."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = list(faults)


class Read(NamedTuple):
    """The rows of a sheet that can be understood, and what is wrong with the others."""

    rows: list[Row]
    faults: list[Fault]


def read(table: Sequence[Sequence[str]]) -> Read:
    """The rows of a sheet under its headings, in whatever order they stand; other columns are left
    alone. Raises `Invalid` on `sheet` for a sheet without them, empty or too long."""
    headed = under_headings(table, most=MOST_ROWS, field="sheet")
    at = {name: headed.headings.index(name) for name in HEADINGS if name in headed.headings}
    missing = [name for name in HEADINGS[:6] if name not in at]
    if missing:
        words = _("These headings are missing: %(names)s") % {"names": "、".join(missing)}
        raise refused(words, "sheet")
    rows, faults = [], []
    for number, cells in headed.rows:
        given = {name: cells[place] if place < len(cells) else "" for name, place in at.items()}
        try:
            rows.append(row_of(number, given))
        except ValueError as error:
            faults.append(Fault(number, str(error)))
    return Read(rows, faults)


def marked(table: Sequence[Sequence[str]], faults: Iterable[Fault]) -> Iterator[Sequence[str]]:
    """A refused sheet as it can be mended and sent again: what is wrong in a column of its own in
    front, the wrong rows first."""
    words = {each.number: each.words for each in faults}
    filled = [(number, row) for number, row in enumerate(table, 1) if any(row)]
    headings, rows = filled[0][1], filled[1:]
    yield [WRONG, *headings]
    yield from ([words[number], *row] for number, row in rows if number in words)
    yield from (["", *row] for number, row in rows if number not in words)


def row_of(number: int, given: dict[str, str]) -> Row:
    """One row. Raises `ValueError` in words."""
    for name in ("商户名称", "统一社会信用代码", "门店名称", "地址"):
        if not given[name]:
            raise ValueError(_("%(name)s is empty.") % {"name": name})
    for name, longest in LONGEST.items():
        if len(given.get(name, "")) > longest:
            raise ValueError(_("%(name)s is too long.") % {"name": name})
    return Row(
        number,
        given["商户名称"],
        given["统一社会信用代码"],
        given["经营品类"],
        given["门店名称"],
        given["所在区县"],
        given["地址"],
        degrees(given.get("经度", ""), "经度"),
        degrees(given.get("纬度", ""), "纬度"),
        given.get("营业时间", ""),
    )


def degrees(typed: str, name: str) -> float | None:
    """A coordinate, or None where nothing was typed. Raises `ValueError` in words."""
    if not typed:
        return None
    try:
        return float(typed)
    except ValueError:
        raise ValueError(_("%(name)s is no number.") % {"name": name}) from None


def rows_of(shops: Iterable[Shop]) -> Iterator[Sequence[str | float | None]]:
    """Shops as rows of the same sheet, headings first."""
    yield HEADINGS
    for shop in shops:
        merchant = shop.merchant
        yield (
            *(merchant.name, merchant.uscc, merchant.trade, shop.name),
            *(shop.division.name, shop.address, shop.longitude, shop.latitude),
            shop.opening_hours,
        )
