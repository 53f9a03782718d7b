"""Codes shown and read at once, for whoever has a network."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import Claim, ClaimState, Entry, Gate
from niangjia.allocation.rules import codes
from niangjia.allocation.rules.entering import Scan
from niangjia.allocation.rules.parties import Member
from niangjia.allocation.selectors import gates as selectors
from niangjia.allocation.selectors.gates import Code
from niangjia.allocation.services.entering import synchronise
from niangjia.core import ids
from niangjia.core.errors import Invalid, NotFound
from niangjia.members.models import Account
from niangjia.members.rules.throttles import Limit
from niangjia.members.services import throttles

#: Six digits cannot be guessed at a gate: wrong ones are counted.
WRONG_CODES = (Limit(30, 600), Limit(200, 86_400))


def issue_code(*, claim: Claim, now: dt.datetime) -> tuple[Gate, Code]:
    """The gate where a claim is shown next, and its code of this half minute; the caller shows it
    to the claim's holder alone. Raises `NotFound` for what is nobody's part or has no gate left."""
    gate = selectors.gate_of_claim(claim, now=now)
    if claim.state != ClaimState.CONFIRMED or gate is None:
        raise NotFound(_("There is no such page"))
    return gate, selectors.code_of(claim, gate.occasion, now=now)


def verify_code(*, gate: Gate, typed: str, now: dt.datetime) -> Claim | None:
    """The claim that a scanned or typed code shows at this gate now, or None: wrong, old and never
    ours alike."""
    claims = Claim.objects.filter(pool_id=gate.pool_id, state=ClaimState.CONFIRMED)
    claims = claims.select_related("account__person")
    step = codes.step_at(now)
    if shown := codes.parse(typed):
        claim = claims.filter(pk=shown.claim_id).first()
        key = claim and codes.key_for(claim.pk, gate.occasion)
        return claim if key and codes.step_of_mac(key, shown.mac, step) is not None else None
    if read := codes.parse_typed(typed):
        claim = claims.filter(place=read[0]).first()
        key = claim and codes.key_for(claim.pk, gate.occasion)
        return claim if key and codes.step_of_digits(key, read[1], step) is not None else None
    return None


@dataclass(frozen=True)
class LetIn:
    """Whom a steward let in, as far as they need to see, what was noted, and who of their team has
    not come in yet."""

    shown: str
    entry: Entry
    rest: list[Member]


def let_in(*, by: Account, gate: Gate, typed: str, door: str, now: dt.datetime) -> LetIn:
    """One code, read by the server itself. Raises `Invalid` on `code` for one that is not good, and
    `Throttled` after too many of these by one steward."""
    throttles.check("gate-code", str(by.pk), WRONG_CODES, now=now)
    claim = verify_code(gate=gate, typed=typed, now=now)
    if claim is None:
        throttles.take("gate-code", str(by.pk), WRONG_CODES, now=now)
        problem = _("This code is not good any more. Ask for the one that is shown now.")
        raise Invalid(problem, code="bad-code", fields={"code": problem})
    scan = Scan(id=uuid.uuid4(), claim_id=claim.pk, code=typed, door=door, at=now)
    return note(scan, by=by, gate=gate, claim=claim, now=now)


def let_party_in(
    *,
    by: Account,
    gate: Gate,
    claim_id: str,
    members: Sequence[str],
    door: str,
    now: dt.datetime,
) -> LetIn:
    """Those of a claim's party who are there, ticked by the steward who has read its code. Again
    for whoever comes later. Raises `NotFound` for a claim that is not of this gate, `Invalid` on
    `members` when nobody is ticked."""
    key = ids.parse_uuid(claim_id)
    claims = Claim.objects.filter(pool_id=gate.pool_id).select_related("account__person")
    claim = claims.filter(pk=key).first() if key else None
    if claim is None:
        raise NotFound(_("There is no such page"))
    named = tuple(found for each in members if (found := ids.parse_uuid(each)))
    if not named:
        problem = _("Tick whoever came.")
        raise Invalid(problem, fields={"members": problem})
    scan = Scan(id=uuid.uuid4(), claim_id=claim.pk, code="", door=door, at=now, members=named)
    return note(scan, by=by, gate=gate, claim=claim, now=now)


def note(scan: Scan, *, by: Account, gate: Gate, claim: Claim, now: dt.datetime) -> LetIn:
    """Take one scan in, and say what the steward sees."""
    entry = synchronise(by=by, gate=gate, scans=[scan], device_now=now, now=now)[0]
    rest = selectors.still_out(gate, claim)
    return LetIn(selectors.shown_to_steward(claim.account), entry, rest)
