"""What was struck, as the merchant sees it, and its objection."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from niangjia.benefits import services
from niangjia.benefits.forms.strikes import ObjectionForm
from niangjia.benefits.models import StrikeState
from niangjia.benefits.selectors import strikes as selectors
from niangjia.benefits.selectors.tills import access_managed
from niangjia.core import clock, refusals
from niangjia.core.pagination import page_of
from niangjia.members.doors import signed_in


@never_cache
@login_required
@require_GET
def strikes(request: HttpRequest, number: str) -> HttpResponse:
    """All that unions struck of the merchant's, the newest first."""
    place = access_managed(signed_in(request), number)
    page = page_of(
        selectors.list_strikes_of(place), order=("-id",), cursor=request.GET.get("cursor")
    )
    context = {"till": place, "page": page, "here": "strikes"}
    return render(request, "benefits/till/strikes.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def strike(request: HttpRequest, strike_id: str) -> HttpResponse:
    """One: why, until when one can object, and what the union answered."""
    found, place = selectors.access_strike_for(signed_in(request), strike_id)
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            services.object_to_strike(by=place, strike=found, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("The union has your objection and answers it."))
            return redirect("benefits:till_strike", strike_id)
    can_object = found.state == StrikeState.STRUCK and bool(
        found.due_at and clock.now() < found.due_at
    )
    context = {
        "till": place,
        "strike": found,
        "can_object": can_object,
        "form": form,
        "here": "strikes",
    }
    status = 422 if form.errors else 200
    return render(request, "benefits/till/strike.html", context, status=status)
