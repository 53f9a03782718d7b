"""Looking members up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.members.forms.purposes import PurposeForm
from niangjia.members.selectors.registers import MemberQuery


class LookUpForm(PurposeForm):
    """Whom, and what for. The text may be a name or a whole number."""

    by = forms.ChoiceField(
        label=_("Look up by"),
        choices=[
            ("name", _("Whole name")),
            ("identity_number", _("Identity number")),
            ("phone", _("Mobile number")),
            ("number", _("Membership number")),
        ],
        widget=forms.RadioSelect,
        initial="name",
    )
    text = forms.CharField(
        label=_("Name or number"),
        max_length=60,
        error_messages={"required": _("Enter a name or a number.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    field_order = ["by", "text", "purpose", "words"]

    def query(self) -> MemberQuery:
        """What was asked for. Only of a valid form."""
        return MemberQuery(by=self.cleaned_data["by"], text=self.cleaned_data["text"])


class ChangeForm(forms.Form):
    """Why a membership is reserved, restored or ended; the member reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("The member reads it."),
    )
