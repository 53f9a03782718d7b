"""Appointing officers."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.members.forms.fields import ColleagueField
from niangjia.members.models import Reach, Role


class AppointmentForm(forms.Form):
    """Whom, to what, how far. The person is named by the number they sign in with."""

    phone = ColleagueField()
    role = forms.ChoiceField(label=_("Post"), widget=forms.RadioSelect)
    reach = forms.ChoiceField(
        label=_("Reach"), choices=Reach.choices, initial=Reach.SUBTREE, widget=forms.RadioSelect
    )

    def __init__(self, *args: object, roles: Iterable[Role], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
