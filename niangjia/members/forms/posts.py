"""Appointing officers."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.core import errors
from niangjia.members.models import Reach, Role
from niangjia.members.rules import phones


class AppointmentForm(forms.Form):
    """Whom, to what, how far. The person is named by the number they sign in with."""

    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=30,
        help_text=_("The number they sign in with. Ask them to sign in once before."),
        error_messages={"required": _("Enter the mobile number.")},
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Post"), widget=forms.RadioSelect)
    reach = forms.ChoiceField(
        label=_("Reach"), choices=Reach.choices, initial=Reach.SUBTREE, widget=forms.RadioSelect
    )

    def __init__(self, *args: object, roles: Iterable[Role], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        try:
            return phones.normalised(self.cleaned_data["phone"])
        except errors.Invalid as error:
            raise forms.ValidationError(str(error.message)) from error
