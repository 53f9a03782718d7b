"""What is typed on the way in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.members.forms.fields import CodeField, PhoneField


class PhoneForm(forms.Form):
    """The number a code is sent to."""

    phone = PhoneField()


class CodeForm(forms.Form):
    """The code that came."""

    code = CodeField()


class PasswordForm(forms.Form):
    """The other way in, for those who chose a password."""

    phone = PhoneField()
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password.")},
    )
