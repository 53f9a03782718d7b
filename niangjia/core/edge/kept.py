"""Pages kept exactly as long as they are true."""

import datetime as dt
import threading
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from niangjia.core import clock

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
S = TypeVar("S")
T = TypeVar("T")

#: In each process.
MOST_PAGES = 1_000

SNAPSHOT = "SELECT pg_current_snapshot()"
Answer = tuple[bytes, dict[str, str]]
#: The snapshot, and the minute since 1970.
State = tuple[str, int]


def current_snapshot() -> str:
    """What this moment's reader can see, as PostgreSQL names it: while it is the same text, nothing
    has been committed in between, so what was computed under it is exact still. One query."""
    return connection.word(SNAPSHOT)  # type: ignore[attr-defined, no-any-return]


class Shelf(Generic[S, T]):
    """What was drawn in one state of the world. When the state is another, all is dropped: what was
    deleted does not live on in memory."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.state: S | None = None
        self.drawn: dict[Any, T] = {}

    def find(self, state: S, key: Any) -> T | None:
        """What is kept under `key` in this state."""
        with self.lock:
            self.move_to(state)
            return self.drawn.get(key)

    def keep(self, state: S, key: Any, drawn: T) -> None:
        """Keep something, unless the world has moved on while it was drawn. When the shelf is full
        the one kept longest makes room, so that a flood of addresses shuts nobody out."""
        with self.lock:
            if state != self.state:
                return
            if len(self.drawn) >= MOST_PAGES:
                del self.drawn[next(iter(self.drawn))]
            self.drawn[key] = drawn

    def move_to(self, state: S) -> None:
        if state != self.state:
            self.state, self.drawn = state, {}


SHELF: Shelf[State, Answer] = Shelf()


def kept_while_true(
    view: Callable[Concatenate[R, P], HttpResponse],
) -> Callable[Concatenate[R, P], HttpResponse]:
    """Draw a page once for each asker and each state of the database, minute by minute.

    For views that only read, and whose answer follows from the address, the cookies, the language,
    the database and the minute. Who may see the page follows from the same, so a session or a
    post that ended opens nothing any more (promise 34): its end was committed. Inside a transaction
    nothing is kept, for there the snapshot does not show one's own writes.
    """

    @wraps(view)
    def answer(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not may_be_kept(request):
            return view(request, *args, **kwargs)
        state = (current_snapshot(), int(clock.now().timestamp()) // 60)
        asked = request.META
        key = (
            asked.get("HTTP_HOST"),
            request.path,
            asked.get("QUERY_STRING"),
            asked.get("HTTP_COOKIE"),
            get_language(),
        )
        if kept := SHELF.find(state, key):
            return HttpResponse(kept[0], headers=kept[1])
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        if is_repeatable(request, response):
            SHELF.keep(state, key, (response.content, dict(response.headers)))
        return response

    return answer


def kept_this_minute(draw: Callable[[str, dt.datetime], T]) -> Callable[[str, dt.datetime], T]:
    """Draw a part of a page once for the same facts, in each minute and language.

    For what follows from its two arguments alone: a text that says everything the part shows, and
    the moment, of which it gets no more than the minute. So the part stays true whatever else is
    committed. When the minute is over, everything is dropped.
    """
    shelf: Shelf[dt.datetime, T] = Shelf()

    @wraps(draw)
    def drawn(facts: str, now: dt.datetime) -> T:
        minute = now.replace(second=0, microsecond=0)
        key = (facts, get_language())
        part = shelf.find(minute, key)
        if part is None:
            part = draw(facts, minute)
            shelf.keep(minute, key, part)
        return part

    return drawn


def may_be_kept(request: HttpRequest) -> bool:
    """Fragments are asked for after something happened, and a message is shown once."""
    return (
        request.method == "GET"
        and "HX-Request" not in request.headers
        and CookieStorage.cookie_name not in request.COOKIES
        and not connection.in_atomic_block
    )


def is_repeatable(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether drawing the page left everything as it was: no cookie set, nothing in the session,
    and its forms carry the token of the cookie that came with the request."""
    return (
        response.status_code == 200
        and not response.cookies
        and request.META.get("CSRF_COOKIE") == request.COOKIES.get(settings.CSRF_COOKIE_NAME)
        and not request.session.modified
    )
