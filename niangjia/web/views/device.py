"""What lets a phone keep Niangjia on its home screen and through a gap in the network."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from niangjia.web import offline

#: The ground colour by day: what a phone paints around the page.
GROUND = "#f5f2ec"


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    """Name, marks and first page (W3C Web Application Manifest)."""
    icons = [
        {"src": static(f"web/mark/{name}.png"), "sizes": f"{size}x{size}", "purpose": purpose}
        for name, size, purpose in (
            ("mark-192", 192, "any"),
            ("mark-512", 512, "any"),
            ("mark-maskable-512", 512, "maskable"),
        )
    ]
    shortcuts = [
        {"name": name, "url": reverse(url_name)}
        for name, url_name in (
            (gettext("Find a union"), "organisations:find"),
            (gettext("Member card"), "members:card"),
            (gettext("Notices"), "members:notices"),
        )
    ]
    return JsonResponse(
        {
            "id": "/",
            "name": gettext("Niangjia"),
            "short_name": gettext("Niangjia"),
            "description": gettext("Find your union, join it, and have it at hand"),
            "lang": "zh-Hans" if get_language() == "zh-hans" else "en",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": GROUND,
            "theme_color": GROUND,
            "icons": [{**icon, "type": "image/png"} for icon in icons],
            "shortcuts": shortcuts,
        },
        content_type="application/manifest+json",
    )


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that stands between pages and a bad network; at the root, so that its scope is the
    whole site. Browsers ask for it anew each time: that is how an update arrives."""
    return HttpResponse(offline.script(), content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(no_cache=True)
def offline_page(request: HttpRequest) -> HttpResponse:
    """What is shown without a network; the same for everybody."""
    return HttpResponse(offline.page())
