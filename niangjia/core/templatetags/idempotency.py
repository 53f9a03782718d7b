"""`{% load idempotency %}{% idempotency_key %}` in a form: a double press has one effect."""

import secrets

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def idempotency_key() -> SafeString:
    """A hidden field with a fresh key."""
    return format_html(
        '<input type="hidden" name="idempotency_key" value="{}">', secrets.token_urlsafe(18)
    )
