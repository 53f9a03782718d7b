"""People come in: at once, or as a device without a network has noted them."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from niangjia.allocation.events import CameIn, EntryDisputed
from niangjia.allocation.models import (
    Claim,
    Entry,
    EntryState,
    Gate,
    Judgement,
    Problem,
)
from niangjia.allocation.rules import codes
from niangjia.allocation.rules.entering import OPEN_AFTER, SENT_UNTIL, Judged, Known, Scan, judge
from niangjia.allocation.rules.parties import of_claims
from niangjia.allocation.selectors import gates as selectors
from niangjia.allocation.selectors.gates import CAME
from niangjia.allocation.services.using import mark_used
from niangjia.core import audit, outbox, transactions
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Account, Post

#: So many in one piece; a device sends what it has in as many as it takes.
SCANS_MAX = 200


@transactions.atomic
def synchronise(
    *,
    by: Account,
    gate: Gate,
    scans: Sequence[Scan],
    device_now: dt.datetime,
    now: dt.datetime,
    keeps: bool = True,
) -> list[Entry]:
    """Take in what a steward's device noted, in the order in which it happened; the entry of each.

    A scan that was taken in before is the same entry (promise 20), whoever sends it. Every code is
    proven again here, at the time it was shown by the server's clock; what cannot be, and whoever
    comes a second time, is kept for a person to look at and never dropped; so is all that somebody
    sends who `keeps` the gate no more. Raises `Invalid` on
    `scans` of too many, or of a claim that never was of this pool; `Conflict` a week after the end
    (`over`).
    """
    if now > gate.ends_at + SENT_UNTIL:
        raise Conflict(_("This is over; nothing is taken in any more."), code="over")
    if len(scans) > SCANS_MAX:
        raise Invalid(_("Too many in one piece."), fields={"scans": _("Too many in one piece.")})
    Gate.objects.select_for_update().get(pk=gate.pk)
    entries = Entry.objects.filter(pk__in=[scan.id for scan in scans]).in_bulk()
    fresh = {scan.id: scan for scan in scans if scan.id not in entries}
    refuse_strange(gate, [scan.claim_id for scan in fresh.values()])
    known = known_of(gate, [scan.claim_id for scan in fresh.values()])
    skew = now - device_now
    for scan in sorted(fresh.values(), key=lambda scan: (scan.at, scan.id)):
        at = scan.at + skew
        judged = judge(
            scan,
            known,
            key=codes.key_for(scan.claim_id, gate.occasion),
            at=at,
            skew=skew,
            begins_at=gate.begins_at,
            ends_at=min(gate.ends_at, gate.shut_at - OPEN_AFTER) if gate.shut_at else gate.ends_at,
        )
        if not keeps and not judged.problem:
            judged = replace(judged, problem=Problem.ENDED)
        follows = scan.claim_id in known.admitted
        entries[scan.id] = write(gate, scan, judged, follows=follows, by=by, at=at, now=now)
        if judged.step is not None:
            known.shown.add((scan.claim_id, judged.step))
        if not judged.problem:
            known.admitted.add(scan.claim_id)
            known.followed.update(scan.members)
    return [entries[scan.id] for scan in scans]


def refuse_strange(gate: Gate, claim_ids: list[uuid.UUID]) -> None:
    """A device sends claims of its own list alone."""
    ours = set(gate.pool.claims.filter(pk__in=claim_ids).values_list("pk", flat=True))
    if set(claim_ids) - ours:
        problem = _("Somebody is not on the list of this gate.")
        raise Invalid(problem, fields={"scans": problem})


def known_of(gate: Gate, claim_ids: list[uuid.UUID]) -> Known:
    """What is known of the claims that arrive, which nobody gives back until this is done."""
    list(Claim.objects.select_for_update(of=("self",)).filter(pk__in=claim_ids).order_by("pk"))
    rows = Entry.objects.filter(gate=gate, claim_id__in=claim_ids)
    found = list(rows.values_list("claim_id", "step", "state", "members"))
    parties = of_claims(gate.occasion, set(claim_ids))
    return Known(
        admitted={claim for claim, _step, state, _members in found if state == EntryState.ADMITTED},
        followed={
            member for *_rest, state, members in found if state in CAME for member in members
        },
        parties={claim: {each.id for each in party} for claim, party in parties.items()},
        shown={(claim, step) for claim, step, *_rest in found if step is not None},
        holders=selectors.holders_of(gate, claim_ids),
    )


def write(
    gate: Gate,
    scan: Scan,
    judged: Judged,
    *,
    follows: bool,
    by: Account,
    at: dt.datetime,
    now: dt.datetime,
) -> Entry:
    """One entry, with what comes of it. `follows`: the claim itself is in already, and these of its
    party come after it."""
    came = EntryState.FOLLOWED if follows else EntryState.ADMITTED
    entry = Entry.objects.create(
        id=scan.id,
        gate=gate,
        claim_id=scan.claim_id,
        steward=by,
        door=scan.door,
        way=judged.way,
        step=judged.step,
        members=list(scan.members),
        at=at,
        received_at=now,
        state=EntryState.CONFLICT if judged.problem else came,
        problem=judged.problem,
    )
    if judged.problem:
        outbox.publish(EntryDisputed(gate.pk, entry.pk, str(judged.problem)))
    else:
        admit(gate, entry, by=by.pk, now=now)
    return entry


def admit(gate: Gate, entry: Entry, *, by: uuid.UUID, now: dt.datetime) -> None:
    """Somebody has come in: their part is used, and the room above hears of it."""
    mark_used(claim_id=entry.claim_id, now=now)
    audit.record(
        action="gate.entered", by=by, subject=f"claim:{entry.claim_id}", union_id=gate.union_id
    )
    outbox.publish(CameIn(gate.pk, gate.occasion, entry.claim_id, entry.pk))


@transactions.atomic
def judge_entry(*, by: Post, entry_id: uuid.UUID, judgement: str, now: dt.datetime) -> Entry:
    """Say what an entry was that a person has to look at. Who let somebody in does not judge it.

    Raises `Invalid` on `judgement`, `Conflict` when it was judged, is their own (`own`), or they
    are counted already (`counted`)."""
    entry = Entry.objects.select_for_update(of=("self",)).select_related("gate").get(pk=entry_id)
    if judgement not in Judgement.values or not judgement:
        problem = _("Say what it was.")
        raise Invalid(problem, fields={"judgement": problem})
    if entry.state != EntryState.CONFLICT:
        raise Conflict(_("Somebody has looked at it already."), code="judged")
    if entry.steward_id == by.account_id:
        raise Conflict(_("You let them in yourself. Somebody else looks at it."), code="own")
    entry.judgement, entry.judged_by, entry.judged_at = judgement, by.account, now
    entry.state = EntryState.SETTLED
    if judgement == Judgement.LET_IN:
        count(entry, by=by.account_id, now=now)
    entry.save()
    audit.record(
        action="gate.judged",
        by=by.account_id,
        subject=f"claim:{entry.claim_id}",
        union_id=entry.gate.union_id,
        details={"judgement": judgement, "problem": entry.problem},
    )
    return entry


def count(entry: Entry, *, by: uuid.UUID, now: dt.datetime) -> None:
    """They did come in, and are counted unless they are."""
    others = Entry.objects.filter(
        gate=entry.gate, claim_id=entry.claim_id, state=EntryState.ADMITTED
    )
    if entry.problem == Problem.NOT_THEIRS or others.exists():
        raise Conflict(_("They are counted already, or have no part of it."), code="counted")
    entry.state = EntryState.ADMITTED
    admit(entry.gate, entry, by=by, now=now)
