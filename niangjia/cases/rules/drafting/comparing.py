"""What is different between two documents of a service item, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from niangjia.cases.rules.content import Text
from niangjia.cases.rules.drafting import tables
from niangjia.cases.rules.drafting.cells import UNITS, Cell, get
from niangjia.cases.rules.drafting.letters import LETTER_FIELDS
from niangjia.cases.rules.drafting.parts import PARTS
from niangjia.cases.rules.drafting.questions import rows_of

#: Where a value stands: its part, the rows above it by key, its cell.
Place = tuple[str, ...]
#: Fields that have cells of their own; the rest is compared as a whole.
KNOWN = {name for _label, names in PARTS.values() for name in names} | {"key"}


@dataclass(frozen=True)
class Value:
    """A value with its name in words."""

    part: str
    where: str
    text: str


@dataclass(frozen=True)
class Change:
    """One value that is not the same; "" before for what is new, after for what is gone."""

    part: str | Promise
    where: str
    before: str
    after: str


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What changes from one document to another, in the order of the parts."""
    old, new = dict(values(before)), dict(values(after))
    places = [*new, *(place for place in old if place not in new)]
    order = {part: number for number, part in enumerate(PARTS)}
    found = []
    for place in sorted(places, key=lambda place: order.get(place[0], len(order))):
        was, now = old.get(place), new.get(place)
        if (was.text if was else "") != (now.text if now else ""):
            said = now or was
            assert said is not None  # noqa: S101 - one of the two is there
            label = PARTS[said.part][0] if said.part in PARTS else said.part
            found.append(
                Change(label, said.where, was.text if was else "", now.text if now else "")
            )
    return found


def values(document: Mapping[str, Any]) -> Iterator[tuple[Place, Value]]:
    """Every value of a document, with where it stands."""
    for part, cells in tables.SINGLE.items():
        yield from cells_of(part, (part,), "", cells, document)
    yield from amounts(document)
    yield from asked_in("questions", ("questions",), "", document.get("form"))
    for part, (field, cells) in tables.ROWS.items():
        for number, row in enumerate(document.get(field, ())):
            keyed = {"key": str(number), **row} if part == "basis" else row
            yield from row_of(part, (part,), "", cells, keyed)
    for step in document.get("steps", ()):
        yield from within_step(step)
    for letter in document.get("letters", ()):
        above, title = ("letters", letter.get("key", "")), said(letter.get("name"))
        for row in letter.get("fields", ()):
            yield from row_of("letters", (*above, "fields"), title, LETTER_FIELDS, row)
    for name in sorted(set(document) - KNOWN):
        yield (name,), Value(name, name, text_of(Cell(name, "line", name), document[name]))


def amounts(document: Mapping[str, Any]) -> Iterator[tuple[Place, Value]]:
    """The numbers of places."""
    given = document.get("parameters", {})
    for name, words in document.get("parameter_words", {}).items():
        answers = {"yes": _("Yes"), "no": _("No")}
        value = str(given.get(name, ""))
        text = answers.get(value, value) if name in given else _("each place sets it")
        yield ("amounts", name), Value("amounts", said(words) or name, text)


def within_step(step: Mapping[str, Any]) -> Iterator[tuple[Place, Value]]:
    """How a step ends, and what it asks."""
    above, title = ("steps", step.get("key", "")), said(step.get("name"))
    for row in step.get("outcomes", ()):
        yield from row_of("steps", (*above, "outcomes"), title, tables.OUTCOMES, row)
    yield from asked_in("steps", (*above, "questions"), title, step.get("form"))


def asked_in(
    part: str, above: Place, title: str, form: Mapping[str, Any] | None
) -> Iterator[tuple[Place, Value]]:
    """The questions of a form, and those in the rows of its groups."""
    for row in rows_of(form):
        yield from row_of(part, above, title, tables.QUESTIONS, row)
        if row["kind"] == "group":
            inner = {"schema": row["was"]["schema"].get("items", {}), "ui": row["was"]["hint"]}
            named = " · ".join(each for each in (title, said(row["label"]) or row["key"]) if each)
            for asked in rows_of(inner):
                where = (*above, row["key"], "rows")
                yield from row_of(part, where, named, tables.IN_ROWS, asked)


def row_of(
    part: str, above: Place, title: str, cells: Sequence[Cell], row: Mapping[str, Any]
) -> Iterator[tuple[Place, Value]]:
    """The values of one row."""
    own = next((said(row[n]) for n in ("name", "label", "text", "title") if row.get(n)), "")
    named = " · ".join(each for each in (title, own or row.get("key", "")) if each)
    yield from cells_of(part, (*above, row.get("key", "")), named, cells, row)


def cells_of(
    part: str, above: Place, title: str, cells: Sequence[Cell], row: Mapping[str, Any]
) -> Iterator[tuple[Place, Value]]:
    """The values of a row, cell by cell; what is not said, or is as always, is left out."""
    for cell in cells:
        value = get(row, cell.path)
        text = text_of(cell, value)
        if text and value != cell.default and cell.kind not in ("key", "name"):
            where = f"{title} · {cell.label}" if title else str(cell.label)
            yield (*above, cell.name), Value(part, where, text)


def text_of(cell: Cell, value: Any) -> str:
    """A value in words."""
    if value in (None, "", [], {}):
        return ""
    match cell.kind:
        case "words" | "long":
            return said(value)
        case "term":
            if name := value.get("days_setting"):
                return _("as each place sets it (%(name)s)") % {"name": name}
            unit = dict(UNITS)[value.get("unit", "working")]
            return f"{value.get('days')} {unit}"
        case "flag":
            return _("Yes") if value else _("No")
        case "choice":
            return str(dict(cell.choices).get(value, value))
        case "lines" | "options":
            return _(", ").join(said(each) for each in value)
        case "several" | "names":
            return _(", ").join(str(dict(cell.choices).get(each, each)) for each in value)
        case _:
            return str(value)


def said(words: Any) -> str:
    """Words of a document in the reader's language, however unfinished they are."""
    if not isinstance(words, Mapping):
        return str(words or "")
    if words.get("zh") and words.get("en"):
        return str(Text(zh=words["zh"], en=words["en"]))
    return str(words.get("zh") or words.get("en") or "")
