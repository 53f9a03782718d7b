"""A member's code for a door, as it changes."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from niangjia.core import clock, qr
from niangjia.core.errors import Conflict
from niangjia.members.doors import signed_in
from niangjia.places.selectors.locks import access_lock_at
from niangjia.places.selectors.places import access_public
from niangjia.places.services.locks import issue_pass


@never_cache
@login_required
@require_GET
def door(request: HttpRequest, code: str) -> HttpResponse:
    """What is held to the lock, or kindly why not; for htmx the code alone, as each runs out."""
    place = access_public(code)
    lock = access_lock_at(place)
    context: dict[str, Any] = {"place": place, "lock": lock}
    try:
        shown = issue_pass(account=signed_in(request), lock=lock, now=clock.now())
    except Conflict as refused:
        context |= {"refused": refused.message, "why": refused.code}
        return render(request, "places/portal/door.html", context, status=refused.status)
    context |= {"code": shown, "drawing": qr.on_screen(shown.text)}
    is_fragment = request.headers.get("HX-Request") == "true"
    name = "places/portal/door_code.html" if is_fragment else "places/portal/door.html"
    return render(request, name, context)
