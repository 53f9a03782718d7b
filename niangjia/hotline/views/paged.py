"""Whoever was paged comes: by the link in the message, from wherever they are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from niangjia.core import clock, protection
from niangjia.hotline import services
from niangjia.hotline.services.paging import access_page


@require_http_methods(["GET", "POST"])
@never_cache
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Say that one comes (POST). Looking alone acknowledges nothing: messengers look at links by
    themselves. The page names the order and nobody; what it is about stands behind the sign-in."""
    if request.method == "POST":
        services.acknowledge_link(token=token, now=clock.now())
        return redirect("hotline:page", token)
    with protection.working("hotline.paging"):
        order, paged = access_page(token)
    came = order.acknowledged_by_id
    return render(
        request,
        "hotline/page.html",
        {
            "order": order,
            "is_mine": came == paged.account_id,
            "is_taken": came is not None,
            "is_over": order.state != "open",
        },
    )
