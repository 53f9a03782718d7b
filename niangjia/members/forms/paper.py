"""补录: the form for a member who stands in the paper register alone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.members.forms.fields import PhoneField
from niangjia.members.forms.joining.choices import optional
from niangjia.members.models import DocumentType, Gender

DATE = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
WHO = ("name", "document_type", "identity_number", "birth_date", "gender")


class PaperMemberForm(forms.Form):
    """Who, and since when, as the paper register says. What the documents must look like is checked
    by the service, whose messages come back beside the fields."""

    union = forms.CharField(
        label=_("Union"),
        max_length=120,
        help_text=_("Part of its name, initials as in ywzgh, or its number; then choose it."),
        error_messages={"required": _("Enter the number or the name of the union.")},
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    chosen = forms.CharField(required=False, max_length=14, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        error_messages={"required": _("Enter the name as in the register.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    document_type = forms.ChoiceField(label=_("Document"), choices=DocumentType)
    identity_number = forms.CharField(
        label=_("Document number"),
        max_length=60,
        help_text=_("Kept encrypted. It keeps anybody from being entered twice."),
        error_messages={"required": _("Enter the number of the document.")},
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )
    birth_date = forms.DateField(
        label=_("Birth date"),
        required=False,
        widget=DATE,
        help_text=_("Only for documents whose number does not say it, such as a passport."),
    )
    gender = forms.ChoiceField(label=_("Gender"), required=False, choices=optional(Gender))
    admitted_date = forms.DateField(
        label=_("Member since"),
        widget=DATE,
        help_text=_("The day of admission in the paper register."),
        error_messages={"required": _("Enter the day of admission.")},
    )
    phone = PhoneField(
        required=False, help_text=_("Only if they gave it to the union. It is not a sign-in.")
    )
    employer_name = forms.CharField(label=_("Employer"), required=False, max_length=120)
    job = forms.CharField(label=_("Job"), required=False, max_length=60)

    def answers(self) -> dict[str, Any]:
        """Who they are, for the service. Only of a valid form."""
        return {field: self.cleaned_data[field] for field in WHO}
