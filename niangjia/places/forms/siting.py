"""What an officer asks of a siting; what is allowed is said by the service."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.places.models import Who, Window
from niangjia.places.models.siting import MOST_STATIONS


class SitingForm(forms.Form):
    """With how many more stations, for whom, in which hours."""

    stations = forms.IntegerField(
        label=_("How many more stations"),
        initial=10,
        error_messages={
            "required": _("Ask for 1 to %(most)s stations.") % {"most": MOST_STATIONS},
            "invalid": _("Ask for 1 to %(most)s stations.") % {"most": MOST_STATIONS},
        },
    )
    who = forms.ChoiceField(label=_("For these people"), choices=Who.choices)
    window = forms.ChoiceField(
        label=_("Open in which hours"),
        choices=Window.choices,
        help_text=_("The new stations are taken to be open in all of them."),
    )
