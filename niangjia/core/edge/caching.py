"""What may be kept of an answer on its way, and by the browser that got it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

NOBODY_KEEPS = "private, no-store"


def is_somebodys(request: HttpRequest) -> bool:
    """Whether the request comes from somebody in particular: with a session or a token."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers


class CachingMiddleware:
    """What is drawn for somebody in particular is kept by nobody: on a shared phone the back button
    must not bring back, after signing out, what stood there. A view that says otherwise is obeyed.

    The same address answers htmx with a fragment and a browser with a page; neither is ever taken
    for the other.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["HX-Request"])
        if is_somebodys(request) and "Cache-Control" not in response:
            response["Cache-Control"] = NOBODY_KEEPS
        return response
