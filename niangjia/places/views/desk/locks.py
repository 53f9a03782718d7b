"""The locks of a place: made, paired at the door, revoked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.core import clock, refusals
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.selectors.posts import access_acting_post
from niangjia.places import services
from niangjia.places.forms.locks import LockForm
from niangjia.places.models import DoorEvent
from niangjia.places.selectors import locks as selectors
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.views.desk.access import place_for

MOST_EVENTS = 30


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(KEEPS)
def locks(request: OfficerRequest, code: str) -> HttpResponse:
    """The locks of a place and what happened at its doors; a new one with its pairing code, shown
    once."""
    place, by = place_for(request, code)
    form = LockForm(request.POST if request.method == "POST" else None)
    pairing = ""
    refused = refusals.beside(form)
    if request.method == "POST" and form.is_valid():
        with refused:
            pairing = services.make_lock(
                by=by, place=place, name=form.cleaned_data["name"], now=clock.now()
            )
            form = LockForm()
    events = DoorEvent.objects.filter(lock__place=place).select_related("lock")
    context = {
        "place": place,
        "form": form,
        "pairing": pairing,
        "locks": selectors.list_locks(place),
        "events": list(events.order_by("-at")[:MOST_EVENTS]),
    }
    return render(request, "places/desk/locks.html", context, status=refused.status)


@require_POST
@officer_page(KEEPS)
def revocation(request: OfficerRequest, lock_id: str) -> HttpResponse:
    """It gets nothing any more."""
    lock = selectors.access_lock_within(request.posts, lock_id)
    by = access_acting_post(request.posts, KEEPS, lock.place.union.path)
    services.revoke_lock(by=by, lock=lock, now=clock.now())
    messages.success(request, _("Revoked. Without a network it opens for three days at most."))
    return redirect("places:desk_locks", lock.place.code)
