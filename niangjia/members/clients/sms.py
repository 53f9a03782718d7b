"""Text messages. A provider-neutral webhook, and, for the demo and tests, a fake."""

from dataclasses import dataclass
from functools import cache as remember
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, errors
from niangjia.members.clients.gateway import Gateway, Kept


class SmsClient(Protocol):
    """Sends one code. Raises `Unavailable` when it certainly or possibly was not sent."""

    def send(self, *, phone: str, template: str, code: str, language: str) -> None: ...


class WebhookSms(Gateway):
    """POSTs each message to the gateway that the node's operator has with a provider.

    The gateway gets {"phone": E.164, "template": name, "language": tag, "parameters": {"code"}};
    providers in China only send texts registered with them, so texts lie on their side.
    """

    def send(self, *, phone: str, template: str, code: str, language: str) -> None:
        body = {
            "phone": phone,
            "template": template,
            "language": language,
            "parameters": {"code": code},
        }
        self.post(body, read=bool)


@dataclass(frozen=True)
class ShownCode:
    """A code the fake would have sent."""

    phone: str
    template: str
    code: str
    at: str


class ShownSms(Kept[ShownCode]):
    """Sends nothing; keeps the last codes where the demo's page shows them."""

    key = "members:shown-codes"
    seconds = 600

    def send(self, *, phone: str, template: str, code: str, language: str) -> None:
        self.keep(ShownCode(phone, template, code, clock.now().isoformat()))


class NoSms:
    """Nothing is configured: says so instead of pretending."""

    def send(self, *, phone: str, template: str, code: str, language: str) -> None:
        raise errors.Unavailable(
            _("This node cannot send text messages yet: its operator must name a gateway.")
        )


webhook = remember(WebhookSms)


def client() -> SmsClient:
    """The fake in the demo, the gateway where one is named, else the one that says so."""
    if settings.DEMO:
        return ShownSms()
    if settings.SMS_URL:
        return webhook(settings.SMS_URL, settings.SMS_TOKEN)
    return NoSms()


def can_send() -> bool:
    """Whether a message can go out from this node at all."""
    return bool(settings.DEMO or settings.SMS_URL)


def shown_codes(phone: str | None = None) -> list[ShownCode]:
    """The codes the fake kept, newest first, of `phone` or of all; in the demonstration only."""
    if not settings.DEMO:
        return []
    return [code for code in ShownSms().last() if phone in (None, code.phone)]
