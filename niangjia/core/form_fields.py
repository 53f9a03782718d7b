"""Fields that forms of more than one room have."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

#: As browsers write a day and a time.
LOCAL = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """A day and a minute, in China's time."""

    def __init__(self, **options: Any) -> None:
        given = {
            "widget": forms.DateTimeInput({"type": "datetime-local"}, format=LOCAL),
            "input_formats": [LOCAL, "%Y-%m-%d %H:%M"],
        }
        wrong = dict.fromkeys(("required", "invalid"), _("Choose a day and a time."))
        messages = wrong | options.pop("error_messages", {})
        super().__init__(**{**given, "error_messages": messages, **options})
