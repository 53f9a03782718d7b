"""Groups: what members and officers type."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.cases.rules.groups import MOST_ROWS, NAME_LENGTH
from niangjia.core import errors
from niangjia.core.files import tables
from niangjia.members.clients import sms

LARGEST_LIST = 2_000_000
#: Between a name and a number on one line.
BETWEEN = re.compile(r"[,，;；\t]+|\s+(?=[+\d])")

Row = tuple[str, str]


class JoinForm(forms.Form):
    """The code, and who takes part: only the union reads the name and the number."""

    code = forms.CharField(
        max_length=60,
        label=_("Code of the group"),
        help_text=_("From whoever asked you to take part, or from your union."),
        error_messages={"required": _("This code opens no group. Ask whoever gave it to you.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    name = forms.CharField(
        max_length=NAME_LENGTH,
        label=_("Your name"),
        error_messages={"required": _("Write the name, in 2 to 40 characters.")},
    )
    phone = forms.CharField(
        max_length=30,
        label=_("Mobile number"),
        help_text=_("Only the union that handles the case reads it."),
        error_messages={"required": _("Enter the mobile number.")},
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )


class JoinUnknownForm(JoinForm):
    """The same of whoever gets a receipt: without an account no notice reaches them."""

    may_text = forms.BooleanField(
        required=False,
        label=_("Send me a text message when there is news"),
        help_text=_("It says only that there is news: not of what, and without the receipt."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not sms.can_send():
            del self.fields["may_text"]


class PartReceiptForm(forms.Form):
    """The receipt of somebody who takes part without an account."""

    receipt = forms.CharField(
        max_length=80,
        label=_("Receipt"),
        error_messages={"required": _("Type the receipt.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class ListForm(forms.Form):
    """People to be entered: typed or pasted, or a table as a file."""

    text = forms.CharField(
        required=False,
        max_length=60_000,
        label=_("Names and mobile numbers"),
        help_text=_("One person a line: the name, then the number. Or choose a file below."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    file = forms.FileField(
        required=False,
        label=_("File (XLSX or CSV)"),
        help_text=_("The first column has the names, the second the numbers; at most 500 people."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        sent = data.get("file")
        try:
            rows = rows_of_file(sent) if sent else rows_of_text(data.get("text", ""))
        except errors.DomainError as refusal:
            raise forms.ValidationError({"file": str(refusal.message)}) from refusal
        if not 1 <= len(rows) <= MOST_ROWS:
            raise forms.ValidationError({"text": _("A list has 1 to 500 people.")})
        return {**data, "rows": rows}


def rows_of_text(text: str) -> list[Row]:
    """A person a line; lines with nothing in them are passed over."""
    return without_heading(BETWEEN.split(line.strip(), maxsplit=1) for line in text.splitlines())


def rows_of_file(sent: Any) -> list[Row]:
    """The first sheet of a workbook, or a CSV. Raises `Invalid` on `file`."""
    return without_heading(tables.read(sent, size=LARGEST_LIST))


def without_heading(rows: Iterable[list[str]]) -> list[Row]:
    """The first two cells of each row that has any; a first row without a digit is a heading."""
    found = [
        (cells[0].strip(), cells[1].strip() if len(cells) > 1 else "")
        for cells in rows
        if any(cell.strip() for cell in cells)
    ]
    if found and not any(sign.isdigit() for sign in found[0][1]):
        return found[1:] if found[0][1] else found
    return found


class RemovalForm(forms.Form):
    """Who is taken out, and why."""

    member = forms.UUIDField()
    reason = forms.CharField(
        max_length=500,
        label=_("Why they are taken out"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why, in 10 to 500 characters.")},
    )


class NominationForm(forms.Form):
    """Whom the group thought of."""

    member = forms.UUIDField()


class VoicesForm(forms.Form):
    """Whose signatures a representative has."""

    representative = forms.UUIDField()
    members = forms.TypedMultipleChoiceField(
        coerce=str, error_messages={"required": _("Tick who has signed.")}
    )

    def __init__(self, members: Iterable[str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["members"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(key, key) for key in members]
