"""Hours in templates."""

from django import template

from niangjia.places.rules import hours_words

register = template.Library()


@register.filter
def hours(text: str) -> str:
    """`{{ shop.opening_hours|hours }}`: hours of OpenStreetMap's syntax in words."""
    return hours_words.in_words(text)
