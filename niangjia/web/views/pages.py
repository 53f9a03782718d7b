"""Pages that belong to no room: home, the style guide, how pages look, and what went wrong."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from niangjia.members.models import Account
from niangjia.web import display, navigation, selectors
from niangjia.web import styleguide as styleguide_page


def home(request: HttpRequest) -> HttpResponse:
    """What needs me now, what is near me, what can I do."""
    user = request.user
    return render(
        request,
        "web/home.html",
        {
            "needs": selectors.find_needs(user) if isinstance(user, Account) else None,
            "nation": selectors.nation(),
            "services": navigation.built(navigation.SERVICES),
            "find_url": navigation.FIND.url,
        },
    )


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "web/styleguide.html", styleguide_page.context())


@require_POST
def change_display(request: HttpRequest) -> HttpResponse:
    """Switch elder mode or colours, and go back to where one was."""
    now = display.Display.parse(request.COOKIES.get(display.COOKIE, ""))
    chosen = display.Display(
        elder={"on": True, "off": False}.get(request.POST.get("elder", ""), now.elder),
        colour=next((c for c in display.COLOURS if c == request.POST.get("colour")), now.colour),
    )
    there = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        there, {request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(there if safe else "web:home")
    response.set_cookie(
        display.COOKIE,
        str(chosen),
        max_age=display.YEAR_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to keep Niangjia on its home screen (W3C Web Application Manifest)."""
    icons = [
        {"src": static(f"web/mark/{name}.png"), "sizes": f"{size}x{size}", "purpose": purpose}
        for name, size, purpose in (
            ("mark-192", 192, "any"),
            ("mark-512", 512, "any"),
            ("mark-maskable-512", 512, "maskable"),
        )
    ]
    return JsonResponse(
        {
            "name": gettext("Niangjia"),
            "short_name": gettext("Niangjia"),
            "lang": "zh-Hans" if get_language() == "zh-hans" else "en",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#f5f2ec",
            "theme_color": "#f5f2ec",
            "icons": [{**icon, "type": "image/png"} for icon in icons],
        },
        content_type="application/manifest+json",
    )
