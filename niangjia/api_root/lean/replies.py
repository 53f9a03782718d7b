"""Writing answers as the framework would, from moulds that it made itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any, Protocol

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation

from niangjia.allocation.doors.answers import REFUSALS, refusal_of
from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.services import Answered
from niangjia.api_root.lean.reading import Plain, Scope
from niangjia.core.edge import request_ids
from niangjia.core.edge.problems import problem_for
from niangjia.core.errors import DomainError

Headers = list[tuple[str, str]]
ENCODER = DjangoJSONEncoder()
#: Headers of a mould that each answer has its own of.
OWN = {"content-type", "content-length", "www-authenticate", "x-request-id"}
#: Stands in a mould where the name of a request goes.
NAME = "request-id-goes-here"


class Line(Protocol):
    """The server's end of one request: whoever answers it, at whatever time, on whatever thread."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """Answer."""


Site = Callable[[Any, Scope], Any]


@dataclass
class Caught:
    """The framework's answer, caught before it reaches anybody."""

    headers: Headers = field(default_factory=list)

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        self.headers = headers

    def response_iter(self, status: int, headers: Headers, body: Iterator[bytes]) -> None:
        self.headers = headers


class Moulds:
    """What answers have in common: made by the site itself, once for each language."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.made: dict[tuple[bool, str], Headers] = {}

    def make(self) -> None:
        """Make them before anybody comes; it has the site load what it needs as well."""
        for language, _name in settings.LANGUAGES:
            self.headers(settings.HTTPS, language)

    def headers(self, is_secure: bool, language: str) -> Headers:
        """The headers of every answer in this language."""
        if (is_secure, language) not in self.made:
            self.made[is_secure, language] = self.ask_for_headers(is_secure, language)
        return self.made[is_secure, language]

    def ask_for_headers(self, is_secure: bool, language: str) -> Headers:
        """The headers that the site puts on whatever it answers to an API request: policies,
        language, what may be kept. It is asked with a token that is none."""
        caught = Caught()
        scope = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/api/v1/pools/00000000-0000-0000-0000-000000000000/claims",
            "QUERY_STRING": "",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": own_name(),
            "HTTP_AUTHORIZATION": "Bearer none",
            "HTTP_COOKIE": f"{settings.LANGUAGE_COOKIE_NAME}={language}",
            "wsgi.url_scheme": "https" if is_secure else "http",
            "wsgi.input": BytesIO(),
        }
        if is_secure and settings.SECURE_PROXY_SSL_HEADER:
            name, value = settings.SECURE_PROXY_SSL_HEADER
            scope[name] = value
        self.site(caught, scope)
        return [header for header in caught.headers if header[0].lower() not in OWN]

    def answer(self, line: Line, plain: Plain, answer: Answered | DomainError) -> None:
        """Answer one request."""
        status, headers, body = content(answer, plain.language)
        line.response_bytes(
            status,
            [
                *self.headers(plain.is_secure, plain.language),
                *headers,
                ("X-Request-ID", plain.request_id),
            ],
            body.replace(NAME, plain.request_id).encode(),
        )


def own_name() -> str:
    """A name that the node answers under."""
    name = str(settings.ALLOWED_HOSTS[0])
    return "localhost" if name == "*" else name.removeprefix(".")


def content(answer: Answered | DomainError, language: str) -> tuple[int, Headers, str]:
    """Status, headers and body of an answer, with `NAME` for the request's name."""
    if isinstance(answer, DomainError):
        return problem(answer, language)
    if not answer.verdict.is_in:
        return refusal(answer.verdict, language)
    headers = [("Content-Type", "application/json; charset=utf-8")]
    if answer.is_again:
        headers.append(("Idempotent-Replayed", "true"))
    return 201, headers, granted(answer)


def granted(answer: Answered) -> str:
    """What somebody is told whose claim was let in, as the API says it (`answers.said`)."""
    until = ENCODER.encode(answer.expires_at) if answer.expires_at else "null"
    return (
        f'{{"claim_id": "{answer.claim}", "verdict": "{answer.verdict}", '
        f'"place": {answer.place}, "expires_at": {until}}}'
    )


@lru_cache(4 * len(REFUSALS))
def refusal(verdict: Verdict, language: str) -> tuple[int, Headers, str]:
    """The problem that a verdict is. Nearly everybody gets one of these in a burst."""
    found = refusal_of(Answered(verdict))
    if found is None:
        raise ValueError(verdict)
    return problem(found, language)


def problem(error: DomainError, language: str) -> tuple[int, Headers, str]:
    """A refusal as the API says it."""
    token = request_ids.current.set(NAME)
    try:
        with translation.override(language):
            response = problem_for(error)
    finally:
        request_ids.current.reset(token)
    return response.status_code, list(response.items()), response.content.decode()
