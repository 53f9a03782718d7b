"""Fetching a person: a text message or a voice call through the node's gateway (ADR 42), and, for
the demonstration and tests, a fake."""

from dataclasses import dataclass
from functools import cache as remember
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, errors
from niangjia.members.clients.gateway import Gateway, Kept

TEMPLATE = "hotline_urgent"


class PagerClient(Protocol):
    """Fetches one person about the order `number`, by "sms" or "voice"; `link` acknowledges it.
    Raises `Unavailable` when it certainly or possibly did not go out."""

    def page(self, *, phone: str, way: str, number: str, link: str) -> None: ...


class WebhookPager(Gateway):
    """POSTs each page to the gateway that the node's operator has with a provider.

    The gateway gets {"phone": E.164, "way": "sms" or "voice", "template": "hotline_urgent",
    "language": "zh-hans", "parameters": {"number", "link"}}. What the matter is stands in none of
    it: whoever sees the phone learns that somebody is needed, and no more (promise 3).
    """

    def page(self, *, phone: str, way: str, number: str, link: str) -> None:
        body = {
            "phone": phone,
            "way": way,
            "template": TEMPLATE,
            "language": settings.LANGUAGE_CODE,
            "parameters": {"number": number, "link": link},
        }
        self.post(body, read=bool)


@dataclass(frozen=True)
class ShownPage:
    """A page the fake would have sent."""

    phone: str
    way: str
    number: str
    link: str
    at: str


class ShownPager(Kept[ShownPage]):
    """Sends nothing; keeps the last pages where the demonstration and tests find them."""

    key = "hotline:shown-pages"

    def page(self, *, phone: str, way: str, number: str, link: str) -> None:
        self.keep(ShownPage(phone, way, number, link, clock.now().isoformat()))


class NoPager:
    """Nothing is configured: says so, so that the page counts as failed and people look."""

    def page(self, *, phone: str, way: str, number: str, link: str) -> None:
        raise errors.Unavailable(
            _("This node cannot page anybody yet: its operator must name a gateway.")
        )


webhook = remember(WebhookPager)


def client() -> PagerClient:
    """The fake in the demo, the gateway where one is named, else the one that says so."""
    if settings.DEMO:
        return ShownPager()
    if settings.PAGER_URL:
        return webhook(settings.PAGER_URL, settings.PAGER_TOKEN)
    return NoPager()
