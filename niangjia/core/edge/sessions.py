"""Where sessions are: in the database, as Django keeps them, asked for without detours."""

import hashlib
import hmac
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.core import signing
from django.utils import timezone

from niangjia.core.crypto import macs
from niangjia.core.prepared import Given, Prepared


@cache
def running() -> Prepared[Session]:
    """The session of a key, unless it has ended."""
    return Prepared(Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("now")))


@lru_cache(8)
def seal_key(salt: str, secret: str) -> bytes:
    """The key that Django seals with under a salt and the node's secret: it derives it anew each
    time (`django.utils.crypto.salted_hmac`)."""
    return hashlib.sha256((salt + secret).encode()).digest()


class SessionStore(db.SessionStore):
    """Django's own, but for the question that every request of somebody signed in asks."""

    def _get_session_from_db(self) -> Session | None:
        found = iter(running().instances(key=self.session_key, now=timezone.now()))
        session = next(found, None)
        if session is None:
            self._session_key = None
        return session

    def encode(self, session_dict: dict[str, Any]) -> str:
        """As Django writes it, not compressed: what nearly every session holds is digests and ids,
        and unpacking it would cost each request more than the bytes that it saves."""
        return signing.dumps(session_dict, salt=self.key_salt, serializer=self.serializer)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What a session holds, when it was sealed with the node's secret; whatever was not (under
        a secret of before, or forged) is for Django to judge. The same, several times cheaper: in
        a burst this is much of what a request costs."""
        text = session_data if isinstance(session_data, str) else session_data.decode()
        sealed, _colon, seal = text.rpartition(":")
        key = seal_key(f"{self.key_salt}signer", settings.SECRET_KEY)
        expected = urlsafe_b64encode(macs.under(key).code(sealed.encode())).strip(b"=")
        if not hmac.compare_digest(expected, seal.encode()):
            found: dict[str, Any] = super().decode(session_data)
            return found
        content, _colon, _time = sealed.rpartition(":")
        packed = content.removeprefix(".").encode()
        data = urlsafe_b64decode(packed + b"=" * (-len(packed) % 4))
        if content.startswith("."):
            data = zlib.decompress(data)
        held: dict[str, Any] = self.serializer().loads(data)
        return held
