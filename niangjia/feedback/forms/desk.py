"""What officers say of an order, a call, a signal, a term."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.feedback.models import CallResult, Finding, Verdict
from niangjia.feedback.rules import invitations, orders
from niangjia.organisations.models import Union

SAY = _("Say in a few words what was done.")


class StepForm(forms.Form):
    """One step of an order."""

    words = forms.CharField(
        label=_("What has been done"),
        min_length=orders.WORDS_MIN_LENGTH,
        max_length=orders.WORDS_MAX_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": SAY, "min_length": SAY},
    )


class VerificationForm(StepForm):
    """What is true of what the person said."""

    finding = forms.ChoiceField(
        label=_("What did you find?"),
        choices=Finding.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what you found.")},
    )
    field_order = ("finding", "words")


class ApprovalForm(StepForm):
    """The review; what is published of it."""

    public_answer = forms.CharField(
        label=_("Answer in public"),
        help_text=_("Everybody reads it on the union's score page. Leave it empty for none."),
        required=False,
        max_length=invitations.WORDS_MAX_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )


class CallForm(forms.Form):
    """What one call came to."""

    result = forms.ChoiceField(
        label=_("Did you reach them?"),
        choices=CallResult.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you reached them.")},
    )
    words = forms.CharField(
        label=_("What was said"),
        required=False,
        max_length=orders.WORDS_MAX_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )


class JudgementForm(forms.Form):
    """What the union above made of a signal."""

    verdict = forms.ChoiceField(
        label=_("Your decision"),
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what you found.")},
    )
    judgement = forms.CharField(
        label=_("What you found"),
        min_length=4,
        max_length=300,
        error_messages={"required": SAY, "min_length": SAY},
    )


class TermForm(forms.Form):
    """How many working days an order may take."""

    working_days = forms.IntegerField(
        label=_("Working days for an order"),
        min_value=1,
        max_value=orders.WORKING_DAYS,
        error_messages={
            name: _("From 1 to 15 working days.")
            for name in ("required", "invalid", "min_value", "max_value")
        },
    )

    @classmethod
    def of(cls, union: Union, working_days: int) -> "TermForm":
        """The term a union has. Several stand on one page, so ids begin with its number."""
        return cls(initial={"working_days": working_days}, auto_id=f"{union.number}_%s")


FORMS: dict[str, type[StepForm]] = {
    "verification": VerificationForm,
    "rectification": StepForm,
    "answer": StepForm,
    "approval": ApprovalForm,
    "return": StepForm,
}
