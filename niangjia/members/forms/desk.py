"""What officers type at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.members.models import ApplicationKind, ApplicationStatus
from niangjia.members.rules.applications import BULK_LIMIT


class InboxFilterForm(forms.Form):
    """The filters of the inbox, from the address; what does not fit is ignored."""

    union = forms.CharField(required=False, max_length=14)
    kind = forms.ChoiceField(required=False, choices=ApplicationKind.choices)
    late = forms.BooleanField(required=False)
    escalated = forms.BooleanField(required=False)


class DecisionForm(forms.Form):
    """One answer: the verdict and why."""

    verdict = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (ApplicationStatus.ADMITTED, _("Admit")),
            (ApplicationStatus.REFUSED, _("Refuse")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether to admit or to refuse.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The applicant reads it. A refusal needs one; say what they can do next."),
    )


class BulkDecisionForm(DecisionForm):
    """The same answer for many: their numbers come as checkboxes."""

    numbers = forms.MultipleChoiceField(
        error_messages={"required": _("Tick at least one application.")}
    )

    def __init__(self, data: Any = None) -> None:
        # Its own ids: the same page may show the answer to a single application beside it.
        super().__init__(data, auto_id="all_%s")
        ticked = data.getlist("numbers") if data is not None else []
        self.fields["numbers"].choices = [(number, number) for number in ticked]  # type: ignore[attr-defined]

    def clean_numbers(self) -> list[str]:
        numbers: list[str] = list(dict.fromkeys(self.cleaned_data["numbers"]))
        if len(numbers) > BULK_LIMIT:
            raise forms.ValidationError(
                _("Tick at most %(limit)d at once."), params={"limit": BULK_LIMIT}
            )
        return numbers
