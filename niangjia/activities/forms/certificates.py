"""What is typed about certificates."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RuleForm(forms.Form):
    """How often one must have come."""

    needed = forms.IntegerField(
        label=_("A certificate for whoever came at least so many times"), min_value=1, max_value=60
    )


class CertificateCodeForm(forms.Form):
    """The code on the paper."""

    code = forms.CharField(
        label=_("Code on the certificate"),
        max_length=40,
        help_text=_("12 letters and digits, like 7K2M-9QXC-4T0B."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )
