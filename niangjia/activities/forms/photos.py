"""Sending a photo, and asking that one is taken down."""

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.activities.services.photos import ALT_MAX, WORDS_MAX
from niangjia.core import files


class PhotoForm(forms.Form):
    """A photo, and what is to be seen."""

    file = forms.FileField(
        label=_("Photo"),
        help_text=_("A JPEG, PNG or WebP of up to 10 MB. Where it was taken is removed from it."),
        widget=forms.FileInput({"accept": files.accept_attribute(files.PHOTOS)}),
        error_messages={"required": _("Choose a photo.")},
    )
    alt = forms.CharField(
        label=_("What is to be seen"),
        max_length=ALT_MAX,
        help_text=_("For whoever does not see it. No names."),
        error_messages={"required": _("Say in up to 120 characters what is to be seen.")},
    )


class TakeDownForm(forms.Form):
    """Why; it may stay empty."""

    words = forms.CharField(
        label=_("What is the matter with it"),
        required=False,
        max_length=WORDS_MAX,
        widget=forms.Textarea({"rows": 2}),
    )
