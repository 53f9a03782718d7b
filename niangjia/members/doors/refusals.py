"""A service's refusal, shown beside the fields it is about."""

from django import forms

from niangjia.core import errors


def add_refusal(form: forms.BaseForm, refusal: errors.DomainError) -> None:
    """Put what `refusal` says beside its fields, or, if the form lacks them, above the form."""
    shown = False
    for field, message in refusal.fields.items():
        if field in form.fields:
            form.add_error(field, str(message))
            shown = True
    if not shown:
        form.add_error(None, str(refusal.message))
