"""One coupon for whoever is asked about it: found by its number, blocked with a reason."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from niangjia.benefits import services
from niangjia.benefits.forms.benefits import ReasonForm
from niangjia.benefits.selectors import benefits as selectors
from niangjia.core import clock, refusals
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import access_acting_post

GIVE = Action.GIVE_BENEFITS


@never_cache
@require_GET
@officer_page(GIVE)
def coupons(request: OfficerRequest) -> HttpResponse:
    """The coupon with a number, without saying whose it is."""
    number = "".join(filter(str.isdigit, request.GET.get("number", "")))[:20]
    found = selectors.find_coupon_within(request.posts, number) if number else None
    context = {
        "number": number,
        "coupon": found,
        "used": list(selectors.list_uses(found)[:50]) if found else [],
        "form": ReasonForm(),
        "here": "coupons",
    }
    return render(request, "benefits/desk/coupons.html", context)


@never_cache
@require_POST
@officer_page(GIVE)
def block(request: OfficerRequest, number: str) -> HttpResponse:
    """Stop a coupon; its holder is told why."""
    found = selectors.access_coupon_within(request.posts, number)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with refusals.beside(form):
            services.block_coupon(
                by=access_acting_post(request.posts, GIVE, found.benefit.union.path),
                coupon=found,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("Blocked. Its holder has been told."))
            return redirect(f"{reverse('benefits:desk_coupons')}?number={number}")
    context = {
        "number": number,
        "coupon": found,
        "used": list(selectors.list_uses(found)[:50]),
        "form": form,
        "here": "coupons",
    }
    return render(request, "benefits/desk/coupons.html", context, status=422)
