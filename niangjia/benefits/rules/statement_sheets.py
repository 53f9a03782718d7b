"""A statement as a sheet for the accountant."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from niangjia.benefits.models import StatementLine
from niangjia.benefits.rules.money import decimal_of
from niangjia.core.sheets import Value


def rows_of(lines: Iterable[StatementLine]) -> Iterator[Sequence[Value]]:
    """The lines, headings first and the sum last; amounts in yuan, to the fen."""
    yield (_("When it was"), _("Shop"), _("Benefit"), _("Coupon"), _("What"), _("Amount, in yuan"))
    total = 0
    for line in lines:
        bought = line.bought
        total += line.amount_fen
        yield (
            line.at,
            bought.shop.name,
            bought.coupon.benefit.name,
            bought.coupon.number,
            str(line.kind.label),
            decimal_of(line.amount_fen),
        )
    yield (_("Sum"), "", "", "", "", decimal_of(total))
