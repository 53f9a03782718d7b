"""What is done with a version: begun, published, retired, written by hand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.cases.forms.drafting.cells import PATTERNS
from niangjia.core import strict_json

MOST_CHARACTERS = 400_000


class NewItemForm(forms.Form):
    """The key and the name of a new item."""

    key = forms.RegexField(
        regex=PATTERNS["key"][0],
        label=_("Key"),
        help_text=_("Its name for good, in small letters: later cases are counted by it."),
        error_messages={
            "required": _("Small letters, digits and hyphens, a letter first."),
            "invalid": PATTERNS["key"][1],
        },
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    zh = forms.CharField(max_length=60, label=_("Name, in Chinese"))
    en = forms.CharField(max_length=80, label=_("Name, in English"))


class PublicationForm(forms.Form):
    """From when a version holds."""

    from_date = forms.DateField(
        required=False,
        label=_("From which day"),
        help_text=_("Empty: from now on."),
        widget=forms.DateInput({"type": "date"}),
        error_messages={"invalid": _("Write the day like 2026-11-22.")},
    )


class RetirementForm(forms.Form):
    """Why a version is offered no longer."""

    reason = forms.CharField(
        max_length=500,
        label=_("Why it is retired"),
        widget=forms.Textarea({"rows": 2}),
        error_messages={
            "required": _("Say why, in 10 to 500 characters: colleagues read it later.")
        },
    )


class RawForm(forms.Form):
    """A document written by hand, as JSON. What is wrong says in which line."""

    content = forms.CharField(
        max_length=MOST_CHARACTERS,
        strip=False,
        label=_("The document as JSON"),
        widget=forms.Textarea({"rows": 30, "spellcheck": "false", "class": "code"}),
        error_messages={"required": _("Write the document.")},
    )
    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)

    def clean_content(self) -> dict[str, Any]:
        """The document. Raises `ValidationError` with the line."""
        try:
            document = strict_json.loads(self.cleaned_data["content"])
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", 1)
            column = getattr(error, "colno", 1)
            raise forms.ValidationError(
                _("Line %(line)s, column %(column)s: this is not JSON.")
                % {"line": line, "column": column},
                code="not-json",
            ) from None
        if not isinstance(document, dict):
            raise forms.ValidationError(_("Line 1: a document is an object."), code="not-object")
        found: dict[str, Any] = document
        return found
