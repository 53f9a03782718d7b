"""One tap: how somebody found a place."""

import hmac
import secrets
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict

from niangjia.core.crypto import digest, digests_of
from niangjia.members.doors import address_of, visitor_or_account
from niangjia.places.rules.voices import Speaker

#: Holds a random name of this browser for stations, and the proof that we gave it; a year. Whoever
#: could make up names would be as many voices as they like.
COOKIE = "stations"
COOKIE_SECONDS = 365 * 86_400
DEVICE_BYTES, PROOF_BYTES = 16, 16


@dataclass(frozen=True)
class Word:
    """What was pressed. `facility` rides on the button of what is missing: "lacks:water"."""

    said: str
    facility: str = ""


def read(posted: QueryDict) -> Word:
    """The word that a button sends."""
    said, _colon, facility = posted.get("said", "").partition(":")
    return Word(said[:8], (facility or posted.get("facility", ""))[:16])


def device_of(request: HttpRequest) -> str:
    """The name this browser keeps, or nothing; not whatever somebody writes into a cookie."""
    name, _dot, proof = request.COOKIES.get(COOKIE, "").partition(".")
    proofs = [proof_of(mac) for mac in digests_of(COOKIE, name)] if proof.isascii() else []
    return name if any(hmac.compare_digest(proof, each) for each in proofs) else ""


def new_device() -> str:
    """A name and its proof, as a browser keeps them."""
    name = secrets.token_hex(DEVICE_BYTES)
    return f"{name}.{proof_of(digest(COOKIE, name))}"


def proof_of(mac: bytes) -> str:
    return mac[:PROOF_BYTES].hex()


def speaker_of(request: HttpRequest) -> Speaker:
    """Who speaks."""
    account = visitor_or_account(request)
    return Speaker(
        account=str(account.pk) if account else "",
        device=device_of(request),
        address=address_of(request),
    )


def remember_device(request: HttpRequest, response: HttpResponse) -> None:
    """Let this browser keep a name, if it has none."""
    if not device_of(request):
        response.set_cookie(
            COOKIE,
            new_device(),
            max_age=COOKIE_SECONDS,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
