"""Money is whole fen everywhere; people type and read yuan."""

import re
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Invalid

TYPED = re.compile(r"(\d{1,9})(?:\.(\d{1,2}))?")
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


def fen_of(typed: str, *, field: str) -> int:
    """The fen in what was typed as yuan: "12", "12.5", "１２.50", "1,200元". Raises `Invalid` on
    `field`, for half a fen as well: nothing is rounded behind anybody's back."""
    plain = typed.strip().translate(FULL_WIDTH).replace(",", "").strip("¥￥元 ")
    found = TYPED.fullmatch(plain)
    if found is None:
        problem = _("Write an amount in yuan, such as 12 or 12.50.")
        raise Invalid(problem, fields={field: problem})
    yuan, cents = found.groups()
    return int(yuan) * 100 + int((cents or "").ljust(2, "0"))


def yuan_of(fen: int) -> str:
    """`fen` as people read it: "12", "12.50", "-3.05"."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    whole, cents = divmod(fen, 100)
    return f"{sign}{whole:,}" + (f".{cents:02}" if cents else "")


def yuan_in_full(fen: int) -> str:
    """`fen` as they stand in a column of sums, one under the other: "12.00", "-3.05"."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    whole, cents = divmod(fen, 100)
    return f"{sign}{whole:,}.{cents:02}"


def decimal_of(fen: int) -> Decimal:
    """`fen` in yuan for a sheet: exact."""
    return Decimal(fen).scaleb(-2)
