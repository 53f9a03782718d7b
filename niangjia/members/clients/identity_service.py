"""The identity service: does this name belong to this document number?"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache as remember
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from niangjia.core import errors
from niangjia.members.clients import breaker, http
from niangjia.members.clients.gateway import Gateway


class Answer(StrEnum):
    """What the service says. Nothing else of its answer is kept."""

    MATCH = "match"
    MISMATCH = "mismatch"
    UNKNOWN = "unknown"


class IdentityClient(Protocol):
    """Raises `Unavailable` when the service gives no usable answer."""

    def check(self, *, name: str, document_type: str, identity_number: str) -> Answer: ...


class WebhookIdentity(Gateway):
    """Asks the gateway that the node's operator has with an identity service.

    It gets {"name", "document_type", "identity_number"} and answers {"result": one of `Answer`}.
    """

    def check(self, *, name: str, document_type: str, identity_number: str) -> Answer:
        body = {
            "name": name,
            "document_type": str(document_type),
            "identity_number": identity_number,
        }
        return self.post(body, read=result_of)


def result_of(answer: Mapping[str, Any]) -> Answer:
    """The result it names. Raises `BadAnswer` when that is none."""
    try:
        return Answer(str(answer.get("result")))
    except ValueError as failure:
        raise http.BadAnswer("the identity service answered no known result") from failure


class MadeUpIdentity:
    """For the demonstration and tests: decides by the number's sequence (its 15th to 17th digit).

    900 to 989 mismatch, 990 to 998 are unknown, 999 finds the service down; all else matches.
    """

    def check(self, *, name: str, document_type: str, identity_number: str) -> Answer:
        sequence = identity_number[14:17]
        if sequence == "999":
            raise breaker.unavailable()
        if "990" <= sequence <= "998":
            return Answer.UNKNOWN
        return Answer.MISMATCH if "900" <= sequence <= "989" else Answer.MATCH


class NoIdentity:
    """Nothing is configured: says so, and what works instead."""

    def check(self, *, name: str, document_type: str, identity_number: str) -> Answer:
        raise errors.Unavailable(
            _("This node has no identity service. Your union will look at your document in person.")
        )


webhook = remember(WebhookIdentity)


def client() -> IdentityClient:
    """The fake in the demo, the gateway where one is named, else the one that says so."""
    if settings.DEMO:
        return MadeUpIdentity()
    if settings.IDENTITY_URL:
        return webhook(settings.IDENTITY_URL, settings.IDENTITY_TOKEN)
    return NoIdentity()
