"""What is written when one union asks another to put something on together."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Part
from niangjia.organisations.models import Union
from niangjia.organisations.selectors import find_union_named


class ShareForm(forms.Form):
    """How far the other union looks in, and whether it is for its members as well."""

    part = forms.ChoiceField(
        label=_("Its officers"),
        choices=Part.choices,
        initial=Part.NAMED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how far its officers see into it.")},
    )
    opens = forms.BooleanField(
        label=_("Its members find it and can sign up as ours can"), required=False, initial=True
    )


class InviteForm(ShareForm):
    """Which union, and a word to it."""

    union = forms.CharField(
        label=_("Which union"),
        max_length=120,
        help_text=_("Its number, or its whole name."),
        error_messages={"required": _("Say which union, by its number or its whole name.")},
    )
    words = forms.CharField(
        label=_("A word to its officers"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
    )
    field_order = ("union", "part", "opens", "words")

    def clean_union(self) -> Union:
        """The union that is meant."""
        found = find_union_named(self.cleaned_data["union"])
        if found is None:
            raise forms.ValidationError(
                _("No union has this number, or not just one has this name. Try its number.")
            )
        return found


class AnswerForm(forms.Form):
    """Why not, or why no longer."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("The other union reads it."),
        widget=forms.Textarea({"rows": 2}),
        error_messages={
            "required": _("Say why, in up to 300 characters. The other union reads it.")
        },
    )
