"""What people type about cases."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.members.rules import purposes
from niangjia.members.rules.purposes import LookUpPurpose


class PurposeForm(forms.Form):
    """Why a case is opened by somebody who does not handle it."""

    purpose = forms.ChoiceField(
        choices=LookUpPurpose.choices,
        widget=forms.RadioSelect,
        label=_("Purpose"),
        error_messages={"required": _("Choose a purpose.")},
    )
    words = forms.CharField(
        required=False, max_length=purposes.WORDS_MAX_LENGTH, label=_("In words")
    )

    def stated(self) -> str:
        """The purpose as it is recorded."""
        return purposes.stated(self.cleaned_data["purpose"], self.cleaned_data["words"])


class StepForm(forms.Form):
    """The end of a step."""

    step = forms.CharField(max_length=40, widget=forms.HiddenInput)
    outcome = forms.CharField(
        max_length=40,
        label=_("How it ends"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how this step ends.")},
    )
    words = forms.CharField(
        required=False,
        max_length=4000,
        label=_("In words"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WordsForm(forms.Form):
    """A note or a message."""

    words = forms.CharField(
        max_length=4000,
        label=_("Your words"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write something, in at most 4,000 characters.")},
    )
    to_applicant = forms.BooleanField(required=False, label=_("The applicant reads it"))


class OwnWordsForm(forms.Form):
    """What an applicant adds; nothing need be said where files say it."""

    words = forms.CharField(
        required=False,
        max_length=4000,
        label=_("Your words"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReasonForm(forms.Form):
    """Why a term is made longer, a case given away."""

    reason = forms.CharField(
        max_length=500,
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, in 10 to 500 characters: the applicant reads it.")},
    )


class DismissalForm(forms.Form):
    """Why what was objected to a public notice is unfounded."""

    seen = forms.IntegerField(min_value=0, max_value=2_147_483_647, widget=forms.HiddenInput)
    reason = forms.CharField(
        max_length=500,
        label=_("Why it is unfounded"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say why, in 10 to 500 characters: your colleagues read it.")
        },
    )


class PauseForm(ReasonForm):
    """Until when, and why, the clock stands still."""

    until = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )


class DeathForm(forms.Form):
    """The applicant has died: whether the family goes on, and whom to reach."""

    goes_on = forms.TypedChoiceField(
        choices=[("yes", _("The family goes on with it")), ("no", _("It ends"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        label=_("What becomes of it"),
        error_messages={"required": _("Choose one of the two.")},
    )
    words = forms.CharField(
        max_length=500,
        label=_("Who of the family told you, and how to reach them"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say who of the family told you, and how to reach them.")},
    )


__all__ = [
    "DeathForm",
    "DismissalForm",
    "OwnWordsForm",
    "PauseForm",
    "PurposeForm",
    "ReasonForm",
    "StepForm",
    "WordsForm",
]
