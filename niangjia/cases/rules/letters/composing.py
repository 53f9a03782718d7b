"""From a template and what was filled in to the words of a letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.cases.rules.content import LetterField, LetterTemplate
from niangjia.cases.rules.content.letters import PLACE
from niangjia.core import documents
from niangjia.core.documents import Block, Heading, Items, Paragraph
from niangjia.core.errors import Invalid, Text

UNITS = {"working": "个工作日", "calendar": "日"}


@dataclass(frozen=True)
class Composed:
    """A letter's words, ready to be looked at or set."""

    title: str
    addressee: str
    body: tuple[Block, ...]
    contact: str

    @property
    def text(self) -> str:
        """All of it in one piece, for looking through it."""
        said = [self.title, self.addressee, self.contact]
        for block in self.body:
            if isinstance(block, Paragraph | Heading):
                said.append(block.text)
            elif isinstance(block, Items):
                said.extend(block.items)
        return "\n".join(said)

    @property
    def shown(self) -> list[tuple[str, Any]]:
        """What the body is made of, for a page: "heading" or "paragraph" with a text, "items" with
        a list."""
        return [
            ("items", block.items)
            if isinstance(block, Items)
            else ("heading" if isinstance(block, Heading) else "paragraph", block.text)
            for block in self.body
            if isinstance(block, Items | Heading | Paragraph)
        ]


def filled(text: str, facts: Mapping[str, str]) -> str:
    """`text` with its places filled; what is not known stays empty. What is filled in is never
    looked through for places again."""
    return PLACE.sub(lambda place: facts.get(place.group(1), ""), text)


def started(template: LetterTemplate, facts: Mapping[str, str]) -> dict[str, str]:
    """What stands in each field before anybody has typed; nothing where that would speak of an
    earlier letter there is not."""
    return {
        field.key: filled(field.start, facts)
        if all(place in facts for place in PLACE.findall(field.start))
        else ""
        for field in template.fields
    }


def shown(template: LetterTemplate, values: Mapping[str, str]) -> dict[str, str]:
    """`values` for looking at: where something is still to be filled in, its label stands."""
    return {
        field.key: values.get(field.key) or (f"［{field.label.zh}］" if field.required else "")
        for field in template.fields
    }


def checked(template: LetterTemplate, values: Mapping[str, str]) -> dict[str, str]:
    """What was typed, without blanks around it. Raises `Invalid` with one message a field: needed,
    too long, or with characters there is no type for."""
    kept = {
        field.key: str(values.get(field.key, "")).replace("\r\n", "\n").strip()
        for field in template.fields
    }
    problems = {
        key: problem
        for key, value in kept.items()
        if (field := template.field(key)) and (problem := problem_with(field, value))
    }
    if problems:
        raise Invalid(next(iter(problems.values())), code="bad-letter", fields=problems)
    return kept


def problem_with(field: LetterField, value: str) -> Text | None:
    """Why `value` cannot stand in `field`, if so."""
    if field.required and not value:
        return _("Please fill this in: the letter needs it.")
    if len(value) > field.most:
        return _("Please keep this within %(most)d characters; it has %(has)d.") % {
            "most": field.most,
            "has": len(value),
        }
    if strange := documents.unprintable(value):
        return _("There is no type for these characters: %(strange)s. Write them differently.") % {
            "strange": " ".join(strange[:10])
        }
    return None


def compose(
    template: LetterTemplate, values: Mapping[str, str], facts: Mapping[str, str]
) -> Composed:
    """The letter with `values` in its fields and `facts` in its other places."""
    known = {**facts, **values}
    return Composed(
        title=filled(template.title, known),
        addressee=filled(template.addressee, known),
        body=tuple(blocks(template.body, known)),
        contact=filled(template.contact, known),
    )


def blocks(body: str, facts: Mapping[str, str]) -> list[Block]:
    """The paragraphs, headings and lists of a body. What a line is shows in the template, before
    anything is filled in: no text of an officer makes a heading."""
    made: list[Block] = []
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    for is_list, group in groupby(lines, lambda line: line.startswith("- ")):
        if is_list:
            made.append(Items([filled(line[2:], facts) for line in group]))
            continue
        for line in group:
            if line.startswith("# "):
                made.append(Heading(filled(line[2:], facts)))
            else:
                made.append(Paragraph(filled(line, facts)))
    return [block for block in made if not isinstance(block, Paragraph) or block.text.strip()]


def words_of_term(days: object, unit: object) -> str:
    """A term as letters say it: "15 个工作日", "90 日"."""
    return f"{days} {UNITS.get(str(unit), '日')}"
