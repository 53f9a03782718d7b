"""/hotline: writing to the hotline, and reading the answer."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from niangjia.cases.selectors import owner_of_account
from niangjia.cases.services import officer_in
from niangjia.core import clock, idempotency
from niangjia.core.errors import NotFound
from niangjia.hotline import selectors, services
from niangjia.hotline.models import Line
from niangjia.hotline.schemas.calls import (
    HotlineMessageIn,
    HotlineMessageOut,
    HotlineMessages,
    HotlineMessageTaken,
    HotlinePageOut,
    HotlineReceiptIn,
)
from niangjia.hotline.services.writing import Standing
from niangjia.members.doors import account_of

router = Router(tags=["hotline"])


def line_for(payload: HotlineMessageIn) -> Line:
    """The line nearest to where somebody writes from. Raises `NotFound`."""
    line = selectors.find_line_near(payload.division)
    if line is None:
        raise NotFound(_("No hotline is run from this node yet. Dial 12351."))
    return line


def shape(standing: Standing) -> dict[str, Any]:
    """A message as `HotlineMessageOut`."""
    return {
        "written_at": standing.call.rang_at,
        "words": standing.words,
        "answer": standing.answer,
        "rating_token": standing.rating_token,
        "case": standing.case_number,
    }


@router.get("/messages", response=HotlineMessages, summary="What I wrote to the hotline")
def list_my_messages(request: HttpRequest) -> dict[str, Any]:
    """The latest ten, the newest first."""
    found = services.list_own_messages(owner=owner_of_account(account_of(request).pk))
    return {"items": [shape(each) for each in found]}


@router.post("/messages", response={201: HotlineMessageTaken}, summary="Write to the hotline")
def write_to_hotline(request: HttpRequest, payload: HotlineMessageIn) -> Status[Any]:
    """Signed in: the answer stands under `/hotline/messages`."""
    line = line_for(payload)
    services.write_message(
        line=line,
        words=payload.words,
        account=account_of(request),
        officer=officer_in(payload.officer_union, payload.officer),
        now=clock.now(),
    )
    return Status(201, {"line": line.number, "receipt": ""})


@router.post("/receipts", response={201: HotlineMessageTaken}, auth=None, summary="Write, unknown")
def write_unknown(request: HttpRequest, payload: HotlineMessageIn) -> Status[Any]:
    """Whoever writes stays unknown, signed in or not. The receipt is all that leads back."""
    line = line_for(payload)
    written = services.write_message(
        line=line,
        words=payload.words,
        phone=payload.phone,
        officer=officer_in(payload.officer_union, payload.officer),
        now=clock.now(),
    )
    return Status(201, {"line": line.number, "receipt": written.receipt})


@router.post(
    "/receipts/reading", response=HotlineMessageOut, auth=None, summary="Where a message stands"
)
def read_hotline_receipt(request: HttpRequest, payload: HotlineReceiptIn) -> dict[str, Any]:
    """The receipt stands in the body: no address has it."""
    idempotency.read_anew(request)
    return shape(services.read_message(receipt=payload.receipt))


@router.post("/pages/{token}", response=HotlinePageOut, auth=None, summary="I am coming")
def come_to_order(request: HttpRequest, token: str) -> dict[str, Any]:
    """By the link of a page, without signing in. Nobody else is paged; whoever was faster stays the
    one who came. The answer names nobody."""
    order, is_mine = services.acknowledge_link(token=token, now=clock.now())
    return {"number": order.number, "is_mine": is_mine, "respond_by": order.respond_by}
