"""Fields that clean what people type the way the rules understand it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.core import errors
from niangjia.members.rules import phones


class PhoneInput(forms.TextInput):
    """A field for which phones show their keys for numbers."""

    input_type = "tel"


class PhoneField(forms.CharField):
    """A mobile number, in E.164 once cleaned."""

    widget = PhoneInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Mobile number"))
        kwargs.setdefault("error_messages", {"required": _("Enter your mobile number.")})
        super().__init__(**{"max_length": 40, **kwargs})
        self.widget.attrs.update({"inputmode": "tel", "autocomplete": "tel", "maxlength": "40"})

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return text
        try:
            return phones.normalised(text)
        except errors.Invalid as refusal:
            raise forms.ValidationError(str(refusal.message), code=refusal.code) from None


class ColleagueField(PhoneField):
    """The number by which an officer names somebody who has an account."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("The number they sign in with. Ask them to sign in once before.")
        )
        kwargs.setdefault("error_messages", {"required": _("Enter the mobile number.")})
        super().__init__(**kwargs)
        self.widget.attrs["autocomplete"] = "off"


class CodeField(forms.CharField):
    """A one-time code of six digits; spaces do not matter."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Code"))
        kwargs.setdefault("error_messages", {"required": _("Enter the code.")})
        super().__init__(**{"max_length": 20, **kwargs})
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "one-time-code"})
