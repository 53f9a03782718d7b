"""What people write about stars."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.places.rules import stars as rules
from niangjia.places.rules.star_terms import BOUNDS, LABELS, NATIONAL, outside
from niangjia.places.services.objecting import LONGEST_ANSWER, LONGEST_WORDS

NATIONALLY = NATIONAL.values()


class ObjectionForm(forms.Form):
    """What is not so."""

    words = forms.CharField(
        label=_("What is not so"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say what is not so, in up to 500 characters.")},
    )


class DecisionForm(forms.Form):
    """Why the stars stay, or do not."""

    answer = forms.CharField(
        label=_("Why you decide so"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Say why, in up to 300 characters.")},
    )


class StarsForm(forms.Form):
    """Stars by hand, with the reason."""

    stars = forms.TypedChoiceField(
        label=_("How many stars"),
        coerce=int,
        choices=[(n, f"{n} ★") for n in range(rules.BEST, rules.WORST - 1, -1)],
    )
    reason = forms.CharField(
        label=_("Why not those that the rules give: everybody reads it"),
        max_length=LONGEST_ANSWER,
        error_messages={"required": _("Say why, in up to 300 characters.")},
    )


class StarTermsForm(forms.Form):
    """How much the stars ask for; the country's numbers stand beside each."""

    use_required_attribute = False

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for name, label in LABELS.items():
            least, most = BOUNDS[name]
            self.fields[name] = forms.IntegerField(
                label=str(label),
                help_text=_("In the whole country: %(number)s") % {"number": NATIONALLY[name]},
                min_value=least,
                max_value=most,
                error_messages={
                    "required": _("Write a number."),
                    "invalid": _("Write a number."),
                    **dict.fromkeys(("min_value", "max_value"), str(outside(name))),
                },
            )
