"""Checking a union before it is saved."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Invalid
from niangjia.organisations.models import Union

#: What a broken constraint over several columns means, by the field it is best shown beside (the
#: constraint's `violation_error_code`).
BROKEN_CONSTRAINTS = {
    "name": _("The upper union already has a union of this name."),
    "parent": _("There is one national federation, and it exists."),
    "industry_parent": _("The upper union lies in no industrial tree."),
    "committee_ends_date": _("The term ends after the election, not before it."),
}


def check(union: Union) -> None:
    """Raise `Invalid`, with a message beside each field, if `union` may not be saved like this."""
    try:
        union.full_clean()
    except ValidationError as error:
        fields = by_field(error)
        raise Invalid(next(iter(fields.values())), fields=fields) from error


def by_field(error: ValidationError) -> dict[str, str | Promise]:
    """The messages by field."""
    fields: dict[str, str | Promise] = {}
    for field, found in error.error_dict.items():
        if field == NON_FIELD_ERRORS:
            fields |= {one.code: BROKEN_CONSTRAINTS[one.code] for one in found if one.code}
        else:
            fields[field] = " ".join(text for one in found for text in one.messages)
    return fields
