"""The queue: open cases within reach."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from niangjia.cases import selectors
from niangjia.cases.selectors import document_of
from niangjia.core import clock, protection
from niangjia.core.pagination import page_of
from niangjia.members.doors import OfficerRequest, officer_page
from niangjia.members.rules.permissions import Action

HANDLES = Action.HANDLE_CASES


@require_GET
@never_cache
@officer_page(HANDLES)
def queue(request: OfficerRequest) -> HttpResponse:
    """Open cases within reach, the most urgent first."""
    now = clock.now()
    chosen = selectors.QueueFilter(
        mine="mine" in request.GET,
        unassigned="unassigned" in request.GET,
        raised="raised" in request.GET,
        late="late" in request.GET,
        urgent="urgent" in request.GET,
        item=request.GET.get("item", ""),
    )
    with protection.viewing(account=request.user.pk):
        cases = selectors.list_queue(request.posts, account=request.user, chosen=chosen, now=now)
        page = page_of(cases, order=selectors.QUEUE_ORDER, cursor=request.GET.get("cursor"))
        count = selectors.count_queue(cases)
    rows = [(case, document_of(case.snapshot_id)) for case in page.items]
    return render(
        request,
        "cases/desk/queue.html",
        {"page": page, "rows": rows, "count": count, "chosen": chosen, "now": now},
    )
