"""会籍变更: the form for a member's particulars."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.members.forms.joining.choices import optional
from niangjia.members.models import Education, Membership, SkillLevel, Workplace
from niangjia.members.rules.particulars import LABELS
from niangjia.members.selectors.memberships import last_change_id, particulars_of

DATE = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

REASON = _("Say why, in at least 10 characters, so that whoever it is about knows what to do next.")


class CorrectionForm(forms.Form):
    """What the register should say, and why; the member reads both. What may stand there is checked
    by the service, whose messages come back beside the fields."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        error_messages={"required": _("Enter the name as in the register.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    admitted_date = forms.DateField(
        label=_("Member since"),
        widget=DATE,
        help_text=_("The day of admission in the paper register."),
        error_messages={"required": _("Enter the day of admission.")},
    )
    employer_name = forms.CharField(label=_("Employer"), required=False, max_length=120)
    job = forms.CharField(label=_("Job"), required=False, max_length=60)
    workplace = forms.ChoiceField(
        label=_("Where they work"),
        required=False,
        choices=optional(Workplace),
        help_text=_("What is for whoever works outdoors, summer drinks for one, goes by it."),
    )
    education = forms.ChoiceField(label=_("Education"), required=False, choices=optional(Education))
    skill_level = forms.ChoiceField(
        label=_("Skill level"), required=False, choices=optional(SkillLevel)
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        error_messages={"required": REASON},
        widget=forms.Textarea({"rows": 2}),
        help_text=_("The member reads it, with what stood there before."),
    )
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, membership: Membership, data: Any = None) -> None:
        last = last_change_id(membership)
        super().__init__(data, initial={**particulars_of(membership), "seen": last})
        if membership.person.verified_at:
            name = self.fields["name"]
            name.disabled = True
            name.help_text = _(
                "The real-name check has confirmed this name. Only the member changes it, with "
                "the new document."
            )

    def particulars(self) -> dict[str, Any]:
        """What the register should say. Only of a valid form."""
        return {field: self.cleaned_data[field] for field in LABELS}

    def look_again(self, membership: Membership) -> None:
        """From now on `seen` is the history as it is; what was typed stays."""
        typed = {name: self.data.get(name) for name in self.data}
        self.data = typed | {"seen": str(last_change_id(membership))}
