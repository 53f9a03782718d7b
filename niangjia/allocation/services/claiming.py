"""Claiming parts of pools: many claims, one transaction, one lock of each hot row."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import IntegrityError

from niangjia.allocation.rules.granting import Sharing, verdict_of
from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.selectors import batches
from niangjia.allocation.selectors.batches import Asked, Asker, Before, Known
from niangjia.allocation.services import openings
from niangjia.allocation.services.writing import Basis, Part, write_parts
from niangjia.core import clock, transactions


class Ask(NamedTuple):
    """One claim: `account_id` wants `parts` of a pool. The same `key` again gets the same claim.
    `is_bare`: it comes straight from its person, past the room above (`Pool.asks_more`). An id that
    is text is written as the database writes it."""

    pool_id: uuid.UUID | str
    account_id: uuid.UUID | str
    key: str | None = None
    parts: int = 1
    is_bare: bool = False


class Answered(NamedTuple):
    """What one claim was answered; where it was let in, which claim it is (`claim`: the text of its
    id) and which place it has, and until when it has to be confirmed. `is_again`: it had been
    answered before."""

    verdict: Verdict
    claim: str | None = None
    place: int | None = None
    expires_at: dt.datetime | None = None
    is_again: bool = False

    @property
    def claim_id(self) -> uuid.UUID | None:
        """The id of the claim."""
        return uuid.UUID(self.claim) if self.claim else None


def claim(*, ask: Ask, now: dt.datetime) -> Answered:
    """One claim alone. See `claim_all`."""
    return claim_all(asks=[ask], now=now)[0]


def claim_all(*, asks: Sequence[Ask], now: dt.datetime) -> list[Answered]:
    """Answer many claims as if they had come one after the other, in one transaction.

    Nobody gets more than their share and no pool gives more than it has (promise 19): each stock is
    locked while its claims are written, and constraints stand behind the lock. A key under which a
    claim was let in gets that claim again, as it stands now, within a batch as well (promise 20);
    refusals are not remembered. Refusals are answers, not errors.

    They are decided before the stocks are held, which is what others wait for: once they are held
    the database looks whether what decided is still so. Where it is not, or another constraint
    refuses because somebody was quicker, all are decided again while they are held. Where nobody is
    let in nothing is held and nothing written. Three trips to the database, however many claims.

    In the opening seconds of a pool that gathers them, claims are taken in (`ENTERED`) and put in
    random order once those seconds are over.
    """
    asked = [
        Asked(str(pool_id), str(account_id), key, parts, is_bare)
        for pool_id, account_id, key, parts, is_bare in asks
    ]
    for is_held in (False, True):
        try:
            return claim_at_once(asked, now, is_held=is_held)
        except IntegrityError:
            pass
    # A key that was used in another pool meanwhile: that can be read by now.
    return claim_at_once(asked, now, is_held=True)


@transactions.atomic
def claim_at_once(asks: Sequence[Asked], now: dt.datetime, *, is_held: bool) -> list[Answered]:
    """Read, decide, write; see `claim_all`. Raises `IntegrityError`."""
    batch = decided(asks, now, is_held=is_held)
    if not is_held and batch.hangs_on_shares:
        batch = decided(asks, now, is_held=True)
    last_places: dict[str, int] = {}
    if batch.parts:
        bases = {pool_id: offer.basis() for pool_id, offer in batch.offers.items()}
        last_places = write_parts(batch.parts, bases=bases, now=now)
    return [answer_to(each, last_places) for each in batch.answers]


def decided(asks: Sequence[Asked], now: dt.datetime, *, is_held: bool) -> "Batch":
    """A batch read and decided, not written yet. `is_held`: what it asks of is held before it is
    read."""
    found = batches.read_together(asks, now=now, is_held=is_held)
    if due := [pool.id for pool in found.pools.values() if pool.is_due(now)]:
        for pool_id in due:
            openings.decide(uuid.UUID(pool_id), now=now)
        return decided(asks, now, is_held=True)
    batch = Batch(now, offers_of(found, now, is_held=is_held))
    for ask, asker in zip(asks, found.askers, strict=True):
        batch.answers.append(batch.decide(ask, asker))
    return batch


class Offer(NamedTuple):
    """A pool, and what it has to give. `reserved` are parts kept for shares."""

    known: Known
    sharing: Sharing
    reserved: int

    def basis(self) -> Basis:
        """What the claims of it that were decided so far were decided by."""
        least, most = self.sharing.same_between()
        return Basis(self.known.union_id, self.known.version, self.reserved, least, most)


@dataclass
class Batch:
    """Claims that are decided one after the other, and what has come of them so far: what each is
    answered, the `parts` to be written, and those by their keys."""

    now: dt.datetime
    offers: dict[str, Offer]
    answers: list[Answered | Part] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    used: dict[tuple[str, str], Part] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.today = self.now.astimezone(clock.CHINA).date()

    @property
    def hangs_on_shares(self) -> bool:
        """Whether anybody's answer follows from unions' shares, which are only read once the stock
        is held. Where nothing is kept for them, nobody is refused because of them."""
        return any(
            offer.known.has_shares and (offer.reserved or offer.sharing.number)
            for offer in self.offers.values()
        )

    def decide(self, ask: Asked, asker: Asker) -> Answered | Part:
        """What is answered to the next claim: its part, if it is let in."""
        if asker.is_key_in_use:
            return Answered(Verdict.KEY_IN_USE)
        if asker.is_key_spent:
            return Answered(Verdict.KEY_USED)
        if asker.before:
            return again(ask, asker.before)
        if ask.key and (first := self.used.get((ask.account_id, ask.key))):
            return repeated(ask, first)
        claimant, offer = asker.claimant, self.offers.get(ask.pool_id)
        if claimant is None or offer is None:
            return Answered(Verdict.NO_SUCH_POOL)
        if ask.is_bare and offer.known.terms.asks_more:
            return Answered(Verdict.ASKS_MORE)
        verdict, grant = offer.sharing.ask(
            claimant, ask.parts, held=asker.slots, now=self.now, today=self.today
        )
        if grant is None:
            return Answered(verdict)
        part = Part(
            asker.claim_id, ask.pool_id, ask.account_id, claimant.holder_id, ask.key, verdict, grant
        )
        self.parts.append(part)
        if ask.key:
            self.used[ask.account_id, ask.key] = part
        return part


def answer_to(decided: Answered | Part, last_places: Mapping[str, int]) -> Answered:
    """What is answered, once it is written; `last_places` were given before, by pool."""
    if isinstance(decided, Answered):
        return decided
    place = last_places[decided.pool_id] + decided.grant.number
    return Answered(
        decided.verdict, decided.claim_id, place, decided.grant.expires_at, decided.is_again
    )


def offers_of(found: batches.Read, now: dt.datetime, *, is_held: bool) -> dict[str, Offer]:
    """The pools, and what each has to give."""
    pools = found.pools
    split = [pool.id for pool in pools.values() if pool.has_shares and is_held]
    shares = batches.shares_left(split)
    return {
        pool_id: Offer(
            pool,
            Sharing(
                terms=pool.terms,
                left=found.stocks[pool_id].left,
                shares=shares.get(pool_id, []),
                is_gathering=pool.is_gathering(now),
            ),
            found.stocks[pool_id].reserved,
        )
        for pool_id, pool in pools.items()
    }


def repeated(ask: Asked, first: Part) -> Answered | Part:
    """What is answered to a claim under a key that one before it in its batch was let in under."""
    if (ask.pool_id, ask.parts) != (first.pool_id, first.grant.parts):
        return Answered(Verdict.KEY_USED)
    return first._replace(is_again=True)


def again(ask: Asked, earlier: Before) -> Answered:
    """What came of the claim that was made under the same key before; nothing, if the key stood for
    another one."""
    if earlier.pool_id != ask.pool_id or earlier.parts != ask.parts:
        return Answered(Verdict.KEY_USED)
    return Answered(
        verdict_of(earlier.state), earlier.claim_id, earlier.place, earlier.expires_at, True
    )
