"""Around every operation: so many a minute, methods, and one effect a key."""

import functools
from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from niangjia.api_root import throttling
from niangjia.api_root.auth import SAFE, whoever_asks
from niangjia.core import idempotency
from niangjia.core.edge.problems import problem, problem_for
from niangjia.core.edge.refusals import content_of, refusal_for
from niangjia.core.errors import DomainError, Throttled

View = Callable[..., HttpResponse]
#: Headers of an answer that are said again with it.
REPEATED = ("Content-Type", "Location")


class Broken(Exception):
    """Carries a 5xx answer out of the transaction that must not commit."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__(response.status_code)
        self.response = response


def door(view: View) -> View:
    """`view`, speaking HTTP fully: HEAD, OPTIONS, 405, `Idempotency-Key`."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Counted out here, because a count must neither roll back nor lock for as long as a write.
        if wait := throttling.wait_for(whoever_asks(request) or request.META.get("REMOTE_ADDR")):
            return problem_for(too_fast(wait))
        if request.method == "HEAD":
            request.method = "GET"
            response = view(request, *args, **kwargs)
            response["Content-Length"] = str(len(response.content))
            response.content = b""
            return with_methods(response)
        return with_methods(once(request, functools.partial(view, request, *args, **kwargs)))

    guarded.csrf_exempt = True  # type: ignore[attr-defined]
    return guarded


def too_fast(wait: int) -> Throttled:
    """What is said to a program that asks without end."""
    return Throttled(_("Too many requests in one minute."), retry_after_seconds=wait)


def with_methods(response: HttpResponse) -> HttpResponse:
    """405 as a problem that names the methods there are; OPTIONS answers with the same."""
    if response.status_code != 405:
        return response
    allowed = {method.strip() for method in response["Allow"].split(",")} | {"OPTIONS"}
    if "GET" in allowed:
        allowed.add("HEAD")
    answer = problem(405, "method-not-allowed", _("This address does not take that method."))
    answer["Allow"] = ", ".join(sorted(allowed))
    return answer


def once(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Run a write once for its `Idempotency-Key`; whatever else as it is."""
    if request.method == "OPTIONS":
        return options(view())
    key = request.headers.get("Idempotency-Key")
    account = whoever_asks(request) if key and request.method not in SAFE else None
    if key is None or account is None:
        return view()
    shown: list[HttpResponse] = []
    request.is_tried_as_a_whole = True  # type: ignore[attr-defined]

    def run() -> idempotency.Answer:
        response = view()
        if response.status_code >= 500:
            raise Broken(response)
        shown.append(response)
        headers = {name: response[name] for name in REPEATED if name in response}
        return idempotency.Answer(response.status_code, response.content.decode(), headers)

    has_files = request.content_type == "multipart/form-data"
    # A body with files is larger than what is read into memory at once.
    body = content_of(request) if has_files else request.body
    content = f"{request.method} {request.get_full_path()}\n".encode() + body
    try:
        answer, is_again = idempotency.once(
            account_id=account.pk,
            key=key,
            content=content,
            run=run,
            succeeded=lambda answer: (
                answer.status < 400 and not getattr(request, "is_read_anew", False)
            ),
            is_kept=lambda: getattr(request, "keeps_its_key", False),
        )
    except Broken as broken:
        return broken.response
    except (DomainError, OperationalError) as error:
        if refusal := refusal_for(error):
            return problem_for(refusal)
        raise
    if not is_again:
        return shown[-1]
    response = HttpResponse(answer.body, status=answer.status, headers=answer.headers)
    response["Idempotent-Replayed"] = "true"
    return response


def options(response: HttpResponse) -> HttpResponse:
    """What the address takes, without a body."""
    answer = HttpResponse(status=204, headers={"Allow": with_methods(response)["Allow"]})
    del answer["Content-Type"]
    return answer
