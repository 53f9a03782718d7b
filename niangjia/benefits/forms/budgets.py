"""What officers type about budgets."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.forms.fields import AMOUNT, YuanField


class BudgetForm(forms.Form):
    """What there is in a year."""

    name = forms.CharField(
        label=_("Name of the budget"),
        max_length=60,
        error_messages={"required": _("Give it a name.")},
    )
    year = forms.IntegerField(label=_("Year"))
    amount = YuanField(label=_("Amount, in yuan"), error_messages=AMOUNT)


class AmountForm(forms.Form):
    """How much there is from now on."""

    amount = YuanField(label=_("Amount, in yuan"), error_messages=AMOUNT)
