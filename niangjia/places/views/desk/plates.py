"""The plate of a place as a PDF, and a new one when it has been carried off."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from niangjia.core import clock, refusals
from niangjia.core.documents.plates import DoorPlate, render_plate
from niangjia.core.files.serving import disposition
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.places import services
from niangjia.places.forms.keeping import PlateForm
from niangjia.places.selectors import keeping
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.views.desk.access import place_for
from niangjia.places.views.desk.place import act


@require_POST
@never_cache
@officer_page(KEEPS)
def plate(request: OfficerRequest, code: str) -> HttpResponse:
    """To be printed; issued when there is none yet."""
    place, by = place_for(request, code)
    with refusals.told(request):
        issued = services.issue_plate(by=by, place=place, now=clock.now())
        path = reverse("places:plate", args=[place.code, issued.key])
        drawn = render_plate(
            DoorPlate(
                name=place.name,
                kind=str(place.get_kind_display()),
                code=place.code,
                address=f"{place.division.name} {place.address}",
                issuer=place.union.name,
                url=request.build_absolute_uri(path),
                issued_date=issued.issued_at.astimezone(clock.CHINA).date(),
                words=_("Scan it: hours, what is there, and say how you found it"),
            )
        )
        answer = HttpResponse(drawn, content_type="application/pdf")
        answer["Content-Disposition"] = disposition(f"{place.code}.pdf")
        return answer
    return redirect("places:desk_place", code)


@require_POST
@officer_page(KEEPS)
def renewal(request: OfficerRequest, code: str) -> HttpResponse:
    """The old plate is dead from now on."""
    return act(
        request,
        code,
        PlateForm(request.POST),
        services.renew_plate,
        said=_("The old plate is dead. Print the new one."),
    )


@require_POST
@officer_page(KEEPS)
def confirmation(request: OfficerRequest, code: str) -> HttpResponse:
    """Somebody saw that it hangs where it belongs."""
    place, by = place_for(request, code)
    found = keeping.find_plate(place)
    if found is not None:
        services.confirm_plate(by=by, plate=found, now=clock.now())
        messages.success(request, _("Noted: it hangs where it belongs."))
    return redirect("places:desk_place", code)
