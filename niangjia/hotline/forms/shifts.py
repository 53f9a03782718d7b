"""What one shift tells the next."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.hotline.models import Call
from niangjia.hotline.services.shifts import LONGEST_NOTE, LONGEST_WORDS


class HandOverForm(forms.Form):
    """A general note, and a word for each call that is left over."""

    note = forms.CharField(
        required=False,
        max_length=LONGEST_NOTE,
        label=_("For the next shift"),
        help_text=_("Everybody of the line reads it: nothing about a caller or an employer here."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, calls: Sequence[Call], data: Any = None) -> None:
        super().__init__(data)
        self.calls = calls
        for call in calls:
            self.fields[f"call-{call.pk}"] = forms.CharField(
                required=False, max_length=LONGEST_WORDS, label=_("What the next should know")
            )

    def rows(self) -> list[tuple[Call, forms.BoundField]]:
        """Each call with its field."""
        return [(call, self[f"call-{call.pk}"]) for call in self.calls]

    def words(self) -> dict[uuid.UUID, str]:
        """What was said of each call. Only of a valid form."""
        return {call.pk: self.cleaned_data[f"call-{call.pk}"] for call in self.calls}
