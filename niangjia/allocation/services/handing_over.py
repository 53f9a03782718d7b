"""What the room above may do with a claim of several people: hand it to another of them, make it
smaller, take it back. Nothing of it is open to a claim's holder: no coupon is handed on."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.allocation.events import PartReturned
from niangjia.allocation.models import LIVE, Claim, ClaimState
from niangjia.allocation.rules.granting import first_free
from niangjia.allocation.rules.standing import eligibility
from niangjia.allocation.rules.words import WORDS
from niangjia.allocation.selectors import batches
from niangjia.allocation.services.ledger import Held, hold
from niangjia.allocation.services.offering import end, offer_free
from niangjia.core import audit, clock, outbox, transactions
from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.members.models import Account


def hold_claim(claim_id: uuid.UUID) -> tuple[Held, Claim]:
    """A claim with its pool, held. Raises `NotFound`."""
    found = Claim.objects.filter(pk=claim_id).values_list("pool_id", flat=True).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    held = hold(found)
    return held, Claim.objects.select_for_update(of=("self",)).get(pk=claim_id)


@transactions.atomic
def hand_over_claim(*, by: Account, claim_id: uuid.UUID, to: Account, now: dt.datetime) -> Claim:
    """`to` holds the claim from now on, as it stands. That they are of the same team, the room
    above says.

    Raises `NotFound`; `Conflict` for what its pool gives to its person alone, as coupons are
    (`not-handed-on`), for what has ended (`decided`) or was used (`used`), with the verdict for
    somebody whom the pool is not for, and (`has-share`) for whoever has their share of it.
    """
    held, claim = hold_claim(claim_id)
    if not held.pool.asks_more:
        raise Conflict(_("This stays with whoever got it."), code="not-handed-on")
    if not claim.is_live:
        raise Conflict(_("This has been decided already."), code="decided")
    if claim.used_at:
        raise Conflict(_("It has been used already."), code="used")
    terms = batches.read_pools([held.pool.pk])[held.pool.pk].terms
    claimant = batches.claimants([to.pk], pool_ids=[held.pool.pk])[to.pk]
    verdict = eligibility(terms, claimant, today=now.astimezone(clock.CHINA).date())
    if verdict in WORDS:
        raise Conflict(WORDS[verdict], code=str(verdict))
    theirs = Claim.objects.filter(
        pool=held.pool, holder_id=claimant.holder_id, state__in=LIVE
    ).exclude(pk=claim.pk)
    slot = first_free(list(theirs.values_list("slot", flat=True)), terms.per_person)
    if not slot:
        raise Conflict(_("They have their share of this already."), code="has-share")
    claim.account, claim.holder_id, claim.slot = to, claimant.holder_id, slot
    claim.key = None
    claim.save(update_fields=["account", "holder_id", "slot", "key"])
    note("handed-over", held, claim, by.pk)
    return claim


@transactions.atomic
def shrink_claim(*, claim_id: uuid.UUID, parts: int, now: dt.datetime) -> Claim:
    """The claim is for fewer parts from now on; what it had more is offered to the next in line.
    Raises `NotFound`; `Invalid` for more parts than it has, or none; `Conflict` while a draw has it
    on its list (`entered`), and for what has ended."""
    held, claim = hold_claim(claim_id)
    if not 1 <= parts <= claim.parts:
        raise Invalid(_("It cannot become more."), fields={"parts": _("It cannot become more.")})
    if claim.state == ClaimState.ENTERED or not claim.is_live:
        raise Conflict(_("This has not been decided yet, or is over."), code="entered")
    if claim.is_taking:
        held.give_back(claim.parts - parts, claim.share_id)
    claim.parts = parts
    claim.save(update_fields=["parts"])
    offer_free(held, now=now)
    held.save()
    note("shrunk", held, claim, None)
    return claim


@transactions.atomic
def withdraw_claim(*, claim_id: uuid.UUID, by: uuid.UUID | None, now: dt.datetime) -> Claim:
    """The claim does not meet any more what the room above asks: what it had goes to the next in
    line. Twice is once. Raises `NotFound`; `Conflict` when something was had for it (`used`)."""
    held, claim = hold_claim(claim_id)
    if not claim.is_live:
        return claim
    if claim.used_at:
        raise Conflict(_("It has been used; it cannot be given back."), code="used")
    end(held, claim, ClaimState.RETURNED, now=now)
    offer_free(held, now=now)
    held.save()
    note("returned", held, claim, by)
    outbox.publish(PartReturned(pool_id=claim.pool_id, claim_id=claim.pk))
    return claim


def note(what: str, held: Held, claim: Claim, by: uuid.UUID | None) -> None:
    audit.record(
        action=f"pool.{what}",
        by=by,
        subject=f"claim:{claim.pk}",
        union_id=held.pool.union_id,
    )
