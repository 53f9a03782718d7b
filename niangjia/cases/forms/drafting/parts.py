"""The forms of one part of a service item, and what comes of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from niangjia.cases.forms.drafting.amounts import AmountsForm
from niangjia.cases.forms.drafting.cells import CellsForm
from niangjia.cases.rules import content, eligibility
from niangjia.cases.rules.content import LOCAL
from niangjia.cases.rules.drafting import letters, parts, questions, tables
from niangjia.cases.rules.drafting.cells import Cell

MOST_ROWS = 80


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of a part: each keeps what no cell is about."""

    def __init__(self, *args: Any, given: Sequence[Mapping[str, Any]] = (), **options: Any) -> None:
        self.given = list(given)
        super().__init__(*args, **{**options, "initial": [{} for _each in self.given]})

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        row = self.given[index] if index is not None and index < len(self.given) else None
        return {"row": row}

    def clean(self) -> None:
        """No key twice."""
        seen: set[str] = set()
        for form in self.kept():
            key = form.cleaned_data.get("key")
            if key and key in seen:
                form.add_error("key", _("This key is used twice."))
            seen.add(key or "")

    def kept(self) -> list[CellsForm]:
        """The rows that stay, in the order that was chosen; new ones last."""
        deleted = set(map(id, self.deleted_forms))
        rows = [
            form
            for index, form in enumerate(self.forms)
            if id(form) not in deleted and (index < len(self.given) or form.has_changed())
        ]
        place = {id(form): number for number, form in enumerate(rows)}
        return sorted(
            rows,
            key=lambda form: (
                form.cleaned_data.get("ORDER") or len(rows) + 1,
                place[id(form)],
            ),
        )

    def written(self) -> list[dict[str, Any]]:
        """What stands in the rows now. Only of valid ones."""
        return [form.written() for form in self.kept()]


class PartForms:
    """What is written in one part: a form, or rows, or a number for each parameter.

    `document` is what the draft says, `above` what holds without it (nothing at the root). Where
    only some fields differ, just what was changed goes into the draft.
    """

    def __init__(
        self,
        part: str,
        *,
        document: Mapping[str, Any],
        above: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.part, self.document, self.above = part, document, above
        self.whole = {**(above or {}), **document}
        self.form: forms.Form | None = None
        self.rows: Rows | None = None
        head, _step, rest = parts.split(part)
        cells: tuple[Cell, ...]
        if part == "letters" and above is not None:
            self.whole = content.merged(above, [document])
            given = self.whole.get("letters", ())
            self.rows = rows_of(letters.LOCAL_LETTERS, fixed=True)(data, given=given, prefix="row")
        elif part in tables.SINGLE:
            cells = tuple(c for c in tables.SINGLE[part] if above is None or c.path[0] in LOCAL)
            self.form = form_of(cells)(data, row=self.whole)
        elif part == "amounts" and above is not None:
            self.form = AmountsForm(data, above=above, own=document.get("parameters", {}))
        else:
            cells, given = self.table(head, rest)
            self.rows = rows_of(cells)(data, given=given, prefix="row")

    def table(self, head: str, rest: str) -> tuple[tuple[Cell, ...], Sequence[Mapping[str, Any]]]:
        """The columns of a part that is a list, and its rows."""
        if head == "amounts":
            return tables.AMOUNTS, amounts_of(self.whole)
        if rest in (parts.STEP_QUESTIONS, parts.GROUP):
            form = parts.value_at(self.document, self.part)
            is_group = rest == parts.GROUP
            return tables.IN_ROWS if is_group else tables.QUESTIONS, questions.rows_of(form)
        if rest:
            inside: dict[str, tuple[Cell, ...]] = {
                parts.OUTCOMES: tables.OUTCOMES,
                parts.FIELDS: letters.LETTER_FIELDS,
            }
            return inside[rest], parts.value_at(self.document, self.part)
        if head == "questions":
            return tables.QUESTIONS, questions.rows_of(self.whole.get("form"))
        field, cells = tables.ROWS[head]
        return cells, self.whole.get(field, ())

    def is_valid(self) -> bool:
        """Whether everything fits; what does not is said beside its field."""
        if self.form is not None:
            return self.form.is_valid()
        assert self.rows is not None  # noqa: S101 - one of the two is there
        fits = self.rows.is_valid()
        if self.part in ("conditions", "materials") and fits:
            wrong = [form for form in self.rows.kept() if not check_condition(form)]
            fits = not wrong
        return fits

    def value(self) -> Any:
        """What the part is to hold. Only of valid forms."""
        now = parts.value_at(self.document, self.part)
        if isinstance(self.form, AmountsForm):
            return kept(now, "parameters", self.form.own_values())
        if isinstance(self.form, CellsForm):
            row = self.form.written()
            value = dict(now)
            for name in self.form.changed_names:
                value.pop(name, None)
                value |= {name: row[name]} if name in row else {}
            return value
        assert self.rows is not None  # noqa: S101 - one of the two is there
        return self.rows_value(now, self.rows) if self.rows.has_changed() else now

    def rows_value(self, now: Any, rows: Rows) -> Any:
        """What the part is to hold, from its rows."""
        written, (head, _step, rest) = rows.written(), parts.split(self.part)
        if rest in (parts.OUTCOMES, parts.FIELDS):
            return written
        if rest:
            return questions.form_of(filled(written), now)
        if head == "letters" and self.above is not None:
            return kept(now, "letters", different(self.above.get("letters", ()), written))
        if head == "questions":
            form = questions.form_of(filled(written), now.get("form"))
            return kept(now, "form", form)
        if head == "amounts":
            words = {row["key"]: row["words"] for row in written}
            values = {row["key"]: row["value"] for row in written if "value" in row}
            return kept(kept(now, "parameter_words", words), "parameters", values)
        return kept(now, tables.ROWS[head][0], written)


def forms_for(
    part: str,
    *,
    document: Mapping[str, Any],
    above: Mapping[str, Any] | None,
    data: Mapping[str, Any] | None = None,
) -> PartForms:
    """The forms of a part as it stands, or as it was sent."""
    return PartForms(part, document=document, above=above, data=data)


def form_of(cells: tuple[Cell, ...]) -> type[CellsForm]:
    return type("PartForm", (CellsForm,), {"cells": cells})


def rows_of(cells: tuple[Cell, ...], *, fixed: bool = False) -> type[Rows]:
    """Rows of these cells, and an empty one; `fixed` rows are neither more nor fewer."""
    made: Any = forms.formset_factory(
        form_of(cells),
        formset=Rows,
        extra=0 if fixed else 1,
        can_order=not fixed,
        can_delete=not fixed,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS + 1,
        validate_max=True,
    )
    found: type[Rows] = made
    return found


def different(
    above: Sequence[Mapping[str, Any]], written: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """What a place says of letters: only words that are not those above."""
    known = {letter["key"]: letter for letter in above}
    names = [cell.name for cell in letters.LOCAL_LETTERS]
    said = [
        {
            "key": row["key"],
            **{n: row.get(n, "") for n in names if row.get(n, "") != known[row["key"]].get(n, "")},
        }
        for row in written
    ]
    return [row for row in said if len(row) > 1]


def amounts_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parameters as rows."""
    values = document.get("parameters", {})
    return [
        {"key": name, "words": words, **({"value": values[name]} if name in values else {})}
        for name, words in document.get("parameter_words", {}).items()
    ]


def filled(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of questions with every column."""
    empty: dict[str, Any] = {
        **{"kind": "text", "help": None, "required": False, "options": [], "least": None},
        **{"most": None, "show_field": "", "show_equals": "", "past": False, "prefill": ""},
        **{"row": None, "kinds": [], "material": ""},
    }
    return [{**empty, **row} for row in rows]


def kept(value: Mapping[str, Any], name: str, content: Any) -> dict[str, Any]:
    """`value` with a field that is left out where it would be empty."""
    rest = {key: each for key, each in value.items() if key != name}
    return {**rest, name: content} if content else rest


def check_condition(form: CellsForm) -> bool:
    """Whether a row's condition can be worked out; if not it is said beside it."""
    text = form.cleaned_data.get("when") or ""
    try:
        if text:
            eligibility.program(text)
    except ValueError:
        form.add_error("when", _("This cannot be worked out. Look at its signs and names."))
        return False
    return True
