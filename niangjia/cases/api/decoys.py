"""/desk/decoys: cases of nobody, put where somebody may be looking around."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.cases import services
from niangjia.cases.schemas import DecoyIn
from niangjia.cases.schemas.catalogue import AlarmList
from niangjia.cases.selectors.alarms import Alarm, list_alarms, list_plantings
from niangjia.core import clock
from niangjia.members.doors import account_of, posts_for
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import access_acting_post
from niangjia.organisations import selectors as organisations

router = Router(tags=["desk"])


@router.post("", response={204: None}, summary="Plant a decoy at a union below")
def plant_decoy(request: HttpRequest, payload: DecoyIn) -> Status[None]:
    """Which case it is, nobody is told, whoever planted it neither. 404 for one's own union."""
    posts = posts_for(request, Action.DECIDE_CASES)
    union = organisations.access_union_by_number(payload.union)
    services.plant_decoy(
        by=access_acting_post(posts, Action.DECIDE_CASES, union.path),
        union=union,
        item_key=payload.service,
        answers=payload.answers,
        name=payload.name,
        now=clock.now(),
    )
    return Status(204, None)


@router.get("/alarms", response=AlarmList, summary="Decoys that were opened below")
def list_decoy_alarms(request: HttpRequest) -> dict[str, Any]:
    """And where decoys were planted, without saying which they are."""
    posts = posts_for(request, Action.DECIDE_CASES)
    return {
        "items": list(map(shown, list_alarms(posts, account_of(request)))),
        "planted": list(map(shown, list_plantings(posts))),
        "next": None,
    }


def shown(alarm: Alarm) -> dict[str, Any]:
    """An alarm as `AlarmOut`."""
    names = ("union", "officer", "number")
    return {"at": alarm.entry.at} | {name: getattr(alarm, name) for name in names}
