"""What is typed at a till."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.forms.fields import YuanField
from niangjia.benefits.models import Redemption


class SaleForm(forms.Form):
    """One purchase that a coupon pays for."""

    code = forms.CharField(
        max_length=200,
        label=_("Code on the phone"),
        help_text=_("Scan it, or type the coupon's number and the six digits."),
        widget=forms.TextInput(
            {"autocomplete": "off", "inputmode": "text", "autofocus": True, "spellcheck": "false"}
        ),
        error_messages={"required": _("Scan the code, or type its digits.")},
    )
    bill = YuanField(
        error="bill",
        label=_("What the purchase comes to, in yuan"),
        help_text=_("Empty for a thing that is handed over without a bill."),
        required=False,
    )
    amount = YuanField(
        label=_("Of it with the coupon, in yuan"),
        help_text=_("Leave it empty to take as much as the coupon gives."),
        required=False,
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)


class RefundForm(forms.Form):
    """What came back; of a thing, all of it."""

    amount = YuanField(
        label=_("Put back on the coupon, in yuan"),
        error_messages={"required": _("Write how much of it.")},
    )

    def __init__(self, sale: Redemption, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.sale = sale
        if sale.coupon.benefit.is_piece:
            del self.fields["amount"]

    def amount_fen(self) -> int:
        """How much. Only of a valid form."""
        amount: int = self.cleaned_data.get("amount", self.sale.kept_fen)
        return amount

    reason = forms.CharField(
        max_length=300,
        label=_("What came back"),
        error_messages={"required": _("Say what came back.")},
    )
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """What the merchant says of a statement: that it is right, or what is wrong with it."""

    agrees = forms.BooleanField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        required=False,
        max_length=500,
        label=_("Is something wrong with it?"),
        help_text=_("Then say which line, and why. Else leave it empty."),
        widget=forms.Textarea({"rows": 3}),
    )

    def clean_words(self) -> str:
        """Nobody confirms a statement with which they say something is wrong."""
        words: str = self.cleaned_data["words"]
        if words and self.cleaned_data.get("agrees"):
            raise forms.ValidationError(
                _("You wrote that something is wrong. Tell the union, or take it out to confirm.")
            )
        return words
