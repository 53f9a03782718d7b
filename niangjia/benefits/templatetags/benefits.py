"""What this room's templates say of money."""

from django import template

from niangjia.benefits.rules import money

register = template.Library()


@register.filter
def yuan(fen: int) -> str:
    """Fen as people read them: "12", "12.50"."""
    return money.yuan_of(int(fen))


@register.filter
def in_full(fen: int) -> str:
    """Fen as they stand in a column: "12.00"."""
    return money.yuan_in_full(int(fen))
