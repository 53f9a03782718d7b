"""What people write about stars."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.places.rules import stars as rules
from niangjia.places.services.objecting import LONGEST_ANSWER, LONGEST_WORDS


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
