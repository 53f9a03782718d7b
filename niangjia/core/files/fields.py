"""Forms by which people send pictures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.core.cleaning.kinds import PHOTOS
from niangjia.core.files.reasons import accept_attribute

#: Characters of what is to be seen on a picture.
ALT_MAX = 120


def camera_field(label: Any) -> forms.FileField:
    """A picture, from the camera where there is one; it may be left out."""
    widget = forms.FileInput({"accept": accept_attribute(PHOTOS), "capture": "environment"})
    return forms.FileField(label=label, required=False, allow_empty_file=True, widget=widget)


class PictureForm(forms.Form):
    """A picture for a page, and what is to be seen."""

    file = forms.FileField(
        label=_("Photo"),
        help_text=_("A JPEG, PNG or WebP of up to 10 MB. Where it was taken is removed from it."),
        widget=forms.FileInput({"accept": accept_attribute(PHOTOS)}),
        error_messages={"required": _("Choose a photo.")},
    )
    alt = forms.CharField(
        label=_("What is to be seen"),
        max_length=ALT_MAX,
        help_text=_("For whoever does not see it. No names."),
        error_messages={"required": _("Say in up to 120 characters what is to be seen.")},
    )
