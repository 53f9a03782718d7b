"""The hours of a place: day by day, with the two weeks ahead before anything is saved."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.core import clock, refusals
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.models import Post
from niangjia.members.selectors.posts import access_acting_post
from niangjia.places import services
from niangjia.places.forms.hours import HoursForm, ShutForm, WrittenForm
from niangjia.places.models import Place
from niangjia.places.rules import weeks
from niangjia.places.rules.weeks import Week
from niangjia.places.selectors import desk, keeping
from niangjia.places.selectors.desk import KEEPS
from niangjia.places.views.desk.access import place_for


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(KEEPS)
def hours(request: OfficerRequest, code: str) -> HttpResponse:
    """Fill in, look, save."""
    place, by = place_for(request, code)
    week = weeks.week_of(place.hours)
    form, written = HoursForm.of(week or Week()), WrittenForm(initial={"written": place.hours})
    text, status = place.hours, 200
    if request.method == "POST":
        if "written" in request.POST:
            sent: Any = (written := WrittenForm(request.POST))
        else:
            sent = form = HoursForm(request.POST)
        status = 200 if sent.is_valid() else 422
        text = sent.cleaned_data.get("written", "") if sent.is_valid() else ""
        if text and "look" not in request.POST:
            services.change_hours(by=by, place=place, hours=text, now=clock.now())
            messages.success(request, _("The hours are saved."))
            return redirect("places:desk_place", code)
    overrides = keeping.list_overrides(place, clock.now())
    context = {
        "place": place,
        "form": form,
        "written": written,
        "text": text,
        "is_clever": week is None,
        "is_look": request.method == "POST" and bool(text),
        "days": keeping.preview(text, place.division, overrides, now=clock.now()) if text else [],
    }
    return render(request, "places/desk/hours.html", context, status=status)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(KEEPS)
def other_hours(request: OfficerRequest, code: str) -> HttpResponse:
    """Shut or otherwise open on some days."""
    place, by = place_for(request, code)
    form = ShutForm(
        request.POST if request.method == "POST" else None,
        initial={"first_date": clock.today(), "last_date": clock.today()},
    )
    if request.method == "POST" and form.is_valid() and set_hours(form, place, by):
        messages.success(request, _("Saved; it counts from now on."))
        return redirect("places:desk_place", code)
    context = {"place": place, "form": form}
    return render(request, "places/desk/other.html", context, status=422 if form.errors else 200)


def set_hours(form: ShutForm, place: Place, by: Post | None) -> bool:
    """Whether the service took it; otherwise the form says why not."""
    data = form.cleaned_data
    with refusals.beside(form, hours="ends"):
        services.set_other_hours(
            by=by,
            place=place,
            first_date=data["first_date"],
            last_date=data["last_date"],
            hours=form.hours(),
            reason=data["reason"],
            now=clock.now(),
        )
        return True
    return False


@require_POST
@officer_page(KEEPS)
def drop(request: OfficerRequest, override_id: str) -> HttpResponse:
    """The usual hours count again."""
    override = desk.access_override_within(request.posts, override_id)
    by = access_acting_post(request.posts, KEEPS, override.place.union.path)
    services.drop_other_hours(by=by, override=override, now=clock.now())
    return redirect("places:desk_place", override.place.code)
