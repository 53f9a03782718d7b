"""Reading JSON bodies strictly: what PostgreSQL cannot keep never gets past this."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.parser import Parser

from niangjia.core import errors, strict_json
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
            value = json.loads(request.body, parse_constant=strict_json.refuse_constant)
        except (ValueError, RecursionError) as error:
            raise errors.Invalid(_("The body is not JSON."), code="bad-json") from error
        if not strict_json.is_storable(value):
            raise unreadable()
        return value
