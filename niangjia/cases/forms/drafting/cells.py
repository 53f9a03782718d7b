"""One value of a document as a field of a form, and back."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.cases.rules.drafting.cells import UNITS, Cell, get, put

#: Keys are a document's own; names of questions and numbers are read by conditions, where a hyphen
#: would be a minus.
PATTERNS = {
    "key": (r"^[a-z][a-z0-9-]{0,39}$", _("Small letters, digits and hyphens, a letter first.")),
    "name": (r"^[a-z][a-z0-9_]{0,39}$", _("Small letters, digits and _, a letter first.")),
}
BOTH = _("Say it in both languages.")


class CellsForm(forms.Form):
    """A form of cells over one row of a document."""

    cells: ClassVar[tuple[Cell, ...]] = ()

    use_required_attribute = False

    def __init__(self, *args: Any, row: Mapping[str, Any] | None = None, **options: Any) -> None:
        self.row = dict(row or {})
        # A set of forms gives initial values of its own; the row says more.
        super().__init__(*args, **{**options, "initial": self.shown()})
        for cell in self.cells:
            self.fields.update(fields_of(cell))

    def shown(self) -> dict[str, Any]:
        """What stands in the row, field by field."""
        found: dict[str, Any] = {}
        for cell in self.cells:
            value = get(self.row, cell.path)
            found |= shown_as(cell, cell.default if value is None else value)
        return found

    def clean(self) -> dict[str, Any]:
        """Words are said in both languages or in none."""
        cleaned = super().clean() or {}
        for cell in self.cells:
            if cell.kind in ("words", "long"):
                zh, en = cleaned.get(f"{cell.field}_zh"), cleaned.get(f"{cell.field}_en")
                if bool(zh) != bool(en) and not self.has_error(f"{cell.field}_zh"):
                    missing = "en" if zh else "zh"
                    if not self.has_error(f"{cell.field}_{missing}"):
                        self.add_error(f"{cell.field}_{missing}", BOTH)
        return cleaned

    def written(self) -> dict[str, Any]:
        """The row with what was typed; what no cell is about stays. Only of a valid form."""
        row = dict(self.row)
        for cell in self.cells:
            value = read(cell, self.cleaned_data)
            if cell.kind == "term":
                value = term_beside(get(row, cell.path) or {}, value)
            put(row, cell.path, None if value == cell.default else value)
        return row

    @property
    def changed_names(self) -> set[str]:
        """The fields of the document, at its top, that were changed."""
        changed = set(self.changed_data)
        return {cell.path[0] for cell in self.cells if changed & set(fields_of(cell))}


def term_beside(was: Mapping[str, Any], typed: Any) -> Any:
    """A term with what it says besides its days: its source, the numbers of a place it goes by."""
    rest = {name: value for name, value in was.items() if name not in ("days", "unit")}
    if typed is None:
        return dict(was) if "days_setting" in was else None
    return {**rest, **typed}


def fields_of(cell: Cell) -> dict[str, forms.Field]:
    """The fields of one cell."""
    shared: dict[str, Any] = {"label": cell.label, "required": cell.required}
    helped = {**shared, "help_text": cell.help}
    match cell.kind:
        case "words" | "long":
            return {
                f"{cell.field}_zh": line(cell, _("{label}, in Chinese"), cell.help),
                f"{cell.field}_en": line(cell, _("{label}, in English"), ""),
            }
        case "number":
            return {
                cell.field: forms.IntegerField(**helped, min_value=cell.least, max_value=cell.most)
            }
        case "flag":
            return {cell.field: forms.BooleanField(**{**helped, "required": False})}
        case "choice":
            return {cell.field: forms.ChoiceField(**helped, choices=list(cell.choices))}
        case "term":
            days = forms.IntegerField(**helped, min_value=0, max_value=cell.most)
            unit = forms.ChoiceField(label=_("Kind of days"), choices=UNITS, required=False)
            return {f"{cell.field}_days": days, f"{cell.field}_unit": unit}
        case "lines" | "options":
            area = forms.Textarea({"rows": 4, "spellcheck": "false"})
            return {cell.field: PairsField(**helped, pairs=cell.kind, widget=area)}
        case "several":
            ticks = forms.CheckboxSelectMultiple
            return {
                cell.field: forms.MultipleChoiceField(
                    **helped, choices=list(cell.choices), widget=ticks
                )
            }
        case "names":
            area = forms.Textarea({"rows": 2, "spellcheck": "false"})
            return {cell.field: NamesField(**helped, max_length=2000, widget=area)}
        case "body":
            area = forms.Textarea({"rows": 8})
            return {cell.field: forms.CharField(**helped, max_length=6000, widget=area)}
        case "code":
            area = forms.Textarea({"rows": 3, "spellcheck": "false", "class": "code"})
            return {cell.field: forms.CharField(**helped, max_length=2000, widget=area)}
        case "key" | "name":
            regex, wrong = PATTERNS[cell.kind]
            pattern = forms.RegexField(
                **helped,
                regex=regex,
                error_messages={"invalid": wrong},
                widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
            )
            return {cell.field: pattern}
        case _:
            return {cell.field: forms.CharField(**helped, max_length=200)}


def line(cell: Cell, label: Any, help_text: Any) -> forms.Field:
    """Words in one language. The label says in which."""
    widget = forms.Textarea({"rows": 3}) if cell.kind == "long" else forms.TextInput()
    return forms.CharField(
        label=format_lazy(label, label=cell.label),
        required=cell.required,
        max_length=2000,
        help_text=help_text,
        widget=widget,
    )


class NamesField(forms.CharField):
    """Names, one a line."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        """Each line without blanks, each once."""
        return list(dict.fromkeys(str(super().clean(value)).split()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or ()) != str(data or "").split()


class PairsField(forms.CharField):
    """Lines of words in both languages, with a sign between; before them, for options, the value:
    "illness | 重病 | Serious illness"."""

    def __init__(self, *, pairs: str, **options: Any) -> None:
        self.with_value = pairs == "options"
        super().__init__(max_length=6000, **options)

    def prepare_value(self, value: Any) -> Any:
        """Rows as they are typed."""
        if not isinstance(value, list | tuple):
            return value
        names = ("value", "zh", "en") if self.with_value else ("zh", "en")
        return "\n".join(" | ".join(str(row.get(name, "")) for name in names) for row in value)

    def clean(self, value: Any) -> list[dict[str, str]]:
        """Each line as a row. Raises `ValidationError` naming the line."""
        said = super().clean(value)
        names = ("value", "zh", "en") if self.with_value else ("zh", "en")
        rows = []
        for number, text in enumerate(said.splitlines(), start=1):
            if not text.strip():
                continue
            parts = [part.strip() for part in re.split(r"[|｜]", text)]
            if len(parts) != len(names) or not all(parts):
                wanted = (
                    _("value | Chinese | English") if self.with_value else _("Chinese | English")
                )
                raise forms.ValidationError(
                    _("Line %(n)s: write it as %(wanted)s.") % {"n": number, "wanted": wanted},
                    code="line",
                )
            rows.append(dict(zip(names, parts, strict=True)))
        return rows

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Blank lines change nothing."""
        return str(self.prepare_value(initial) or "").split() != str(data or "").split()


def shown_as(cell: Cell, value: Any) -> dict[str, Any]:
    """A value of the document as initial values of the fields."""
    match cell.kind:
        case "words" | "long":
            said = value or {}
            return {f"{cell.field}_{tongue}": said.get(tongue, "") for tongue in ("zh", "en")}
        case "term":
            term = value or {}
            return {
                f"{cell.field}_days": term.get("days"),
                f"{cell.field}_unit": term.get("unit", "working"),
            }
        case "lines" | "options" | "several" | "names":
            return {cell.field: list(value or ())}
        case _:
            return {cell.field: value}


def read(cell: Cell, cleaned: Mapping[str, Any]) -> Any:
    """What was typed as a value of the document; None where nothing was."""
    match cell.kind:
        case "words" | "long":
            zh, en = cleaned[f"{cell.field}_zh"], cleaned[f"{cell.field}_en"]
            return {"zh": zh, "en": en} if zh else None
        case "term":
            days = cleaned[f"{cell.field}_days"]
            if days is None:
                return None
            calendar = cleaned[f"{cell.field}_unit"] == "calendar"
            return {"days": days, **({"unit": "calendar"} if calendar else {})}
        case "flag":
            return bool(cleaned[cell.field])
        case "value":
            return number_or_text(cleaned[cell.field])
        case _:
            value = cleaned[cell.field]
            return None if value in ("", None, []) else value


def number_or_text(typed: str) -> int | float | str | None:
    """What a number of a place was typed as; None where nothing was."""
    said = typed.strip().replace(",", "").replace("，", "")
    if not said:
        return None
    try:
        number = float(said)
    except ValueError:
        return said
    if number != number or number in (float("inf"), float("-inf")):
        return said
    return int(number) if number.is_integer() else number
