"""Where a scanned plate leads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from niangjia.core import clock
from niangjia.members.doors import visitor_or_account
from niangjia.places.selectors import places, rounds


@require_safe
def plate(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """To the place, for the plate in force, or to the checklist of whoever is there on a round; a
    dead one says so and where it belonged."""
    place = places.access_public(code)
    found = place.plates.filter(key=key).first()
    if found is not None and found.withdrawn_at is None:
        account = visitor_or_account(request)
        waiting = account and rounds.find_waiting(account, place, clock.today())
        if waiting:
            return redirect(f"{reverse('places:inspect', args=[waiting.pk])}?plate={found.key}")
        return redirect("places:place", code)
    context = {"place": place, "plate": found}
    return render(request, "places/portal/dead_plate.html", context, status=410)
