"""/desk/hotline/shifts: coming on duty, handing over, taking over."""

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Router

from niangjia.core import clock, idempotency, protection
from niangjia.core.errors import NotFound
from niangjia.hotline import services
from niangjia.hotline.api.access import ANSWERS, find_line
from niangjia.hotline.models import Shift
from niangjia.hotline.schemas.shifts import HotlineHandOverIn, HotlineShiftOut, HotlineShifts
from niangjia.hotline.selectors.shifts import (
    access_shift,
    find_own_shift,
    list_hand_overs,
    list_on_duty,
    list_to_acknowledge,
)
from niangjia.hotline.services.shifts import words_of
from niangjia.members.doors import account_of, posts_for
from niangjia.members.selectors.posts import access_acting_post

router = Router(tags=["desk"])


@router.get("", response=HotlineShifts, summary="Who is on duty, and what was handed over")
def list_hotline_shifts(request: HttpRequest, line: str = "") -> dict[str, Any]:
    """What nobody has taken over yet, the oldest first; of the calls those one may see."""
    idempotency.read_anew(request)
    _post, found = find_line(request, line)
    account = account_of(request)
    handed = list(list_to_acknowledge(found, account)[:20])
    with protection.viewing(account=account.pk):
        calls = list_hand_overs(handed, posts_for(request, ANSWERS), account=account)
        rows = [(each, words_of(each)) for each in calls]
    return {
        "on_duty": [shape(each) for each in list_on_duty(found)],
        "handed": [
            shape(shift)
            | {
                "note": shift.note or "",
                "calls": [
                    {"call": row.call_id, "kind": row.kind, "words": words}
                    for row, words in rows
                    if row.shift_id == shift.pk
                ],
            }
            for shift in handed
        ],
    }


@router.post("", response=HotlineShiftOut, summary="Come on duty")
def begin_hotline_shift(request: HttpRequest, line: str = "") -> dict[str, Any]:
    """Twice is once."""
    post, found = find_line(request, line)
    return shape(services.begin_shift(by=post, line=found, now=clock.now()))


@router.post("/end", response=HotlineShiftOut, summary="Hand over")
def end_hotline_shift(
    request: HttpRequest, payload: HotlineHandOverIn, line: str = ""
) -> dict[str, Any]:
    """With a note, and a word for each call that is left over."""
    post, _line = find_line(request, line)
    shift = find_own_shift(post.account)
    if shift is None:
        raise NotFound("not on duty")
    ended = services.end_shift(
        by=post, shift_id=shift.pk, note=payload.note, words=payload.calls, now=clock.now()
    )
    return shape(ended)


@router.post(
    "/{shift_id}/acknowledgement", response=HotlineShiftOut, summary="Take over what was left"
)
def acknowledge_hotline_shift(request: HttpRequest, shift_id: uuid.UUID) -> dict[str, Any]:
    """The first who says so has it; nobody takes over from themselves (409)."""
    posts = posts_for(request, ANSWERS)
    found = access_shift(posts, shift_id)
    post = access_acting_post(posts, ANSWERS, found.line.union.path)
    return shape(services.acknowledge_shift(by=post, shift_id=found.pk, now=clock.now()))


def shape(shift: Shift) -> dict[str, Any]:
    """A shift as `HotlineShiftOut`."""
    names = ("id", "began_at", "ended_at", "acknowledged_at")
    person = shift.account.person
    return {name: getattr(shift, name) for name in names} | {"name": person.name if person else ""}
