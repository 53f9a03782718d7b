"""Tables whose first row says what stands below: lists that people send in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from niangjia.core.errors import Invalid


@dataclass(frozen=True)
class Headed:
    """The headings of a table and its rows, each with its number as a spreadsheet counts, the
    headings being 1; empty rows are left out, and cells have nothing around them."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]


def under_headings(table: Sequence[Sequence[str]], *, most: int, field: str = "file") -> Headed:
    """`table` as headings and rows. Raises `Invalid` "bad-sheet" on `field` for one that is empty
    or has more than `most` rows."""
    filled = [(n, [cell.strip() for cell in row]) for n, row in enumerate(table, 1) if any(row)]
    if not filled:
        raise refused(_("This sheet is empty."), field)
    if len(filled) - 1 > most:
        raise refused(_("A list has at most %(most)s rows.") % {"most": most}, field)
    return Headed(filled[0][1], filled[1:])


def refused(words: str, field: str = "file") -> Invalid:
    """What is wrong with a table as a whole, beside the field it was sent in."""
    return Invalid(words, code="bad-sheet", fields={field: words})
