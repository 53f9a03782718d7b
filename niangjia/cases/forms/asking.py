"""What is asked besides an item's own questions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.members.doors.fields import PhoneField


class EmployerForm(forms.Form):
    """The employer a complaint is about."""

    employer = forms.CharField(
        max_length=120,
        min_length=2,
        label=_("Which employer is it about?"),
        help_text=_("Its full name, as on the contract or the payslip. Its people never see this."),
        error_messages={
            "required": _("Say which employer it is about, so that its people never see this.")
        },
    )
    uscc = forms.CharField(
        required=False,
        max_length=18,
        label=_("Its unified social credit code"),
        help_text=_("If you have it: it stands on the business licence."),
    )


class NamedEmployerForm(EmployerForm):
    """The same for an officer who names one in a case that is at work."""

    employer = forms.CharField(
        max_length=120,
        min_length=2,
        label=_("The full name of the employer"),
        help_text=_("As on its business licence. The applicant reads which name was added."),
        error_messages={"required": _("Write its full name, in 2 to 120 characters.")},
    )


class ReachForm(forms.Form):
    """How somebody without an account can be reached, if they want to be."""

    phone = PhoneField(
        required=False,
        label=_("A mobile number for questions"),
        help_text=_("Leave it empty to stay unknown. Then only the receipt leads back to this."),
    )
