"""/desk/gates: who keeps a gate, and what is to be looked at; by the pages' services."""

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from niangjia.allocation import services
from niangjia.allocation.api.gates import gate_shown
from niangjia.allocation.models import Entry, EntryState, Gate
from niangjia.allocation.schemas import (
    ConflictList,
    ConflictOut,
    DeskGateList,
    EntryJudgementIn,
    StewardIn,
    StewardList,
)
from niangjia.allocation.selectors import gates as selectors
from niangjia.core import clock
from niangjia.core.pagination import page_of
from niangjia.members.doors import posts_for
from niangjia.members.models import Account, Post
from niangjia.members.rules import Action, phones
from niangjia.members.selectors.posts import access_acting_post

router = Router(tags=["gates"])


def found_for(request: HttpRequest, gate_id: uuid.UUID) -> Gate:
    """A gate within reach. Raises `NotFound`."""
    return selectors.access_desk_gate(posts_for(request, Action.SHARE_OUT), gate_id)


def acting(request: HttpRequest, gate: Gate) -> Post:
    """The post with which one acts at it. Raises `NotFound`."""
    posts = posts_for(request, Action.SHARE_OUT)
    return access_acting_post(posts, Action.SHARE_OUT, gate.union.path)


def stewards_of(gate: Gate) -> dict[str, Any]:
    """Who keeps a gate as `StewardList`."""
    items = [
        {
            "id": each.pk,
            "shown": selectors.shown_to_steward(each.account),
            "named_at": each.named_at,
        }
        for each in selectors.list_stewards(gate)
    ]
    return {"items": items, "next": None}


def conflict_shown(entry: Entry) -> dict[str, Any]:
    """An entry that did not fit as `ConflictOut`."""
    names = ("id", "problem", "at", "door", "state", "judgement")
    return {name: getattr(entry, name) for name in names} | {
        "whose": selectors.shown_to_steward(entry.claim.account)
    }


@router.get("", response=DeskGateList, summary="Gates within reach")
def list_desk_gates(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """The latest first, with how many came and how much is to be looked at."""
    found = selectors.list_desk_gates(posts_for(request, Action.SHARE_OUT))
    page = page_of(found, order=("-begins_at", "-id"), cursor=cursor)
    items = [
        gate_shown(gate) | {name: getattr(gate, name) for name in ("came", "conflicts")}
        for gate in page.items
    ]
    return {"items": items, "next": page.next}


@router.get("/{gate_id}/stewards", response=StewardList, summary="Who keeps a gate")
def list_stewards(request: HttpRequest, gate_id: uuid.UUID) -> dict[str, Any]:
    """In the order in which they were named."""
    return stewards_of(found_for(request, gate_id))


@router.post("/{gate_id}/stewards", response={201: StewardList}, summary="Name a steward")
def name_steward(
    request: HttpRequest, gate_id: uuid.UUID, payload: StewardIn
) -> Status[dict[str, Any]]:
    """By the phone number with which they sign in. Twice is once."""
    gate = found_for(request, gate_id)
    account = Account.objects.by_phone(phones.normalised(payload.phone))
    services.name_steward(by=acting(request, gate), gate=gate, account=account, now=clock.now())
    return Status(201, stewards_of(gate))


@router.delete("/{gate_id}/stewards", response=StewardList, summary="End a steward")
def end_steward(request: HttpRequest, gate_id: uuid.UUID, steward: uuid.UUID) -> dict[str, Any]:
    """They keep it no more, and nothing their device sends is taken in. Twice is once."""
    gate = found_for(request, gate_id)
    services.end_steward(by=acting(request, gate), gate=gate, steward_id=steward, now=clock.now())
    return stewards_of(gate)


@router.get("/{gate_id}/conflicts", response=ConflictList, summary="To be looked at")
def list_conflicts(
    request: HttpRequest, gate_id: uuid.UUID, cursor: str | None = None
) -> dict[str, Any]:
    """What did not fit, the latest first."""
    found = selectors.list_entries(found_for(request, gate_id), EntryState.CONFLICT)
    page = page_of(found, order=selectors.LATEST, cursor=cursor)
    return {"items": list(map(conflict_shown, page.items)), "next": page.next}


@router.post("/entries/{entry_id}/judgement", response=ConflictOut, summary="What an entry was")
def judge_entry(
    request: HttpRequest, entry_id: uuid.UUID, payload: EntryJudgementIn
) -> dict[str, Any]:
    """Once, by somebody who did not let them in."""
    posts = posts_for(request, Action.SHARE_OUT)
    entry = selectors.access_desk_entry(posts, entry_id)
    services.judge_entry(
        by=acting(request, entry.gate),
        entry_id=entry.pk,
        judgement=payload.judgement,
        now=clock.now(),
    )
    return conflict_shown(selectors.access_desk_entry(posts, entry_id))
