"""Where the telephone system reports."""

import json
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from pydantic import TypeAdapter, ValidationError

from niangjia.core import clock
from niangjia.core.errors import DomainError, Invalid
from niangjia.hotline import services
from niangjia.hotline.clients import telephony as client
from niangjia.hotline.rules import telephony as rules
from niangjia.hotline.rules.telephony import Event

#: Of a longer report only the beginning is read, which nobody has signed.
MOST_BYTES = 16_384
EVENT: TypeAdapter[Event] = TypeAdapter(Event)


# Whoever signs is no browser: there is no session to ride on.
@csrf_exempt
@require_POST
def telephony(request: HttpRequest) -> JsonResponse:
    """One report: a JSON object like `rules.telephony.Event`, with the headers
    `X-Niangjia-Timestamp` (Unix seconds) and `X-Niangjia-Signature` (`rules.telephony.sign`).
    404 to whoever does not sign; 200 for one that was taken, now or before; 409 and 422 say what
    is wrong with it."""
    now = clock.now()
    body = request.read(MOST_BYTES)
    rules.check_signature(
        secret=client.secret(),
        timestamp=request.headers.get("X-Niangjia-Timestamp", ""),
        signature=request.headers.get("X-Niangjia-Signature", ""),
        body=body,
        now=now,
    )
    try:
        services.note_event(event=read(body), now=now)
    except DomainError as refusal:
        return JsonResponse(
            {"code": refusal.code, "detail": str(refusal.message)}, status=refusal.status
        )
    return JsonResponse({"taken": True})


def read(body: bytes) -> Event:
    """The report in `body`. Raises `Invalid`."""
    try:
        told: Any = json.loads(body)
        event = EVENT.validate_python(told)
    except (ValueError, ValidationError) as wrong:
        raise Invalid(_("This is no report of a call."), code="no-report") from wrong
    if event.at.tzinfo is None or not limits(event):
        raise Invalid(_("This is no report of a call."), code="no-report")
    if event.at > clock.now() + rules.TOLERANCE:
        raise Invalid(_("This report is from the future."), code="no-report")
    return event


def limits(event: Event) -> bool:
    """Whether every part is there, and none is longer than it can be kept."""
    long = max(len(event.event), len(event.call)) <= 80 and len(event.caller) <= 40
    clean = not any("\0" in part for part in (event.event, event.call, event.recording))
    keys = event.pressed in rules.LEVELS if event.kind == rules.Kind.RATED else not event.pressed
    named = bool(event.event and event.call)
    return named and long and clean and keys and len(event.recording) <= 200
