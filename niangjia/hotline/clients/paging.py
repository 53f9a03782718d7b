"""Fetching a person: a text message or a voice call through the node's gateway (ADR 42), and, for
the demonstration and tests, a fake."""

from dataclasses import dataclass
from functools import cache as remember
from typing import Protocol

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, errors
from niangjia.members.clients import http
from niangjia.members.clients.breaker import Breaker

TEMPLATE = "hotline_urgent"
#: How many messages the fake keeps, and how long.
SHOWN, SHOWN_SECONDS = 20, 3_600


class PagerClient(Protocol):
    """Fetches one person about the order `number`, by "sms" or "voice"; `link` acknowledges it.
    Raises `Unavailable` when it certainly or possibly did not go out."""

    def page(self, *, phone: str, way: str, number: str, link: str) -> None: ...


class WebhookPager:
    """POSTs each page to the gateway that the node's operator has with a provider.

    The gateway gets {"phone": E.164, "way": "sms" or "voice", "template": "hotline_urgent",
    "language": "zh-hans", "parameters": {"number", "link"}}. What the matter is stands in none of
    it: whoever sees the phone learns that somebody is needed, and no more (promise 3).
    """

    def __init__(
        self,
        url: str,
        token: str,
        *,
        timeout: float = http.TIMEOUT_SECONDS,
        breaker: Breaker | None = None,
    ) -> None:
        self.url, self.token, self.timeout = url, token, timeout
        self.breaker = breaker or Breaker()

    def page(self, *, phone: str, way: str, number: str, link: str) -> None:
        body = {
            "phone": phone,
            "way": way,
            "template": TEMPLATE,
            "language": settings.LANGUAGE_CODE,
            "parameters": {"number": number, "link": link},
        }
        self.breaker.call(lambda: http.post(self.url, body, token=self.token, timeout=self.timeout))


@dataclass(frozen=True)
class ShownPage:
    """A page the fake would have sent."""

    phone: str
    way: str
    number: str
    link: str
    at: str


class ShownPager:
    """Sends nothing; keeps the last pages where the demonstration and tests find them."""

    key = "hotline:shown-pages"

    def page(self, *, phone: str, way: str, number: str, link: str) -> None:
        shown = ShownPage(phone, way, number, link, clock.now().isoformat())
        cache.set(self.key, [shown, *self.last()][:SHOWN], SHOWN_SECONDS)

    def last(self) -> list[ShownPage]:
        """The last pages, newest first."""
        return list(cache.get(self.key, []))


class NoPager:
    """Nothing is configured: says so, so that the page counts as failed and people look."""

    def page(self, *, phone: str, way: str, number: str, link: str) -> None:
        raise errors.Unavailable(
            _("This node cannot page anybody yet: its operator must name a gateway.")
        )


@remember
def webhook(url: str, token: str) -> WebhookPager:
    """One client a process, so that its breaker remembers."""
    return WebhookPager(url, token)


def client() -> PagerClient:
    """The fake in the demo, the gateway where one is named, else the one that says so."""
    if settings.DEMO:
        return ShownPager()
    if settings.PAGER_URL:
        return webhook(settings.PAGER_URL, settings.PAGER_TOKEN)
    return NoPager()
