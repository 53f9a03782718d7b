"""What is typed about oneself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.members.forms.fields import CodeField, PhoneField
from niangjia.members.models import DocumentType, Gender


class IdentityForm(forms.Form):
    """Who somebody is. Rules, not this form, decide what is right (`rules.identity`)."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        error_messages={"required": _("Enter your name.")},
        help_text=_("Exactly as on your document; the dot in the name may be typed in any form."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    document_type = forms.ChoiceField(label=_("Document"), choices=DocumentType.choices)
    identity_number = forms.CharField(
        label=_("Number of the document"),
        max_length=200,
        error_messages={"required": _("Enter the number of your document.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    birth_date = forms.CharField(
        label=_("Birth date"),
        required=False,
        max_length=20,
        help_text=_("Only where the number does not carry it: passport, permanent resident card."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, choices=[("", "-"), *Gender.choices]
    )
    consent = forms.BooleanField(label=_("I agree to the identity check"), required=False)


class PhoneChangeForm(forms.Form):
    """The number to move to."""

    phone = PhoneField(label=_("New mobile number"))


class PhoneCodesForm(forms.Form):
    """The codes that came to both."""

    new_code = CodeField(label=_("Code sent to the new number"))
    old_code = CodeField(label=_("Code sent to the old number"))


class DeletionForm(forms.Form):
    """Deleting is confirmed by something only its owner types without thinking."""

    confirmation = forms.CharField(
        label=_("The last 4 digits of your phone number"),
        max_length=10,
        error_messages={"required": _("Type the last 4 digits to confirm.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, phone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phone = phone

    def clean_confirmation(self) -> str:
        typed: str = self.cleaned_data["confirmation"].strip()
        if typed != self.phone[-4:]:
            raise forms.ValidationError(_("These are not the last 4 digits of your number."))
        return typed
