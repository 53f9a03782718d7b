"""What this room's templates say of money."""

from django import template

from niangjia.benefits.rules.money import yuan_of

register = template.Library()


@register.filter
def yuan(fen: int) -> str:
    """Fen as people read them: "12", "12.50"."""
    return yuan_of(int(fen))
