"""Where somebody stands with a pool: the page that they wait on, and what they can do on it."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_POST

from niangjia.allocation import selectors, services
from niangjia.allocation.models import Pool
from niangjia.allocation.rules import words
from niangjia.core import clock, idempotency, refusals
from niangjia.core.pagination import page_of
from niangjia.members.doors import signed_in, visitor_or_account


@never_cache
@require_GET
def pool(request: HttpRequest, pool_id: uuid.UUID) -> HttpResponse:
    """Where one stands. Asked again by itself as long as something may come; without JavaScript the
    browser does so. Three queries for a visitor, seven at most for whoever waits; the whole page
    asks once more whether the order was published, where it was decided."""
    found = selectors.access_pool(pool_id)
    context = selectors.show_line(found, visitor_or_account(request), now=clock.now())
    if getattr(request, "htmx", None):
        return render(request, "allocation/standing.html", context)
    context["proof"] = selectors.proof_of(found)
    return render(request, "allocation/pool.html", context)


@require_GET
@cache_control(public=True, max_age=3600)
def order_file(request: HttpRequest, pool_id: uuid.UUID) -> HttpResponse:
    """The order in which whoever entered was served, the same bytes for ever. One query."""
    text = selectors.access_order_file(pool_id)
    headers = {"Content-Disposition": 'attachment; filename="order.txt"'}
    return HttpResponse(text.encode(), content_type="text/plain; charset=utf-8", headers=headers)


@require_POST
@login_required
def claim(request: HttpRequest, pool_id: uuid.UUID) -> HttpResponse:
    """Claim one part. A double press is one claim."""
    idempotency.keeps_its_key(request)
    found = selectors.access_pool(pool_id)
    key = request.POST.get("idempotency_key") or None
    ask = services.Ask(found.pk, signed_in(request).pk, key=key, is_bare=True)
    answered = services.claim(ask=ask, now=clock.now())
    if not answered.verdict.is_in:
        messages.error(request, str(words.WORDS[answered.verdict]))
    return back(found)


@require_POST
@login_required
def confirmation(request: HttpRequest, claim_id: uuid.UUID) -> HttpResponse:
    """Take what is held or offered."""
    account = signed_in(request)
    found = selectors.access_own_claim(account, claim_id)
    with refusals.told(request):
        services.confirm_claim(by=account, claim_id=claim_id, now=clock.now())
    return back(found.pool)


@require_POST
@login_required
def leaving(request: HttpRequest, claim_id: uuid.UUID) -> HttpResponse:
    """Give up a place in line, an offer, a part."""
    account = signed_in(request)
    found = selectors.access_own_claim(account, claim_id)
    with refusals.told(request):
        services.leave(by=account, claim_id=claim_id, now=clock.now())
    return back(found.pool)


def back(pool: Pool) -> HttpResponse:
    return redirect("allocation:pool", pool.pk)


@never_cache
@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Everything one has asked for, the newest first. Two queries beside the frame's."""
    own = selectors.list_own_claims(signed_in(request))
    page = page_of(own, order=("-id",), cursor=request.GET.get("cursor"))
    return render(request, "allocation/mine.html", {"page": page})
