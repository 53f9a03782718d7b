"""The markup of a list of results: twenty rows, eleven chips.

Put together here and not in a template, which takes ten times as long for the same; a page of
results has hardly anything else to do.
"""

from collections.abc import Iterable, Sequence

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from niangjia.organisations.selectors import FoundUnion

Text = str | Promise

ROW = (
    '<li id="union-{number}"><a class="cell" href="{base}{number}/" data-marker="{place}">'
    '<span class="find-number" aria-hidden="true">{place}</span><span class="cell-text">'
    '<span>{name}</span><span class="quiet">{detail}</span>{admits}</span>{distance}</a></li>\n'
)
CHIP = '<li><a class="chip" href="{base}?{query}"{current}>{label}{lift}</a></li>'


def rows(unions: Sequence[FoundUnion], base: str) -> SafeString:
    """A list item for each union, numbered as on the map; `base` is the find page's address."""
    return joined(
        format_html(
            ROW,
            number=union.number,
            base=base,
            place=place,
            name=union.name,
            detail=detail_of(union),
            admits=line("quiet", union.admits_text),
            distance=line("cell-end", distance_of(union)),
        )
        for place, union in enumerate(unions, start=1)
    )


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Markup after markup: each part was escaped when it was made."""
    return mark_safe("".join(parts))  # noqa: S308


def line(css: str, text: str) -> SafeString | str:
    """A span, or nothing when there is nothing to say."""
    return format_html('<span class="{}">{}</span>', css, text) if text else ""


def detail_of(union: FoundUnion) -> str:
    """What it is and where."""
    parts = [str(union.kind_label), union.place, _("made up") if union.is_demo else ""]
    return " · ".join(filter(None, parts))


def distance_of(union: FoundUnion) -> str:
    """How far it is: a walk if one can walk it, kilometres if not."""
    if union.distance_metres is None:
        return ""
    if minutes := union.walking_minutes:
        return _("%(minutes)s min on foot") % {"minutes": minutes}
    distance = _("%(kilometres)s km") % {"kilometres": union.distance_kilometres}
    return f"{_('about')} {distance}" if union.is_approximate else distance


def chips(
    asked: QueryDict, base: str, name: str, chosen: str, choices: Sequence[tuple[str, Text]]
) -> SafeString:
    """A chip for each value of the filter `name`: pressing one sets it, pressing it again lifts
    it, and all else in the address stays as it is."""
    kept = asked.copy()
    for dropped in (name, "cursor"):
        kept.pop(dropped, None)
    rest = kept.urlencode()
    return joined(
        format_html(
            CHIP,
            base=base,
            query=rest if value == chosen else f"{rest}&{name}={value}".lstrip("&"),
            current=mark_safe(' aria-current="true"') if value == chosen else "",
            label=label,
            lift=" ×" if value == chosen else "",
        )
        for value, label in choices
    )
