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

from niangjia.core.edge.kept import kept_while_true
from niangjia.members.models import Account
from niangjia.regions.rules import places
from niangjia.web import navigation, selectors
from niangjia.web import styleguide as styleguide_page
from niangjia.web.context import Frame
from niangjia.web.display import COLOURS, COOKIE, Display
from niangjia.web.views.choices import is_ours, keep

#: Who has none of these cookies is nobody in particular: no session, no message waiting.
PERSONAL = (settings.SESSION_COOKIE_NAME, "messages")


@kept_while_true
def home(request: HttpRequest) -> HttpResponse:
    """What needs me now, what is near me, what can I do.

    A visitor's page is the same for every visitor while the country's figures stay the same. So
    where something is committed all the time, it is kept under those figures, which are read
    afresh: as exact as a page drawn anew.
    """
    nation = selectors.nation()
    if not any(name in request.COOKIES for name in PERSONAL):
        frame = Frame(request)
        response = HttpResponse(
            visitors_home(frame.lang, frame.display, nation, settings.DEMO, frame.begins_at)
        )
    else:
        user = request.user
        needs = selectors.find_needs(user) if isinstance(user, Account) else None
        response = render(request, "web/home.html", home_context(nation, needs))
    patch_vary_headers(response, ["Cookie"])
    return response


def home_context(nation: selectors.Nation | None, needs: selectors.Needs | None) -> dict[str, Any]:
    """What the home page shows."""
    return {
        "needs": needs,
        "nation": nation,
        "services": navigation.SERVICES,
    }


@lru_cache(256)
def visitors_home(
    lang: str,
    display: Display,
    nation: selectors.Nation | None,
    demo: bool,
    begins_at: tuple[str, str],
) -> bytes:
    """The home page for somebody unknown, in the language now active. `begins_at` is the code of
    their place and its name, which the page shows."""
    visitor = HttpRequest()
    visitor.path = "/"
    visitor.COOKIES |= {COOKIE: str(display), places.COOKIE: begins_at[0]}
    return render_to_string("web/home.html", home_context(nation, None), visitor).encode()


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
