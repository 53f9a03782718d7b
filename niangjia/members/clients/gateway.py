"""What clients of services outside have in common: the operator's gateway, and what a fake keeps to
be looked at."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from django.core.cache import cache

from niangjia.members.clients import http
from niangjia.members.clients.breaker import Breaker

T = TypeVar("T")
A = TypeVar("A")


class Gateway:
    """The gateway that the node's operator has with a provider: a POST with a bearer token, behind
    a breaker (ADR 42). There is one for a process, so that the breaker remembers."""

    def __init__(self, url: str, token: str, *, timeout: float = http.TIMEOUT_SECONDS) -> None:
        self.url, self.token, self.timeout = url, token, timeout
        self.breaker = Breaker()

    def post(self, body: Mapping[str, Any], read: Callable[[dict[str, Any]], A]) -> A:
        """POST `body`; what `read` makes of the answer. An `OSError` of its is a failure like that
        of a gateway that is down. Raises `Unavailable`."""
        return self.breaker.call(
            lambda: read(http.post(self.url, body, token=self.token, timeout=self.timeout))
        )


class Kept(Generic[T]):
    """What a fake would have sent, for the demonstration and tests: the newest, for a while."""

    key: str
    #: How many, and how long.
    most = 20
    seconds = 3_600

    def keep(self, sent: T) -> None:
        """Keep one more."""
        cache.set(self.key, [sent, *self.last()][: self.most], self.seconds)

    def last(self) -> list[T]:
        """The last ones, the newest first."""
        return list(cache.get(self.key, []))
