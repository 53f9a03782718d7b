"""The design system's tags. Loaded into every template."""

from django import template

register = template.Library()
