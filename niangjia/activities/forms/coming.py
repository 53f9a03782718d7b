"""What officers type about people who come."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.activities.services.exporting import PURPOSE_MAX


class WhyForm(forms.Form):
    """Why somebody cannot take part, or a certificate does not count; `of` says whose. Whether a
    reason is needed, and how long it may be, the service says."""

    reason = forms.CharField(label=_("Why"), required=False)

    def __init__(self, of: uuid.UUID, data: Any) -> None:
        super().__init__(data, auto_id=f"%s-{of}")
        self.of = of


class ListForm(forms.Form):
    """What the list of those who come is for."""

    purpose = forms.CharField(
        label=_("What for?"),
        max_length=PURPOSE_MAX,
        help_text=_(
            "Everybody on it can read who took it and what for. Delete it when it is over."
        ),
        error_messages={"required": _("Say what the list is for, in 4 to 200 characters.")},
    )


class PurposeForm(forms.Form):
    """What a list with identity numbers is for."""

    purpose = forms.CharField(
        label=_("What for?"),
        max_length=PURPOSE_MAX,
        help_text=_(
            "It holds identity numbers. Everybody on it can read who took it and what for."
        ),
        error_messages={"required": _("Say what the list is for, in 4 to 200 characters.")},
    )
