"""Reading a claim from a request, if it is a plain one."""

import json
import re
from collections.abc import MutableMapping
from functools import lru_cache
from io import BytesIO
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.conf import settings
from django.http import parse_cookie
from django.http.request import split_domain_port, validate_host
from django.utils import translation
from django.utils.crypto import constant_time_compare

from niangjia.core import idempotency
from niangjia.core.edge import request_ids

#: What a server tells of a request: the variables of WSGI, without those that are always the same.
Scope = MutableMapping[str, Any]
PATH = re.compile(
    "/api/v1/pools/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/claims"
)
BODY_MOST = 64
SECRET = re.compile("[A-Za-z0-9]{32}")


class Plain(NamedTuple):
    """A claim that can be answered here: what is wanted, by whom (a session or a token, not looked
    up yet), and how to speak to them."""

    pool_id: str
    parts: int
    key: str | None
    session: str
    token: str
    is_secure: bool
    language: str
    request_id: str


def plain_claim(scope: Scope) -> Plain | None:
    """The claim that a request is, as far as can be told without asking the database; None for any
    other request, for odd ones, and for what the framework would refuse: it says best why."""
    pool_id = pool_of(scope["PATH_INFO"])
    if pool_id is None or scope.get("QUERY_STRING") or not is_ours(scope.get("HTTP_HOST", "")):
        return None
    cookies = parse_cookie(scope.get("HTTP_COOKIE", ""))
    is_secure = comes_securely(scope)
    session, token = asker_of(scope, cookies, is_secure)
    key = scope.get("HTTP_IDEMPOTENCY_KEY")
    if not (session or token) or (key is not None and not idempotency.KEY.fullmatch(key)):
        return None
    if (parts := parts_wanted(scope)) is None:
        return None
    name = scope.get("HTTP_X_REQUEST_ID", "")
    if not request_ids.ACCEPTED.fullmatch(name):
        name = request_ids.new()
    language = language_for(
        cookies.get(settings.LANGUAGE_COOKIE_NAME, ""), scope.get("HTTP_ACCEPT_LANGUAGE", "")
    )
    return Plain(pool_id, parts, key, session, token, is_secure, language, name)


@lru_cache(256)
def pool_of(path: str) -> str | None:
    """The pool that this is the address of claims of; None for any other address."""
    found = PATH.fullmatch(path)
    return found[1] if found else None


@lru_cache(256)
def is_ours(host: str) -> bool:
    """Whether the node answers under this name (`ALLOWED_HOSTS`)."""
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def comes_securely(scope: Scope) -> bool:
    """Whether the browser speaks HTTPS, as the proxy before us says."""
    if not settings.SECURE_PROXY_SSL_HEADER:
        return bool(scope["wsgi.url_scheme"] == "https")
    name, value = settings.SECURE_PROXY_SSL_HEADER
    return bool(scope.get(name, "").split(",")[0].strip() == value)


def asker_of(scope: Scope, cookies: dict[str, str], is_secure: bool) -> tuple[str, str]:
    """The session or the token it comes with, as `auth.signed_in` would ask: a token goes before a
    session, and a session needs the proof that it was a page of ours that asked."""
    if "HTTP_AUTHORIZATION" in scope:
        kind, _space, text = scope["HTTP_AUTHORIZATION"].partition(" ")
        return "", text if kind == "Bearer" and text.startswith("nj_") else ""
    session = cookies.get(settings.SESSION_COOKIE_NAME, "")
    if not session or "\x00" in session or not is_from_our_page(scope, cookies, is_secure):
        return "", ""
    return session, ""


def is_from_our_page(scope: Scope, cookies: dict[str, str], is_secure: bool) -> bool:
    """The plain case of Django's protection against forged requests: the cookie's secret comes in
    the header as well, and from this very origin. Any other way to prove it is for Django."""
    secret, shown = cookies.get(settings.CSRF_COOKIE_NAME, ""), scope.get("HTTP_X_CSRFTOKEN", "")
    if not SECRET.fullmatch(secret) or not constant_time_compare(secret, shown):
        return False
    origin = scope.get("HTTP_ORIGIN")
    if origin is None:
        return not is_secure
    return bool(origin == f"{'https' if is_secure else 'http'}://{scope['HTTP_HOST']}")


def parts_wanted(scope: Scope) -> int | None:
    """How many parts the body asks for: nothing or {} is one. None for any other body, which is put
    back for whoever reads it next."""
    length = scope.get("CONTENT_LENGTH") or "0"
    if length == "0" and "HTTP_TRANSFER_ENCODING" not in scope:
        return 1
    if scope.get("CONTENT_TYPE") != "application/json" or not length.isdigit():
        return None
    if not 0 < int(length) <= BODY_MOST:
        return None
    body = scope["wsgi.input"].read(int(length))
    scope["wsgi.input"] = BytesIO(body)
    try:
        asked = json.loads(body)
    except ValueError:
        return None
    if not isinstance(asked, dict) or asked.keys() - {"parts"}:
        return None
    parts = asked.get("parts", 1)
    return parts if type(parts) is int and 1 <= parts <= 100 else None


@lru_cache(256)
def language_for(cookie: str, accepted: str) -> str:
    """The language somebody is answered in, as for a page."""
    request = SimpleNamespace(
        COOKIES={settings.LANGUAGE_COOKIE_NAME: cookie} if cookie else {},
        META={"HTTP_ACCEPT_LANGUAGE": accepted},
    )
    return translation.get_language_from_request(request)  # type: ignore[arg-type]
