"""The code of one's own part, as it changes."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from niangjia.allocation import selectors, services
from niangjia.allocation.rules import codes
from niangjia.core import clock, qr
from niangjia.members.doors import signed_in


@never_cache
@login_required
@require_GET
def code(request: HttpRequest, claim_id: uuid.UUID) -> HttpResponse:
    """What is shown at the door: for its holder, who is signed in, alone. Five queries and the
    frame's."""
    return show(request, claim_id, "allocation/code.html")


@never_cache
@login_required
@require_GET
def code_alone(request: HttpRequest, claim_id: uuid.UUID) -> HttpResponse:
    """The code without its page, fetched anew as each one runs out."""
    return show(request, claim_id, "allocation/code_alone.html")


def show(request: HttpRequest, claim_id: uuid.UUID, template: str) -> HttpResponse:
    account, now = signed_in(request), clock.now()
    claim = selectors.access_own_claim(account, claim_id)
    gate, shown = services.issue_code(claim=claim, now=now)
    context = {
        "claim": claim,
        "gate": gate,
        "code": shown,
        "drawing": qr.on_screen(shown.text),
        "digits": f"{shown.digits[:3]} {shown.digits[3:]}",
        "window_seconds": codes.STEP_SECONDS,
        "holder": selectors.shown_to_steward(account),
    }
    return render(request, template, context)
