"""Which cases belong together: what officers type."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.cases.models import LinkKind


class LinkForm(forms.Form):
    """The number of another case, and what this one is to it."""

    other = forms.CharField(
        max_length=20,
        label=_("Number of the other case"),
        error_messages={"required": _("Type the number of the case: 16 digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        choices=LinkKind.choices,
        initial=LinkKind.RELATED,
        label=_("What this case is to it"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how they belong together.")},
    )


class LinkChoice(forms.Form):
    """One link of the page."""

    link = forms.CharField(max_length=40)


class UnlinkForm(LinkChoice):
    """One link, and why it is none any more."""

    reason = forms.CharField(
        max_length=500,
        label=_("Why they do not belong together"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why, in 10 to 500 characters.")},
    )
