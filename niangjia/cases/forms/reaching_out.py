"""What is written to those who could be helped."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.cases.forms import PurposeForm
from niangjia.members.rules import purposes


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


class ListPurposeForm(PurposeForm):
    """Why somebody looks at a list of people; words as well, for each of them to read."""

    words = forms.CharField(
        min_length=4,
        max_length=purposes.WORDS_MAX_LENGTH,
        label=_("In a few words"),
        help_text=_("The person concerned can read who looked, when and why."),
        error_messages={"required": _("Say in a few words why you need it.")},
    )
