"""What the API answers when something is refused or broken."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from niangjia.core import errors, transactions
from niangjia.core.edge.problems import problem, problem_for
from niangjia.core.edge.refusals import refusal_for

logger = logging.getLogger(__name__)

#: pydantic's kinds of errors that people meet most, in words.
WORDS = {
    "missing": lambda: _("This is needed."),
    "uuid_parsing": lambda: _("This is not an id."),
    "int_parsing": lambda: _("This is not a whole number."),
    "date_from_datetime_parsing": lambda: _("This is not a date (YYYY-MM-DD)."),
    "string_too_long": lambda: _("This is too long."),
    "string_too_short": lambda: _("This is too short."),
    "enum": lambda: _("This is none of the choices."),
    "literal_error": lambda: _("This is none of the choices."),
}


def install(api: NinjaAPI) -> None:
    """Answer every exception with a problem."""
    for kind, handler in (
        (Exception, unexpected),
        (HttpError, refused_by_frame),
        (ValidationError, invalid),
        (Http404, missing),
        (PermissionDenied, missing),
        (AuthenticationError, unauthenticated),
    ):
        api.add_exception_handler(kind, handler)


def missing(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Missing and forbidden are one answer."""
    return problem_for(errors.NotFound(_("There is no such thing here.")))


def unauthenticated(request: HttpRequest, exception: Any) -> HttpResponse:
    """Nobody, or a token that is not valid any more."""
    response = problem(401, "not-signed-in", _("Sign in, or send a valid token."))
    response["WWW-Authenticate"] = 'Bearer realm="Niangjia"'
    return response


def invalid(request: HttpRequest, exception: Any) -> HttpResponse:
    """The input does not fit the schema; each field is named as services name it: `job`, or
    `identity.name` within another."""
    found = [
        {
            "field": named(error["loc"]),
            "message": WORDS[error["type"]]() if error["type"] in WORDS else error["msg"],
        }
        for error in exception.errors
    ]
    return problem(422, "invalid", _("Something in it is not right yet."), errors=found)


def named(place: tuple[str | int, ...]) -> str:
    """A field as whoever sent it calls it: not where it was sent, nor what our code calls the whole
    body; `body` when it is the whole of it."""
    source, *path = place
    return ".".join(map(str, path[1:] if source == "body" else path)) or str(source)


def refused_by_frame(request: HttpRequest, exception: Any) -> HttpResponse:
    """What the framework refuses: a body that is no JSON, a form from another site."""
    if refusal := refusal_for(exception.__cause__):
        return problem_for(refusal)
    codes = {400: "unreadable", 403: "csrf", 429: "throttled"}
    code = codes.get(exception.status_code, "refused")
    return problem(exception.status_code, code, str(exception))


def unexpected(request: HttpRequest, exception: Any) -> HttpResponse:
    """A refusal that a service raised; or a mistake of ours, logged, and told without details.

    Under an idempotency key the door's transaction is tried again, which met another one."""
    if transactions.is_passing(exception) and hasattr(request, "is_tried_as_a_whole"):
        raise exception
    if refusal := refusal_for(exception):
        return problem_for(refusal)
    logger.error("the API broke at %s", request.path, exc_info=exception)
    return problem(500, "broken", _("Something broke on our side. Try again in a minute."))
