"""The national page: the tree drilled down from the country, exact at once.

It is the same for everybody, so it is computed once for each state of the database and not once for
each visitor: PostgreSQL's snapshot says whether anything has been committed since. A page from the
cache is therefore as exact as a fresh one, and costs one query.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.core import clock
from niangjia.core.edge import kept
from niangjia.members.selectors import nation as selectors
from niangjia.organisations.models import Kind
from niangjia.web.views import charts

#: Each process keeps its own: a cache in the database would change what it is keyed by.
CACHE = "process"
#: Nobody asks for a state this old any more.
KEEP_SECONDS = 300


@dataclass(frozen=True)
class Live:
    """The part of the page that changes, as HTML, and when it must be drawn anew at the latest."""

    title: str
    html: SafeString
    tag: str
    until: dt.datetime | None


@require_safe
@kept.kept_while_true
def nation(request: HttpRequest, number: str | None = None) -> HttpResponse:
    """One union's figures and those of the unions right below it; without a number, the country's.

    Asked by htmx every few seconds, it answers 304 while nothing has changed.
    """
    live = current(number)
    if not getattr(request, "htmx", None):
        return render(
            request,
            "web/nation.html",
            {"title": live.title, "live": live.html},
        )
    # Compressing makes a strong tag a weak one, and the browser sends it back so.
    if request.headers.get("If-None-Match", "").removeprefix("W/") == live.tag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(live.html)
    response["ETag"] = live.tag
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "HX-Request, Accept-Language, Cookie"
    return response


def current(number: str | None) -> Live:
    """The live part as of this moment: from the cache if nothing was committed since and nothing
    has become late."""
    now = clock.now()
    key = cache_key(number, kept.current_snapshot())
    live: Live | None = caches[CACHE].get(key)
    if live is None or (live.until is not None and live.until < now):
        live = draw(number, now)
        caches[CACHE].set(key, live, KEEP_SECONDS)
    return live


def cache_key(number: str | None, snapshot: str) -> str:
    """One key for each union, language and state of the database."""
    parts = f"{number}|{translation.get_language()}|{snapshot}"
    return f"nation:{hashlib.sha256(parts.encode()).hexdigest()}"


def draw(number: str | None, now: dt.datetime) -> Live:
    """Read the figures and put them into words."""
    found = selectors.read_nation(number, now=now)
    html = render_to_string(
        "web/nation_live.html",
        {
            "nation": found,
            "kinds": [(Kind(kind).label, n) for kind, n in found.figures.unions.items() if n],
            "charts": charts.charts(found, now),
            "groups": groups(found),
        },
    )
    tag = f'"{hashlib.sha256(html.encode()).hexdigest()[:32]}"'
    return Live(found.name, html, tag, found.next_due_at)


def groups(found: selectors.Nation) -> list[tuple[str, list[selectors.Row]]]:
    """The unions right below as the tables show them: those of places, then the industrial ones."""
    industrial = [row for row in found.children if row.kind == Kind.INDUSTRIAL]
    others = [row for row in found.children if row.kind != Kind.INDUSTRIAL]
    named = [(_("Unions by place"), others), (_("Industrial unions"), industrial)]
    return [(name, rows) for name, rows in named if rows]
