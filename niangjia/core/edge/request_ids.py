"""A name for each request, so that a person's screen and the log can be brought together."""

import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
ACCEPTED = re.compile(r"[A-Za-z0-9-]{8,64}")

current: ContextVar[str] = ContextVar("request_id", default="-")


def new() -> str:
    """A name that no other request has."""
    return secrets.token_hex(16)


class RequestIdMiddleware:
    """Takes the id a trusted front server gave, or makes one, and answers with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        name = given if ACCEPTED.fullmatch(given) else new()
        # Not reset at the end: the line that logs the answer is written after this.
        current.set(name)
        request.COOKIES = {k: v for k, v in request.COOKIES.items() if "\x00" not in v}
        response = self.get_response(request)
        response[HEADER] = name
        return response
