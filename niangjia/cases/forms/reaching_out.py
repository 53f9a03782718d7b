"""What is written to those who could be helped."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MessageForm(forms.Form):
    """A few words in a notice."""

    words = forms.CharField(
        max_length=200,
        label=_("What you write to them"),
        help_text=_("Who you are, and what it would give them. The notice opens the service."),
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": _("Write 5 to 200 characters: who you are, and what it would give them.")
        },
    )
