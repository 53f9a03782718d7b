"""Stating why, before personal data is shown."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.members.rules import purposes
from niangjia.members.rules.purposes import LookUpPurpose


class PurposeForm(forms.Form):
    """A choice, and words for it. The person concerned reads both."""

    purpose = forms.ChoiceField(
        label=_("What for?"),
        choices=[("", _("Choose")), *LookUpPurpose.choices],
        error_messages={"required": _("State what you need it for.")},
    )
    words = forms.CharField(
        label=_("In a few words"),
        min_length=4,
        max_length=purposes.WORDS_MAX_LENGTH,
        help_text=_("The person concerned can read who looked, when and why."),
        error_messages={"required": _("Say in a few words why you need it.")},
    )

    def stated(self) -> str:
        """The purpose as it is recorded. Only of a valid form."""
        return purposes.stated(self.cleaned_data["purpose"], self.cleaned_data["words"])
