"""What officers type about parts that are kept for unions below."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.core.form_fields import MomentField
from niangjia.organisations.models import Union
from niangjia.organisations.selectors import find_union_named


class ShareForm(forms.Form):
    """So many for one union below, for a time."""

    union = forms.CharField(
        label=_("Union below, by number or whole name"),
        max_length=120,
        error_messages={"required": _("Say which union.")},
    )
    shares = forms.IntegerField(
        label=_("How many are kept for it"),
        min_value=1,
        error_messages={
            "required": _("Say how many are kept for it."),
            "min_value": _("There is at least one."),
        },
    )
    returns_at = MomentField(
        label=_("What is left flows back to everybody at"),
        help_text=_("Empty: never by itself."),
        required=False,
    )


class ReachForm(forms.Form):
    """One union more whose members can have it."""

    union = forms.CharField(
        label=_("Which union"),
        max_length=120,
        help_text=_("Its number or whole name; it can lie beside yours or above it."),
        error_messages={"required": _("Say which union.")},
    )

    def clean_union(self) -> Union:
        """The one that was named."""
        found = find_union_named(self.cleaned_data["union"])
        if found is None:
            raise forms.ValidationError(
                _("No union has this number, or not just one has this name. Try its number.")
            )
        return found
