"""Amounts as people type them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.rules.money import fen_of
from niangjia.core.errors import Invalid

AMOUNT = {"required": _("Write an amount in yuan, such as 12 or 12.50.")}


class YuanField(forms.CharField):
    """An amount in yuan, as fen; None when nothing was typed."""

    def __init__(self, *, error: str = "amount", **options: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs), **options)
        self.named = error

    def clean(self, value: object) -> int | None:
        """In fen."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return fen_of(typed, field=self.named)
        except Invalid as refusal:
            raise forms.ValidationError(str(refusal.message), code=refusal.code) from None
