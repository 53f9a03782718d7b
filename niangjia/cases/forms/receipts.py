"""What somebody with a receipt types."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.members.doors.fields import PhoneField


class TextsForm(forms.Form):
    """Where text messages go that there is news; empty: nowhere."""

    phone = PhoneField(
        required=False,
        help_text=_(
            "It gets a message when there is news: not of what, and without the receipt. Officers "
            "are not shown it."
        ),
    )


class ReceiptForm(forms.Form):
    """A receipt, and something to add."""

    receipt = forms.CharField(
        max_length=80,
        label=_("Your receipt"),
        help_text=_("32 letters and digits, in groups of four."),
        error_messages={"required": _("Type the receipt you were given.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    words = forms.CharField(
        required=False,
        max_length=4000,
        label=_("Something to add"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    #: How many entries were on the page on which the words were typed.
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())
