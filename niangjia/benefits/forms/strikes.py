"""What is typed about a redemption that is struck."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.models import Occasion


class StrikeForm(forms.Form):
    """Why a redemption is not owed, and who its victim is."""

    occasion = forms.ChoiceField(
        label=_("What is it for?"),
        choices=Occasion.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    is_party = forms.TypedChoiceField(
        label=_("And the coupon's holder?"),
        choices=[
            ("no", _("Is the victim: the amount is on the coupon again once it is final")),
            ("yes", _("Had a part in it: the whole coupon is blocked")),
        ],
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    reason = forms.CharField(
        label=_("What was found of it"),
        max_length=300,
        help_text=_("The merchant and the coupon's holder read it. Name nobody."),
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": _(
                "Say why, in up to 300 characters: the merchant and the coupon's holder read it."
            )
        },
    )


class DropForm(forms.Form):
    """Why it is not struck."""

    reason = forms.CharField(
        label=_("Why not"),
        max_length=300,
        help_text=_("Whoever proposed it reads it."),
        error_messages={"required": _("Say why not: whoever proposed it reads it.")},
    )


class ObjectionForm(forms.Form):
    """What the merchant says."""

    words = forms.CharField(
        label=_("Why it is owed to you"),
        max_length=500,
        help_text=_("For example what was sold, and the number of the receipt."),
        widget=forms.Textarea({"rows": 4}),
        error_messages={
            "required": _("Say why it is owed, in up to 500 characters. The union reads it.")
        },
    )


class ObjectionAnswerForm(forms.Form):
    """What the union answers."""

    stands = forms.TypedChoiceField(
        label=_("What did you find?"),
        choices=[("yes", _("It stays struck")), ("no", _("It is owed again"))],
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    words = forms.CharField(
        label=_("What you answer the merchant"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": _("Say what you found, in up to 500 characters. The merchant reads it.")
        },
    )
