"""The markup of a list of results: twenty rows, eleven chips.

Put together here and not in a template, which takes ten times as long for the same; a page of
results has hardly anything else to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from niangjia.core.markup import span
from niangjia.organisations.models import Kind
from niangjia.organisations.selectors import FoundUnion


@dataclass(frozen=True)
class Words:
    """The words that rows share, in one language."""

    kinds: dict[str, str]
    made_up: str
    minutes: str
    kilometres: str
    about: str


@lru_cache
def words_in(language: str) -> Words:
    """Looked up once, and not for each row; `language` is the one now active."""
    return Words(
        kinds={kind.value: str(kind.label) for kind in Kind},
        made_up=_("made up"),
        minutes=_("%(minutes)s min on foot"),
        kilometres=_("%(kilometres)s km"),
        about=_("about"),
    )


def rows(unions: Sequence[FoundUnion], base: str) -> SafeString:
    """A list item for each union, numbered as on the map; `base` is the find page's address."""
    words = words_in(get_language() or "")
    return mark_safe("".join(row(*each, base, words) for each in enumerate(unions, start=1)))  # noqa: S308


def row(place: int, union: FoundUnion, base: str, words: Words) -> str:
    """One item; all that somebody has typed is escaped here."""
    number = escape(union.number)
    return (
        f'<li id="union-{number}"><a class="cell" href="{base}{number}/" data-marker="{place}">'
        f'<span class="find-number" aria-hidden="true">{place}</span><span class="cell-text">'
        f'<span>{escape(union.name)}</span><span class="quiet">{escape(detail_of(union, words))}'
        f"</span>{span('quiet', union.admits_text)}</span>"
        f"{span('cell-end', distance_of(union, words))}</a></li>\n"
    )


def detail_of(union: FoundUnion, words: Words) -> str:
    """What it is and where."""
    parts = (words.kinds[union.kind], union.place, words.made_up if union.is_demo else "")
    return " · ".join(filter(None, parts))


def distance_of(union: FoundUnion, words: Words) -> str:
    """How far it is: a walk if one can walk it, kilometres if not."""
    if union.distance_metres is None:
        return ""
    if minutes := union.walking_minutes:
        return words.minutes % {"minutes": minutes}
    distance = words.kilometres % {"kilometres": union.distance_kilometres}
    return f"{words.about} {distance}" if union.is_approximate else distance


def chips(
    asked: QueryDict, base: str, name: str, chosen: str, choices: type[TextChoices]
) -> SafeString:
    """A chip for each value of the filter `name`: pressing one sets it, pressing it again lifts
    it, and all else in the address stays as it is."""
    lifted = escape(base + address(asked, name))
    before = f"{lifted}&amp;" if not lifted.endswith("?") else lifted
    return mark_safe(  # noqa: S308
        "".join(
            f'<li><a class="chip" href="{lifted}" aria-current="true">{label} ×</a></li>'
            if value == chosen
            else f'<li><a class="chip" href="{before}{name}={value}">{label}</a></li>'
            for value, label in labels_in(get_language() or "", choices)
        )
    )


@lru_cache
def labels_in(language: str, choices: type[TextChoices]) -> list[tuple[str, str]]:
    """Values and their labels as markup; `language` is the one now active."""
    return [(value, escape(str(label))) for value, label in choices.choices]


def address(asked: QueryDict, *without: str, **changed: str) -> str:
    """The question in the address with some parts left out or set, from the first page on."""
    dropped = {*without, *changed, "cursor"}
    kept = [(name, value) for name in asked if name not in dropped for value in asked.getlist(name)]
    return f"?{urlencode([*kept, *changed.items()])}"
