"""A union's page as its officers write it, with its point on the map as it is being typed."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from niangjia.core import clock, refusals
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.forms.unions import PointForm, UnionForm
from niangjia.members.rules import Action
from niangjia.members.views.desk.union_changes import acting
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Union
from niangjia.organisations.rules.points import PointReading, read_point
from niangjia.organisations.selectors import point_fields


@require_http_methods(["GET", "POST"])
@officer_page(Action.EDIT_UNION)
def union_edit(request: OfficerRequest, number: str) -> HttpResponse:
    """What the union says about itself; a colleague's newer words are never undone unseen. The
    button beside the coordinates only shows where they lie."""
    union, by = acting(request, Action.EDIT_UNION, number)
    if request.method == "GET":
        return page(request, union, UnionForm.of(union))
    if "find" in request.POST:
        return page(request, union, UnionForm(initial=as_typed(request)))
    form = UnionForm(request.POST)
    if form.is_valid():
        details = {**form.cleaned_data}
        if details.pop("point_from_address"):
            details |= point_fields(details["address"], union.division)
        with refusals.beside(form):
            saved = organisations.edit_union(union_id=union.pk, by=by, now=clock.now(), **details)
            messages.success(request, _("Saved. The public page shows it now."))
            reading = read_point(saved.longitude, saved.latitude, union.division)
            if reading.is_far:
                messages.warning(request, far_away(reading, union))
            return redirect("members:desk_union", number)
    return page(request, union, form)


@require_GET
@officer_page(Action.EDIT_UNION)
def union_point(request: OfficerRequest, number: str) -> HttpResponse:
    """Where the coordinates that are being typed lie: the part of the form beside the map."""
    union, _by = acting(request, Action.EDIT_UNION, number)
    shown = point(union, PointForm(request.GET))
    return render(
        request, "members/desk/union_point.html", {"union": union, "is_fragment": True, **shown}
    )


def page(request: OfficerRequest, union: Union, form: UnionForm) -> HttpResponse:
    """The form, with what was typed, and the map with the point it says."""
    typed = PointForm({name: form[name].value() for name in PointForm.base_fields})
    return render(
        request,
        "members/desk/union_edit.html",
        {"union": union, "form": form, **point(union, typed)},
        status=422 if form.errors else 200,
    )


def as_typed(request: OfficerRequest) -> dict[str, Any]:
    """What the form was sent with, for showing it again without judging it."""
    return request.POST.dict() | {"admits_directly": request.POST.getlist("admits_directly")}


def point(union: Union, typed: Form) -> dict[str, Any]:
    """What to say about the typed point, and the map: it, with the middle of the union's division
    if it lies far from that, or as long as there is none, that middle alone."""
    good = typed.cleaned_data if typed.is_valid() else {}
    reading = read_point(good.get("longitude"), good.get("latitude"), union.division)
    shown, label = reading.position or union.division, union.name
    if reading.position is None:
        label = _("%(place)s, as long as no point is given") % {"place": union.division.name}
    places = [(shown, label, "●" if reading.position else "○")]
    if reading.is_far:
        places.append((union.division, union.division.name, "○"))
    return {
        "reading": reading,
        "warning": far_away(reading, union) if reading.is_far else "",
        "map": {
            "id": "union-map",
            "label": _("Map with the union's point"),
            # A point that slipped may lie in any province.
            "division": "",
            "markers": [
                {
                    "longitude": place.longitude,
                    "latitude": place.latitude,
                    "label": name,
                    "number": sign,
                }
                for place, name, sign in places
                if place.longitude is not None
            ],
            "note": "",
        },
    }


def far_away(reading: PointReading, union: Union) -> str:
    """A question about a point far from where the union is."""
    return _(
        "This point lies %(kilometres)d km from %(place)s. Is it right? Workers nearby look for "
        "you there."
    ) % {"kilometres": reading.kilometres, "place": union.division.name}
