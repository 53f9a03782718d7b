"""The markup of a list of places: twenty rows and a chip for each thing one may need.

Put together here and not in a template: the page of the nearest has hardly anything else to do.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from niangjia.core.markup import icon_svg, span
from niangjia.places.forms.finding import Question
from niangjia.places.models import Kind, Place, Report
from niangjia.places.rules import facilities, hours_words, routes
from niangjia.places.rules.crowds import Crowded
from niangjia.places.selectors.places import Listed


class Shown(Protocol):
    """What says whether it is open: a place in a list, or on its page."""

    @property
    def open_until(self) -> dt.datetime | None: ...
    @property
    def is_round_the_clock(self) -> bool: ...
    @property
    def until(self) -> str: ...
    @property
    def opens(self) -> str: ...
    @property
    def is_doubted(self) -> bool: ...
    @property
    def last(self) -> Report | None: ...
    @property
    def last_confirmed_at(self) -> dt.datetime | None: ...
    @property
    def found_shut(self) -> int: ...


def state(shown: Shown, *, now: dt.datetime) -> SafeString:
    """Whether it is open and until when, and the last word about it."""
    return mark_safe(hours_state(shown) + last_word(shown, now=now))  # noqa: S308 - escaped in span


def hours_state(shown: Shown) -> str:
    sort = "bad" if shown.open_until is None else "ok"
    return span(f"status status-{sort}", hours_text(shown))


def hours_text(shown: Shown) -> str:
    """Whether it is open and until when, in words alone."""
    if shown.open_until is None:
        opens = shown.opens
        return _("Shut; opens %(moment)s") % {"moment": opens} if opens else _("Shut these days")
    if shown.is_round_the_clock:
        return _("Open around the clock")
    return _("Open until %(until)s") % {"until": shown.until}


def marker_label(place: Place, shown: Shown) -> str:
    """What a place is called on a map: its name, and whether it is open."""
    return _("%(name)s: %(state)s") % {"name": place.name, "state": hours_text(shown)}


def last_word(shown: Shown, *, now: dt.datetime) -> str:
    if shown.last is None:
        return freshness(shown, now=now)
    ago = {"ago": timesince(shown.last.at, now, depth=1)}
    if shown.is_doubted and shown.found_shut > 1:
        several = ago | {"number": shown.found_shut}
        text = _("%(number)s people found it shut, the last %(ago)s ago") % several
        return " " + span("status status-wait", text)
    if shown.is_doubted:
        return " " + span("status status-wait", _("Somebody found it shut %(ago)s ago") % ago)
    return " " + span("hint", _("Somebody found it open %(ago)s ago") % ago)


def freshness(shown: Shown, *, now: dt.datetime) -> str:
    """How old the last news is, where nobody has said anything lately."""
    if shown.last_confirmed_at is None:
        return ""
    ago = timesince(shown.last_confirmed_at, now, depth=1)
    return " " + span("hint", _("Last news %(ago)s ago") % {"ago": ago})


def rows(listed: Sequence[Listed], question: Question, base: str) -> SafeString:
    """A list item for each place, numbered as on the map; `base` is the find page's address."""
    numbered = enumerate(listed, start=1)
    return mark_safe("".join(row(number, each, question, base) for number, each in numbered))  # noqa: S308


def row(number: int, each: Listed, question: Question, base: str) -> str:
    """One item; all that somebody has typed is escaped here."""
    place, code = each.place, escape(each.place.code)
    note = f" · {escape(_('made up'))}" if place.is_made_up else ""
    offered = icons(each.has_mask, get_language() or "")
    return (
        f'<li id="place-{code}"{away(each)}>'
        f'<a class="cell" href="{base}{code}/" data-marker="{number}">'
        f'<span class="find-number" aria-hidden="true">{number}</span>'
        f'{cover(place, base)}<span class="cell-text">'
        f"<strong>{escape(place.name)}</strong>"
        f'<span class="place-state">{state(each, now=each.now)}{crowd(each.crowd)}</span>'
        f'<span class="place-has">{offered}</span>'
        f'<span class="hint">{escape(place.address)}{note}</span></span>'
        f"{distance(each, question)}</a></li>\n"
    )


def away(each: Listed) -> str:
    """What still counts when the list is read later, without a network: the moment that it said,
    usual hours, telephone, point, and the point as iPhones want it."""
    place, near = each.place, each.near
    moment = near.open_until or near.opens_at
    until = f' data-until="{moment.isoformat()}"' if moment else ""
    phone = f' data-phone="{escape(place.phone)}"' if place.phone else ""
    hours = escape(usual_hours(place.hours, get_language() or ""))
    point = f"{near.latitude:.5f},{near.longitude:.5f}"
    shifted = ",".join(routes.shifted(near.longitude, near.latitude))
    return f' data-hours="{hours}" data-point="{point}" data-shifted="{shifted}"{until}{phone}'


@lru_cache(maxsize=4096)
def usual_hours(hours: str, language: str) -> str:
    """The hours of a week in words; `language` is the one now active."""
    return hours_words.in_words(hours)


def in_words(question: Question) -> str:
    """What was asked for and around what, in words."""
    needs = (str(facilities.BY_KEY[key].label) for key in question.needs)
    kind = str(Kind(question.kind).label) if question.kind else ""
    return " · ".join(filter(None, (question.words, question.around, kind, *needs)))


def cover(place: Place, base: str) -> str:
    """What it looks like from the street, where there is a photo; its name says what it is."""
    if place.cover_id is None:
        return ""
    return (
        f'<img class="place-cover" src="{base}photos/{place.cover_id}/small/" alt="" width="64"'
        ' height="64" loading="lazy">'
    )


def crowd(said: Crowded | None) -> SafeString:
    """How full it is, where that is known."""
    if said is None:
        return SafeString()
    number = ""
    if said.at_least:
        number = f" · {_('%(number)s people or more') % {'number': said.at_least}}"
    return mark_safe(" " + span("status", f"{said.label}{number}"))  # noqa: S308 - escaped in span


def distance(each: Listed, question: Question) -> str:
    """A walk where somebody said exactly where they are and would walk it, else kilometres."""
    if question.is_exact and each.is_walk:
        text = ngettext("%(minutes)s min", "%(minutes)s min", each.minutes)
        walk = escape(text % {"minutes": each.minutes})
        return f'<span class="cell-end">{icon_svg("footprints")}{walk}</span>'
    if question.is_somewhere:
        return span("cell-end", _("%(km)s km") % {"km": each.kilometres})
    return ""


@lru_cache(maxsize=4096)
def icons(mask: int, language: str) -> str:
    """What people look for, of what these bits say; `language` is the one now active."""
    return "".join(
        f'<span class="place-has-one" title="{(label := escape(str(each.label)))}">'
        f'{icon_svg(each.icon)}<span class="visually-hidden">{label}</span></span>'
        for each in facilities.NEEDED
        if each.mask & mask
    )


#: Label, icon, address, and whether it is chosen.
Chip = tuple[str, str, str, bool]
CURRENT = ' aria-current="true"'


def chips(made: Iterable[Chip]) -> SafeString:
    """Pressing one sets it, pressing it again lifts it. What is chosen comes first, so that it can
    be seen and lifted."""
    return mark_safe(  # noqa: S308 - what is typed is escaped here
        "".join(
            f'<li><a class="chip" href="{escape(url)}"{CURRENT * is_on}>'
            f"{icon_svg(icon)}{escape(label)}{' ×' * is_on}</a></li>"
            for label, icon, url, is_on in sorted(made, key=lambda chip: not chip[3])
        )
    )
