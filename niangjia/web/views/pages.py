"""Pages that belong to no room: home, the style guide, how pages look, and what went wrong."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from niangjia.core import clock
from niangjia.core.edge.kept import kept_while_true
from niangjia.members.models import Account
from niangjia.regions.rules import places
from niangjia.web import navigation, near, selectors
from niangjia.web import styleguide as styleguide_page
from niangjia.web.context import Frame
from niangjia.web.display import COLOURS, COOKIE, Display
from niangjia.web.views.choices import is_ours, keep

#: Who has none of these cookies is nobody in particular: no session, no message waiting.
PERSONAL = (settings.SESSION_COOKIE_NAME, "messages")


@kept_while_true
def home(request: HttpRequest) -> HttpResponse:
    """What needs me now, what can I do, what is near me.

    A visitor's page is the same for every visitor from the same place while the country's figures
    and what is near there stay the same. So where something is committed all the time, it is kept
    under these, which are read afresh: as exact as a page drawn anew.
    """
    now = clock.now()
    frame = Frame(request)
    if not any(name in request.COOKIES for name in PERSONAL):
        around = near.find_near(frame.place, path="", now=now)
        shown = selectors.nation(), around, settings.DEMO, frame.begins_at
        response = HttpResponse(visitors_home(frame.lang, frame.display, *shown))
    else:
        user = request.user
        needs = selectors.find_needs(user, now=now) if isinstance(user, Account) else None
        around = near.find_near(frame.place, path=needs.path if needs else "", now=now)
        # Who belongs to a union came for what is theirs: no figures of the country.
        nation = None if needs and needs.membership else selectors.nation()
        context = home_context(nation, needs, around) | {"frame": frame}
        response = render(request, "web/home.html", context)
    patch_vary_headers(response, ["Cookie"])
    return response


def home_context(
    nation: selectors.Nation | None, needs: selectors.Needs | None, around: near.Near | None
) -> dict[str, Any]:
    """What the home page shows."""
    return {
        "needs": needs,
        "near": around,
        "nation": nation,
        "services": navigation.SERVICES,
    }


@lru_cache(256)
def visitors_home(
    lang: str,
    display: Display,
    nation: selectors.Nation | None,
    around: near.Near | None,
    demo: bool,
    begins_at: tuple[str, str],
) -> bytes:
    """The home page for somebody unknown, in the language now active. `begins_at` is the code of
    their place and its name, which the page shows."""
    visitor = HttpRequest()
    visitor.path = "/"
    visitor.COOKIES |= {COOKIE: str(display), places.COOKIE: begins_at[0]}
    return render_to_string("web/home.html", home_context(nation, None, around), visitor).encode()


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "web/styleguide.html", styleguide_page.context())


@csrf_exempt
@require_POST
def change_display(request: HttpRequest) -> HttpResponse:
    """Switch elder mode or colours, and go back to where one was.

    Like the switch of languages it needs no token: all a stranger could do with it is change how
    pages look. So the frame around a page is the same for everybody, and can be kept.
    """
    now = Display.parse(request.COOKIES.get(COOKIE, ""))
    chosen = Display(
        elder={"on": True, "off": False}.get(request.POST.get("elder", ""), now.elder),
        colour=next((c for c in COLOURS if c == request.POST.get("colour")), now.colour),
    )
    there = request.headers.get("Referer", "")
    response = redirect(there if is_ours(request, there) else "web:home")
    keep(response, request, COOKIE, str(chosen))
    return response
