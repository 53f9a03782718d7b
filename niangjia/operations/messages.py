"""Translations: message ids are English, each area's Chinese lies in `translations/<area>.po`.

`compile_all` merges the fragments of every room into the one catalogue Django reads;
`missing` names every message that no fragment translates.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parent.parent
TARGET = PACKAGE.parent / "build" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.mo"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


class Contradiction(Exception):
    """Two fragments translate one message differently."""


def merged() -> Catalog:
    """One catalogue from every room's fragments."""
    catalogue = Catalog(locale="zh_Hans")
    for file in sorted(PACKAGE.glob("*/translations/*.po")):
        with file.open("rb") as opened:
            for message in read_po(opened, locale="zh_Hans"):
                if not message.id:
                    continue
                there = catalogue.get(message.id, context=message.context)
                if there and there.string != message.string:
                    raise Contradiction(f"{file}: {message.id!r}")
                catalogue.add(message.id, message.string, context=message.context)
    return catalogue


def compile_all() -> Path:
    """Write the catalogue that Django reads, and say where it is."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    catalogue = merged()
    with TARGET.open("wb") as opened:
        write_mo(opened, catalogue)
    return TARGET


def used() -> Iterator[tuple[str, int, str, str | None]]:
    """Every message in our Python and templates: file, line, id, context."""
    from django.utils.translation.template import templatize

    for file in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]):
        if "tests" in file.parts or "migrations" in file.parts:
            continue
        source = file.read_text()
        if file.suffix == ".html":
            source = templatize(source, origin=str(file))
        for line, text, _comments, context in extract(
            "python", io.BytesIO(source.encode()), keywords=KEYWORDS
        ):
            yield str(file.relative_to(PACKAGE)), line, first(text), context


def first(text: str | tuple[str, ...]) -> str:
    """The singular of a message."""
    return text if isinstance(text, str) else text[0]


def missing() -> list[str]:
    """What no fragment translates, as "file:line: message"."""
    catalogue = merged()
    return [
        f"{file}:{line}: {text}"
        for file, line, text, context in used()
        if not ((there := catalogue.get(text, context=context)) and there.string)
    ]


if __name__ == "__main__":
    print(compile_all())
    for problem in missing():
        print(problem, file=sys.stderr)
