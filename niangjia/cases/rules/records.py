"""A case as a written record that somebody takes along to another union."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from niangjia.cases.rules.story import Happening
from niangjia.cases.rules.wording import Answered
from niangjia.core import documents
from niangjia.core.documents import Block, Heading, Items, Paragraph


def body_of(
    *,
    facts: Sequence[tuple[str, str]],
    answers: Sequence[Answered],
    happenings: Sequence[Happening],
) -> list[Block]:
    """What stands in the record: where the matter stands (`facts`), what was said, what happened
    since, the first thing first. Characters there is no type for are left out."""
    said = [f"{each.label}{_(': ')}{each.words}" for each in answers if each.words]
    done = [line_of(each) for each in happenings]
    return [
        Heading(_("Where it stands")),
        *[Paragraph(printable(f"{label}{_(': ')}{value}")) for label, value in facts],
        Heading(_("What was said")),
        Items([printable(each) for each in said] or ["—"]),
        Heading(_("What has happened")),
        Items([printable(each) for each in done] or ["—"]),
    ]


def line_of(happening: Happening) -> str:
    """One thing that happened, in one line."""
    day = date_of(happening.at)
    parts = (day, happening.title, happening.union, happening.detail, happening.words)
    return _("; ").join(part for part in map(str, parts) if part)


def date_of(at: dt.datetime) -> str:
    return at.strftime("%Y-%m-%d")


def printable(text: str) -> str:
    """`text` in one line, without what no font of ours has."""
    strange = set(documents.unprintable(text))
    return " ".join("".join(sign for sign in text if sign not in strange).split())
