"""Checking a union before it is saved."""

from collections import defaultdict

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.functional import Promise

from niangjia.core.errors import Invalid
from niangjia.organisations.models import Union


def check(union: Union) -> None:
    """Raise `Invalid`, with a message beside each field, if `union` may not be saved like this."""
    try:
        union.full_clean()
    except ValidationError as error:
        fields = by_field(error)
        raise Invalid(next(iter(fields.values())), fields=fields) from error


def by_field(error: ValidationError) -> dict[str, str | Promise]:
    """The messages by field. A constraint over several names in its code the field it is about."""
    texts: dict[str, list[str]] = defaultdict(list)
    for field, found in error.error_dict.items():
        for one in found:
            texts[one.code or field if field == NON_FIELD_ERRORS else field] += one.messages
    return {field: " ".join(messages) for field, messages in texts.items()}
