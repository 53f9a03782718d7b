"""Where a scanned plate leads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from niangjia.places.selectors import places


@require_safe
def plate(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """To the place, for the plate in force; a dead one says so and where it belonged."""
    place = places.access_public(code)
    found = place.plates.filter(key=key).first()
    if found is not None and found.withdrawn_at is None:
        return redirect("places:place", code)
    context = {"place": place, "plate": found}
    return render(request, "places/portal/dead_plate.html", context, status=410)
