"""The inbox."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from niangjia.core import clock, pagination
from niangjia.members import selectors, services
from niangjia.members.doors import signed_in
from niangjia.members.rules.notices import worded

PAGE_SIZE = 20


@login_required
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """What one has been told, the latest first."""
    account = signed_in(request)
    page = pagination.page_of(
        selectors.list_notices(account),
        order=("-id",),
        cursor=request.GET.get("cursor"),
        size=PAGE_SIZE,
    )
    return render(
        request,
        "members/joining/notices.html",
        {
            "page": page,
            "notices": [worded(notice) for notice in page.items],
            "unread": selectors.unread_count(account),
        },
    )


@login_required
@require_POST
def notice_reading(request: HttpRequest, notice_id: uuid.UUID) -> HttpResponse:
    """Read one notice, and go where it leads."""
    notice = services.read_notice(account=signed_in(request), notice_id=notice_id, now=clock.now())
    return redirect(notice.url or "members:notices")


@login_required
@require_POST
def notices_reading(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    services.read_all_notices(account=signed_in(request), now=clock.now())
    return redirect("members:notices")
