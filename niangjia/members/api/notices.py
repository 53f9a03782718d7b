"""/notices: the inbox."""

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.core import clock
from niangjia.core.pagination import page_of
from niangjia.members import selectors, services
from niangjia.members.doors import account_of
from niangjia.members.models import Notice
from niangjia.members.rules.notices import worded
from niangjia.members.schemas.joining import NoticeList, NoticeOut

router = Router(tags=["notices"])


def shown(notice: Notice) -> dict[str, Any]:
    """A notice as `NoticeOut`."""
    words = worded(notice)
    return {
        "id": notice.pk,
        "kind": notice.kind,
        "title": words.title,
        "text": words.text,
        "url": notice.url,
        "created_at": notice.created_at,
        "read_at": notice.read_at,
    }


@router.get("", response=NoticeList, summary="My notices")
def list_notices(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """The latest first."""
    account = account_of(request)
    page = page_of(selectors.list_notices(account), order=("-id",), cursor=cursor, size=25)
    return {
        "items": [shown(notice) for notice in page.items],
        "next": page.next,
        "unread": selectors.unread_count(account).value,
    }


@router.post("/reading", response={204: None}, summary="Mark all as read")
def read_all(request: HttpRequest) -> Status[None]:
    """Again is no error."""
    services.read_all_notices(account=account_of(request), now=clock.now())
    return Status(204, None)


@router.post("/{notice_id}/reading", response=NoticeOut, summary="Mark one as read")
def read(request: HttpRequest, notice_id: uuid.UUID) -> dict[str, Any]:
    """404 for somebody else's."""
    notice = services.read_notice(account=account_of(request), notice_id=notice_id, now=clock.now())
    return shown(notice)
