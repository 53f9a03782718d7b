"""Reading JSON bodies strictly: what PostgreSQL cannot keep never gets past this."""

import json
import math
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.parser import Parser

from niangjia.core import errors
from niangjia.core.edge.refusals import unreadable


class NotJson(errors.DomainError):
    """The body is of a type this API does not read."""

    status = 415
    code = "not-json"


class StrictParser(Parser):
    """JSON only, without NUL, lone surrogates, NaN or infinity."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body. Raises `NotJson` and `Invalid`."""
        if request.content_type != "application/json":
            raise NotJson(_("Send application/json."))
        try:
            value = json.loads(request.body, parse_constant=refuse_constant)
        except (ValueError, RecursionError) as error:
            raise errors.Invalid(_("The body is not JSON."), code="bad-json") from error
        refuse_unreadable(value)
        return value


def refuse_constant(name: str) -> None:
    raise ValueError(name)


def refuse_unreadable(value: Any) -> None:
    """Raise `Invalid` for text that cannot be stored, and for numbers beyond all bounds."""
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise unreadable()
    elif isinstance(value, dict):
        for key, inner in value.items():
            refuse_unreadable(key)
            refuse_unreadable(inner)
    elif isinstance(value, list):
        for inner in value:
            refuse_unreadable(inner)
    elif isinstance(value, float) and not math.isfinite(value):
        raise unreadable()
