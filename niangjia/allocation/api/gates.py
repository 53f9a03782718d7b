"""/gates: what a steward's device asks for and sends. /codes: what a holder's phone shows."""

import base64
import uuid
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Router

from niangjia.allocation import services
from niangjia.allocation.models import Gate
from niangjia.allocation.rules.entering import Scan
from niangjia.allocation.schemas import ClaimCodeOut, EntriesIn, EntriesOut, GateList, PackOut
from niangjia.allocation.selectors import access_own_claim
from niangjia.allocation.selectors import gates as selectors
from niangjia.core import clock, idempotency
from niangjia.core.pagination import page_of
from niangjia.members.doors import account_of

router = Router(tags=["gates"])
codes = Router(tags=["gates"])


def gate_shown(gate: Gate) -> dict[str, Any]:
    """A gate as `GateOut`."""
    names = ("id", "title", "begins_at", "ends_at")
    return {name: getattr(gate, name) for name in names} | {"union": gate.union.name}


@router.get("", response=GateList, summary="Gates I keep")
def list_gates(request: HttpRequest, cursor: str | None = None) -> dict[str, Any]:
    """Until they are over, the next first."""
    found = selectors.list_own_gates(account_of(request), now=clock.now())
    page = page_of(found, order=selectors.SOONEST, cursor=cursor)
    return {"items": list(map(gate_shown, page.items)), "next": page.next}


@router.post("/{gate_id}/pack", response=PackOut, summary="The list of a gate, for a device")
def take_pack(request: HttpRequest, gate_id: uuid.UUID) -> dict[str, Any]:
    """For the steward's device alone. Each time is written down, and no answer is remembered."""
    idempotency.read_anew(request)
    account = account_of(request)
    gate = selectors.access_own_gate(account, gate_id)
    pack = services.offline_pack(by=account, gate=gate, now=clock.now())
    names = ("now", "valid_from", "valid_until", "came")
    people = [
        {
            "claim_id": each.claim_id,
            "place": each.place,
            "parts": each.parts,
            "shown": each.shown,
            "key": base64.b64encode(each.key).decode(),
            "party": each.party,
        }
        for each in pack.people
    ]
    return {name: getattr(pack, name) for name in names} | {
        "gate": gate_shown(gate),
        "people": people,
        "csrf": get_token(request),
    }


@router.post("/{gate_id}/entries", response=EntriesOut, summary="Who came in at a gate")
def send_entries(request: HttpRequest, gate_id: uuid.UUID, payload: EntriesIn) -> dict[str, Any]:
    """At once or later. What was sent before changes nothing; what does not fit is kept, for a
    person to look at, and so is all that a former steward's device still has."""
    account = account_of(request)
    gate, keeps = selectors.access_kept_gate(account, gate_id)
    entries = services.synchronise(
        by=account,
        gate=gate,
        scans=[Scan(**scan.dict()) for scan in payload.scans],
        device_now=payload.now,
        keeps=keeps,
        now=clock.now(),
    )
    return {"items": entries, "came": selectors.came_in(gate) if keeps else []}


@codes.get(
    "/{claim_id}", response=ClaimCodeOut, summary="The code of my claim, of this half minute"
)
def show_code(request: HttpRequest, claim_id: uuid.UUID) -> dict[str, Any]:
    """For its holder alone, at the next gate of what they have a part of."""
    now = clock.now()
    claim = access_own_claim(account_of(request), claim_id)
    gate, code = services.issue_code(claim=claim, now=now)
    return {
        "gate": gate_shown(gate),
        "text": code.text,
        "place": code.place,
        "digits": code.digits,
        "seconds_left": code.seconds_left,
    }
