"""One's own coupons: the wallet, one coupon with its code, giving it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from niangjia.allocation.rules import codes
from niangjia.benefits import services
from niangjia.benefits.models import Coupon
from niangjia.benefits.rules.redeeming import check_usable
from niangjia.benefits.selectors import benefits as selectors
from niangjia.benefits.services.redeeming import terms_of
from niangjia.benefits.services.showing import key_of
from niangjia.core import clock, qr, refusals
from niangjia.core.errors import DomainError
from niangjia.core.pagination import page_of
from niangjia.members.doors import signed_in


@never_cache
@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What can be used, the first to end first; what was, behind it."""
    account, now = signed_in(request), clock.now()
    page = page_of(
        selectors.list_coupons(account), order=("-id",), cursor=request.GET.get("cursor")
    )
    usable = list(selectors.list_usable_coupons(account, now).order_by("expires_at", "id")[:50])
    context = {"usable": usable, "page": page, "now": now}
    return render(request, "benefits/mine.html", context)


@never_cache
@login_required
@require_GET
def coupon(request: HttpRequest, number: str) -> HttpResponse:
    """One coupon, like something one owns: its code, what is left, where it is taken, what it was
    used for."""
    found = selectors.access_coupon(signed_in(request), number)
    why_not = ""
    try:
        check_usable(terms_of(found, found.benefit), now=clock.now())
    except DomainError as refusal:
        why_not = str(refusal.message)
    context = {
        "coupon": found,
        "used": list(selectors.list_uses(found)[:50]),
        "shops": list(selectors.list_shops_taking(found.benefit).order_by("name", "id")[:20]),
        "why_not": why_not,
        "can_return": not why_not and found.usable_fen == found.face_fen,
    }
    return render(request, "benefits/coupon.html", context | ({} if why_not else code_of(found)))


@never_cache
@login_required
@require_GET
def code(request: HttpRequest, number: str) -> HttpResponse:
    """The code alone, fetched anew as each one runs out."""
    found = selectors.access_coupon(signed_in(request), number)
    return render(request, "benefits/code.html", {"coupon": found} | code_of(found))


def code_of(coupon: Coupon) -> dict[str, object]:
    """The code of this half minute, as a drawing and as digits."""
    now = clock.now()
    key, step = key_of(coupon), codes.step_at(now)
    digits = codes.digits_at(key, step)
    return {
        "drawing": qr.on_screen(codes.code_at(coupon.claim_id, key, step)),
        "digits": f"{digits[:3]} {digits[3:]}",
        "seconds_left": codes.seconds_left(now),
        "window_seconds": codes.STEP_SECONDS,
    }


@never_cache
@login_required
@require_POST
def give_back(request: HttpRequest, number: str) -> HttpResponse:
    """Give one back unused: somebody else can have it."""
    found = selectors.access_coupon(signed_in(request), number)
    with refusals.told(request):
        services.return_coupon(by=signed_in(request), coupon=found, now=clock.now())
        messages.success(request, _("Given back. Somebody else can have it now."))
        return redirect("benefits:mine")
    return redirect("benefits:coupon", number)
