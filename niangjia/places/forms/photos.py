"""What is said of a photo that is on the page."""

from django import forms

from niangjia.core.files.fields import ALT_MAX


class PhotoChangeForm(forms.Form):
    """What is to be seen, said anew; the service says what is wrong with it."""

    alt = forms.CharField(max_length=ALT_MAX, required=False)
