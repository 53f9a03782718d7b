"""Closing the list of a draw and publishing it, before the public value can be known."""

import datetime as dt
import uuid

from niangjia.allocation.events import DrawSealed
from niangjia.allocation.models import Claim, ClaimState, Draw, DrawLine, DrawState, VoidReason
from niangjia.allocation.rules import drawing as rules
from niangjia.allocation.rules import public_values
from niangjia.allocation.services.held_draws import held_draw, note
from niangjia.allocation.services.voiding import voided
from niangjia.core import clock, outbox, sweeps, transactions


def seal_due(*, now: dt.datetime) -> int:
    """Seal the lists whose pools have closed, each on its own; says how many. One that cannot be
    sealed holds none of the others back: sealed too late they would be void."""
    due = Draw.objects.filter(sealed_at=None, voided_at=None, pool__closes_at__lte=now)
    ids = list(due.order_by("known_at").values_list("pk", flat=True))

    def seal(draw_id: uuid.UUID) -> int:
        seal_draw(draw_id=draw_id, now=now)
        return 1

    return sweeps.each(ids, seal, what="draw")


@transactions.atomic
def seal_draw(*, draw_id: uuid.UUID, now: dt.datetime) -> Draw:
    """Close the list of a draw and publish it, with the hash of the secret: from here on nothing of
    it can be changed. Too early is not at all, twice is once. A list that could not be sealed
    before the value could be known makes the draw void, and it must be announced again."""
    draw, held = held_draw(draw_id)
    if draw.state != DrawState.ANNOUNCED or now < held.pool.closes_at:
        return draw
    if held.pool.cancelled_at:
        return voided(draw, VoidReason.CALLED_OFF, now=now)
    if now >= draw.known_at:
        return voided(draw, VoidReason.SEALED_LATE, now=now)
    lines = [
        DrawLine(
            draw=draw,
            claim_id=claim_id,
            parts=parts,
            nonce=(nonce := rules.new_nonce()),
            pseudonym=rules.pseudonym(nonce),
        )
        for claim_id, parts in Claim.objects.filter(
            pool_id=draw.pool_id, state=ClaimState.ENTERED
        ).values_list("id", "parts")
    ]
    DrawLine.objects.bulk_create(lines, batch_size=1000)
    draw.parts, draw.entrants, draw.sealed_at = held.stock.left, len(lines), now
    draw.entrants_file = rules.entrants_file(
        rules.Entrant(line.pseudonym, line.parts) for line in lines
    )
    draw.sealed_file = rules.sealed_file(sealed_of(draw))
    draw.seal = rules.sha256(draw.sealed_file)
    draw.save()
    note("draw.sealed", draw, None, {"seal": draw.seal, "entrants": len(lines)})
    outbox.publish(DrawSealed(draw.pk, draw.pool_id))
    return draw


def sealed_of(draw: Draw) -> rules.Sealed:
    """What is published of a draw before its value is known."""

    def moment(at: dt.datetime) -> str:
        return at.astimezone(clock.CHINA).isoformat(timespec="seconds")

    return rules.Sealed(
        draw=draw.number,
        title=draw.title,
        union=draw.union.name,
        parts=draw.parts or 0,
        entrants=draw.entrants or 0,
        entrants_sha256=rules.sha256(draw.entrants_file or ""),
        commitment=draw.commitment,
        source=public_values.SOURCES[draw.source].name,
        issue=draw.issue,
        sealed_at=moment(draw.sealed_at or draw.announced_at),
        known_at=moment(draw.known_at),
    )
