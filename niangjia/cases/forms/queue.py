"""What narrows the queue."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class QueueForm(forms.Form):
    """A service and a union, both left out by default."""

    item = forms.ChoiceField(required=False, label=_("Service"))
    union = forms.CharField(
        required=False,
        max_length=120,
        label=_("Union"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, items: Mapping[str, str], data: Mapping[str, Any]) -> None:
        super().__init__(data)
        field = self.fields["item"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("All")), *items.items()]
        self.fields["union"].widget.attrs["placeholder"] = _("Whole name or number")
