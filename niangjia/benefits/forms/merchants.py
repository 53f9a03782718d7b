"""What officers type about merchants and their shops."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.benefits.forms.benefits import ReasonForm
from niangjia.benefits.models import MerchantState


class MerchantForm(forms.Form):
    """A business under contract."""

    name = forms.CharField(
        label=_("Name of the business"),
        max_length=120,
        error_messages={"required": _("Write the name of the business.")},
    )
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        max_length=30,
        help_text=_("18 characters, as on the business licence."),
        error_messages={"required": _("Write the code of the business licence.")},
    )
    trade = forms.CharField(label=_("What it sells"), max_length=60, required=False)


class MerchantStateForm(ReasonForm):
    """Suspend, let go on, end."""

    state = forms.ChoiceField(
        label=_("From now on"), choices=MerchantState.choices, widget=forms.RadioSelect
    )
    field_order = ("state", "reason")


class ShopForm(forms.Form):
    """One place that takes coupons."""

    name = forms.CharField(
        label=_("Name of the shop"),
        max_length=120,
        error_messages={"required": _("Write the name of the shop.")},
    )
    place = forms.CharField(
        label=_("County or district"),
        max_length=60,
        required=False,
        help_text=_("Empty: that of the union."),
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=200,
        error_messages={"required": _("Write street and number.")},
    )
    longitude = forms.FloatField(label=_("Longitude"), required=False)
    latitude = forms.FloatField(label=_("Latitude"), required=False)
    opening_hours = forms.CharField(
        label=_("When the shop is open"),
        max_length=200,
        required=False,
        help_text=_("For example Mo-Su 08:00-21:00"),
    )


class ImportForm(forms.Form):
    """A list of merchants and shops."""

    sheet = forms.FileField(
        label=_("Sheet of merchants and shops"),
        help_text=_("XLSX or CSV, with the headings of the sheet that you can fetch here."),
        error_messages={"required": _("Choose a file.")},
    )
