"""What is typed about draws."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import Source, VoidReason


class LineForm(forms.Form):
    """Where does my line stand?"""

    code = forms.CharField(
        label=_("Your code, or the name of your line"),
        max_length=64,
        error_messages={"required": _("Type your code, or the name of your line.")},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class AnnouncementForm(forms.Form):
    """By which public value the lots will be drawn."""

    source = forms.ChoiceField(
        label=_("Which lottery decides?"), choices=Source.choices, widget=forms.RadioSelect
    )
    issue = forms.CharField(
        label=_("Number of the issue"),
        help_text=_("As it is printed: the year and three digits, like 2026135."),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    day = forms.DateField(
        label=_("The evening it is drawn"),
        help_text=_(
            "Double Colour Ball: Tuesday, Thursday, Sunday. "
            "Super Lotto: Monday, Wednesday, Saturday."
        ),
        widget=forms.DateInput({"type": "date"}),
    )


class ValueForm(forms.Form):
    """The public value, as somebody looked it up."""

    value = forms.CharField(
        label=_("The numbers that were drawn"),
        max_length=80,
        error_messages={"required": _("Type the numbers.")},
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "text"}),
    )


class VoidForm(forms.Form):
    """Why a draw shall not count."""

    reason = forms.ChoiceField(label=_("Why?"), choices=(), widget=forms.RadioSelect)

    def __init__(self, *args: object, reasons: list[VoidReason], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(reason.value, reason.label) for reason in reasons]
        self.fields["reason"].choices = choices  # type: ignore[attr-defined]
