"""The telephone system: told who takes a call, and whom to ring.

It reports to `/hotline/telephony/`, signed under a secret that both sides know
(`rules.telephony.sign`); what it reports is `rules.telephony.Event`.
"""

import datetime as dt
from functools import cache as remember
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from niangjia.core import errors
from niangjia.core.crypto import digest
from niangjia.hotline.rules.telephony import Event, sign
from niangjia.members.clients import http
from niangjia.members.clients.breaker import Breaker


class TelephonyClient(Protocol):
    """Both raise `Unavailable` when the telephone system does not answer: the desk goes on without
    it, and the agent uses the telephone by hand.

    Once the agent has hung up, a system that `asks` says to the caller, after either of them: how
    satisfied are you, press 1 (very) to 5 (not at all); and reports the key (`Kind.RATED`). Nobody
    at the desk has a hand in that: it is the caller who rates, known or not (S7).
    """

    asks: bool

    def pick_up(self, *, line: str, call: str, agent: str) -> None:
        """Put the call that `line` reported as `call` through to `agent` (the account's id)."""

    def dial(self, *, line: str, call: str, number: str, agent: str) -> None:
        """Ring `number` for `agent`, showing the line's own number, because of an earlier `call`
        ("" for none that it reported): what comes of it is reported under that name."""


class WebhookTelephony:
    """Asks the gateway that the node's operator has with a call centre: POSTs {"do": "pick_up",
    "line", "call", "agent", "then"} or {"do": "dial", "line", "call", "number", "agent", "then"};
    `then` is "rate": the caller is asked for a key once the agent has hung up."""

    asks = True

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

    def pick_up(self, *, line: str, call: str, agent: str) -> None:
        self.post({"do": "pick_up", "line": line, "call": call, "agent": agent, "then": "rate"})

    def dial(self, *, line: str, call: str, number: str, agent: str) -> None:
        whom = {"call": call, "number": number, "agent": agent}
        self.post({"do": "dial", "line": line, **whom, "then": "rate"})

    def post(self, body: dict[str, str]) -> None:
        self.breaker.call(lambda: http.post(self.url, body, token=self.token, timeout=self.timeout))


class PlayedTelephony:
    """For the demonstration: the telephone that `clients.played` plays answers by itself."""

    asks = True

    def pick_up(self, *, line: str, call: str, agent: str) -> None:
        """Nothing to put through."""

    def dial(self, *, line: str, call: str, number: str, agent: str) -> None:
        """Nobody is rung."""


class NoTelephony:
    """Nothing is configured: says so instead of pretending."""

    asks = False

    def pick_up(self, *, line: str, call: str, agent: str) -> None:
        """An agent without a gateway lifts the receiver themselves."""

    def dial(self, *, line: str, call: str, number: str, agent: str) -> None:
        raise errors.Unavailable(_("This node cannot dial: please ring the number by hand."))


@remember
def webhook(url: str, token: str) -> WebhookTelephony:
    """One client a process, so that its breaker remembers."""
    return WebhookTelephony(url, token)


def client() -> TelephonyClient:
    """The played one in the demo, the gateway where one is named, else the one that says so."""
    if settings.DEMO:
        return PlayedTelephony()
    if settings.TELEPHONY_URL:
        return webhook(settings.TELEPHONY_URL, settings.TELEPHONY_TOKEN)
    return NoTelephony()


def report(event: Event, *, address: str, secret: str, now: dt.datetime) -> None:
    """Report `event` to the node at `address`, as a telephone system does. Raises `OSError` when
    the node does not take it."""
    second = int(now.timestamp())
    body = event.canonical().encode()
    headers = {
        "Content-Type": "application/json",
        "X-Niangjia-Timestamp": str(second),
        "X-Niangjia-Signature": sign(secret, second, body),
    }
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=http.TIMEOUT_SECONDS)
    try:
        connection.request("POST", "/hotline/telephony/", body, headers)
        status = connection.getresponse().status
    except HTTPException as failure:
        raise OSError(str(failure)) from failure
    finally:
        connection.close()
    if status != 200:
        raise OSError(f"answered {status}")


def secret() -> str:
    """What reports are signed with; "" while none is set, and then none is believed. The
    demonstration's is its own: derived from its keys, known to nobody else."""
    if settings.DEMO and not settings.TELEPHONY_SECRET:
        return digest("hotline-telephony", "demonstration").hex()
    return settings.TELEPHONY_SECRET
