"""Turning refusals into pages, and refusing early what no view can handle."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DataError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from niangjia.core import errors, idempotency, transactions
from niangjia.core.edge import problems, typed
from niangjia.core.errors import DomainError

FORM_FIELD = "idempotency_key"


def refusal_in(request: HttpRequest) -> DomainError | None:
    """Why this request cannot be handled at all, before anybody looks at it.

    PostgreSQL keeps no NUL character; what is larger than the limit would be read into memory.
    """
    if "\x00" in request.path_info:
        return errors.NotFound(_("There is no such page"))
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit():
        return errors.Invalid(_("We could not read that request"), code="bad-length")
    has_files = request.content_type == "multipart/form-data"
    if int(length) > (limit := settings.NIANGJIA_UPLOAD_BYTES if has_files else text_limit()):
        return too_much(limit)
    if has_files and not is_for_machines(request):
        try:
            request.POST  # noqa: B018  read here, where what is wrong with it can be said kindly
        except RequestDataTooBig:
            return too_much(text_limit())
    return unreadable() if has_nul(request.GET) else None


def text_limit() -> int:
    """Bytes of everything in a request but its files."""
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)


def too_much(limit: int) -> DomainError:
    return errors.TooLarge(
        _("That is too much at once: %(limit)s MB at most.") % {"limit": limit // 1_000_000}
    )


def refusal_for(error: BaseException | None) -> DomainError | None:
    """The refusal that an exception amounts to; None when something is broken."""
    if isinstance(error, DomainError):
        return error
    if isinstance(error, RequestDataTooBig):
        return too_much(text_limit())
    if error and transactions.is_passing(error):
        return transactions.busy()
    if error and transactions.is_away(error):
        return transactions.away()
    is_nul = isinstance(error, ValueError | DataError) and "NUL (0x00)" in str(error)
    if is_nul or isinstance(error, UnicodeEncodeError):
        return unreadable()
    return None


def content_of(request: HttpRequest) -> bytes:
    """What a form says, its files by their digests: the same again is the same request."""
    sent = sorted(
        (name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"
    )
    files = []
    for name, uploads in sorted(request.FILES.lists()):
        for upload in uploads:
            digest = hashlib.sha256()
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
            files.append((name, upload.name, digest.hexdigest()))
    return repr((request.path, sent, *files)).encode(errors="replace")


def unreadable() -> DomainError:
    return errors.Invalid(
        _("There is a character in it that cannot be stored. Type it anew."), code="bad-character"
    )


def has_nul(values: QueryDict) -> bool:
    return any("\x00" in key or any("\x00" in v for v in vs) for key, vs in values.lists())


def is_for_machines(request: HttpRequest) -> bool:
    """Whether the API answers this: in JSON, and with idempotency keys in a header."""
    return request.path_info.startswith("/api/")


def page_for(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The refusal as a page, in the look of the room above (setting NIANGJIA_REFUSAL_VIEW).

    A machine gets the same as problem+json.
    """
    if is_for_machines(request):
        return problems.problem_for(error)
    response: HttpResponse = import_string(settings.NIANGJIA_REFUSAL_VIEW)(request, error)
    if error.retry_after_seconds is not None:
        response["Retry-After"] = str(error.retry_after_seconds)
    return response


class RefusalMiddleware:
    """Last in line: it sees what views raise, and forms that carry an idempotency key. A form whose
    sender is no longer signed in is not just led away from: its words are shown to be copied."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if error := refusal_in(request):
            return page_for(request, error)
        response = self.get_response(request)
        if not is_for_machines(request) and (url := typed.turned_away_to(request, response)):
            return page_for(request, errors.SignInFirst(_("Please sign in again"), url=url))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page when it was a refusal; None (and so the page "broken") when it was not."""
        error = refusal_for(exception)
        return page_for(request, error) if error else None

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """A form with `{% idempotency_key %}` in it has one effect, however often it is pressed.

        The effect counts as such when the view answers with a redirect; a form that is shown
        again with its errors can be corrected and sent under the same key.
        """
        if request.method != "POST" or is_for_machines(request):
            return None
        key = request.POST.get(FORM_FIELD, "")
        if not key or not request.user.is_authenticated:
            return None
        shown: list[HttpResponse] = []

        def run() -> idempotency.Answer:
            response = view(request, *args, **kwargs)
            shown.append(response)
            return idempotency.Answer(
                response.status_code, headers={"Location": response.get("Location", "")}
            )

        try:
            answer, _is_again = idempotency.once(
                account_id=request.user.pk,
                key=key,
                content=content_of(request),
                run=run,
                succeeded=lambda given: 300 <= given.status < 400,
                is_kept=lambda: getattr(request, "keeps_its_key", False),
            )
        except Exception as error:
            response = self.process_exception(request, error)
            if response is None:
                raise
            return response
        return shown[-1] if shown else HttpResponse(status=answer.status, headers=answer.headers)
