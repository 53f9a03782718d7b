"""Where somebody stands with a pool: for the page that they wait on, and those that embed it."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import LIVE, Claim, ClaimState, Draw, Mode, Pool, ServedOrder
from niangjia.allocation.rules import lines, ordering, subjects, words
from niangjia.allocation.rules.lines import Stage
from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.selectors.draws import draw_of
from niangjia.allocation.selectors.pools import pool_standing
from niangjia.core.errors import NotFound
from niangjia.members.models import Account

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """Where somebody stands with a pool. `verdict` says whether they may claim, or why not; `claim`
    is their live one, or the last that has ended. `place` is theirs of `waiting` people; `pace`,
    how many before them had their turn within a day. `entered` counts who has entered so far.
    `has_waiting_list`: one that something can still come to."""

    pool: Pool
    stage: Stage
    has_waiting_list: bool
    verdict: Verdict
    claim: Claim | None
    place: int
    waiting: int
    pace: int
    entered: int
    draw: Draw | None
    seconds: int | None

    @property
    def last_offer_at(self) -> dt.datetime | None:
        """Until when what comes free is offered to whoever waits; None: without end, or no list."""
        return self.pool.last_offer_at if self.has_waiting_list else None

    @property
    def left(self) -> int:
        """What is left for everybody."""
        return self.pool.stock.left

    @property
    def may_claim(self) -> bool:
        """Whether to offer a button for it."""
        return self.stage == Stage.OPEN and self.verdict == Verdict.GRANTED and not self.is_empty

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to claim and nothing to wait for: no part for everybody, none
        for a single union, no waiting list."""
        is_rationed = self.pool.mode == Mode.FIRST_COME and not self.has_waiting_list
        return is_rationed and self.left <= 0 and self.pool.stock.reserved <= 0


def read_line(pool: Pool, account: Account | None, *, now: dt.datetime) -> Line:
    """Where `account` stands with a pool (with its stock: `access_pool`). Five queries at most, two
    for whoever is not signed in."""
    standing = pool_standing(pool, account, now=now)
    claim = standing.claims[0] if standing.claims else last_ended(pool, account)
    live = claim if claim and claim.state in LIVE else None
    is_gathering = pool.mode == Mode.FIRST_COME and pool.decided_at is None
    stage = lines.stage_of(
        live.state if live else None,
        opens_at=pool.opens_at,
        closes_at=min(pool.closes_at, pool.closed_at or pool.closes_at),
        is_cancelled=pool.cancelled_at is not None,
        is_gathering=is_gathering and pool.gather_seconds > 0,
        now=now,
    )
    counts = count_line(pool, live, now) if stage in COUNTED else {}
    return Line(
        pool=pool,
        stage=stage,
        has_waiting_list=pool.has_waiting_list and pool.passes_on(now),
        verdict=standing.verdict,
        claim=claim,
        place=counts.get("before", 0) + 1,
        waiting=counts.get("waiting", 0),
        pace=counts.get("pace", 0),
        entered=counts.get("entered", 0),
        draw=draw_of(pool.pk) if pool.mode == Mode.DRAW else None,
        seconds=lines.seconds_until_news(
            stage,
            opens_at=pool.opens_at,
            gathers_until=pool.gathers_until,
            expires_at=live.expires_at if live else None,
            now=now,
        ),
    )


def show_line(pool: Pool, account: Account | None, *, now: dt.datetime) -> dict[str, Any]:
    """What `allocation/standing.html` is filled with, on the page of a pool and on those of rooms
    above that embed it."""
    line = read_line(pool, account, now=now)
    return {
        "pool": pool,
        "line": line,
        "why_not": words.WORDS.get(line.verdict),
        "helps": words.helps(line.verdict),
        "page": subjects.page_of(pool.subject),
    }


COUNTED = {Stage.WAITING, Stage.GATHERED, Stage.ENTERED}
#: Whose turn has come.
TURNED = (ClaimState.OFFERED, ClaimState.EXPIRED, ClaimState.CONFIRMED)


def count_line(pool: Pool, claim: Claim | None, now: dt.datetime) -> dict[str, int]:
    """How many wait, how many of them before `claim`, and how fast it goes. One query."""
    place = claim.place if claim else 0
    since = max(now - DAY, claim.changed_at) if claim else now - DAY
    turned = Q(state__in=TURNED, place__lt=place, changed_at__gt=since)
    is_waiting = Q(state=ClaimState.WAITING)
    counted: dict[str, int] = Claim.objects.filter(pool=pool).aggregate(
        waiting=Count("pk", filter=is_waiting),
        before=Count("pk", filter=is_waiting & Q(place__lt=place)),
        entered=Count("pk", filter=Q(state=ClaimState.ENTERED)),
        pace=Count("pk", filter=turned),
    )
    return counted


@dataclass(frozen=True)
class Proof:
    """What anybody can check a pool's order with: the fingerprint of its secret number from the
    beginning, and once it has served whoever had entered, the number and the published order."""

    commitment: str = ""
    seed: str = ""
    has_file: bool = False


def proof_of(pool: Pool) -> Proof:
    """Of a pool with opening seconds, or shared out by score; nothing of others. One query, once it
    is decided."""
    if not pool.gather_seconds and pool.mode != Mode.BY_SCORE:
        return Proof()
    commitment = ordering.commitment(bytes(pool.seed))
    if pool.decided_at is None:
        return Proof(commitment)
    has_file = ServedOrder.objects.filter(pool=pool).exists()
    return Proof(commitment, bytes(pool.seed).hex(), has_file)


def access_order_file(pool_id: uuid.UUID) -> str:
    """The order in which whoever entered was served. Raises `NotFound` before."""
    found = ServedOrder.objects.filter(pool=pool_id).values_list("file", flat=True).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def last_ended(pool: Pool, account: Account | None) -> Claim | None:
    """What came of the last thing that somebody asked of a pool, when nothing of it lives."""
    if account is None:
        return None
    return Claim.objects.filter(pool=pool, account=account).order_by("-id").first()
