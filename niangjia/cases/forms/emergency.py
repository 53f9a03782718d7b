"""What is typed about emergency access."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.cases.rules import emergency as rules

LEAST, MOST = rules.REASON_LENGTHS


class EmergencyForm(forms.Form):
    """Which case somebody has to read now, and why."""

    number = forms.CharField(
        max_length=20,
        label=_("Number of the case"),
        error_messages={"required": _("Type the number of the case: 16 digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        max_length=MOST,
        label=_("Why you have to read it now"),
        help_text=_("Whoever decides reads this. At least 10 characters."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Say in 10 to 500 characters why you have to read this case now.")
        },
    )


class EmergencyAnswerForm(forms.Form):
    """Yes, for so many hours, or no."""

    granted = forms.TypedChoiceField(
        choices=[("yes", _("Grant it")), ("no", _("Refuse it"))],
        coerce=lambda value: value == "yes",
        error_messages={
            "required": _("Choose an answer."),
            "invalid_choice": _("Choose an answer."),
        },
    )
    hours = forms.IntegerField(
        initial=1,
        min_value=1,
        max_value=rules.MOST_HOURS,
        label=_("For how many hours"),
        error_messages={
            "required": _("Between one hour and four."),
            "invalid": _("Between one hour and four."),
            "min_value": _("Between one hour and four."),
            "max_value": _("Between one hour and four."),
        },
        widget=forms.NumberInput(attrs={"min": 1, "max": rules.MOST_HOURS}),
    )
