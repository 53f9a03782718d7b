"""Refusals for machines: problem+json (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from django.http import JsonResponse

from niangjia.core.edge import request_ids
from niangjia.core.errors import DomainError

CONTENT_TYPE = "application/problem+json"


def problem(status: int, code: str, detail: str, **more: Any) -> JsonResponse:
    """A problem whose `code` is stable and for machines, whose `detail` is for people."""
    body = {
        "type": f"urn:niangjia:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": request_ids.current.get(),
        **more,
    }
    return JsonResponse(
        body, status=status, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False}
    )


def problem_for(error: DomainError) -> JsonResponse:
    """The problem that a refusal is; `errors` names the inputs it is about, and what would put
    them right where that is known."""
    more: dict[str, Any] = {}
    if error.fields:
        more["errors"] = [
            {"field": name, "message": str(message)}
            | ({"proposal": error.proposals[name]} if name in error.proposals else {})
            for name, message in error.fields.items()
        ]
    response = problem(error.status, error.code, str(error.message), **more)
    if error.retry_after_seconds is not None:
        response["Retry-After"] = str(error.retry_after_seconds)
    return response
