"""A list of places: the file, what its columns mean, what is said of a row."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.core.files import tables
from niangjia.places.forms.listing import FIRST_HOURS
from niangjia.places.models import Kind, PlaceList
from niangjia.places.rules.lists import vendors
from niangjia.places.rules.lists.columns import COLUMNS
from niangjia.places.rules.points import System

LARGEST = 8_000_000
#: A file of a vendor is read whole before it is known what it is.
HEAD = 64


def read_table(sent: Any) -> list[list[str]]:
    """A workbook, a CSV, or what the search of a map vendor answers. Raises `Invalid` on `file`."""
    head = sent.read(HEAD)
    sent.seek(0)
    if not vendors.is_json(head):
        return tables.read(sent, size=LARGEST)
    if (sent.size or 0) > LARGEST:
        raise tables.unfit(_("This file is too large for a list."))
    return vendors.table_of(sent.read())


class SendForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("File of places"),
        help_text=_(
            "XLSX or CSV with headings, or JSON as AMap, Tencent and Baidu answer; "
            "at most 20,000 rows."
        ),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose it again, or choose another one."),
        },
        widget=forms.FileInput({"accept": ".xlsx,.csv,.json"}),
    )


class MeaningForm(forms.Form):
    """What the columns of a list mean: a choice among them for each thing that we want to know."""

    system = forms.ChoiceField(
        label=_("Which map the points are from"),
        choices=[("", _("Please choose")), *System.choices],
        error_messages={"required": _("Say which map the points are from.")},
    )
    kind = forms.ChoiceField(
        label=_("What they are, where a row does not say"),
        choices=Kind.choices,
    )
    hours = forms.ChoiceField(
        label=_("When they are open, where a row does not say"),
        choices=[("", _("Ask me about each")), *FIRST_HOURS],
        required=False,
    )

    def __init__(self, *args: Any, place_list: PlaceList, **more: Any) -> None:
        self.list = place_list
        known = {f"column_{key}": str(at) for key, at in place_list.columns.items()}
        initial = {
            **known,
            "system": place_list.system,
            "kind": place_list.kind,
            "hours": place_list.hours,
        }
        super().__init__(*args, **{"initial": initial, **more})
        offered: list[tuple[str, Any]] = [("", _("Not in the file"))]
        offered += [(str(n), name or f"#{n + 1}") for n, name in enumerate(place_list.headings)]
        for column in COLUMNS:
            self.fields[f"column_{column.key}"] = forms.ChoiceField(
                label=str(column.label), choices=offered, required=False
            )

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """The choices among the columns."""
        return [self[f"column_{column.key}"] for column in COLUMNS]

    def columns(self) -> dict[str, int]:
        """What was chosen. Only of a valid form."""
        chosen = {c.key: self.cleaned_data[f"column_{c.key}"] for c in COLUMNS}
        return {key: int(at) for key, at in chosen.items() if at != ""}
