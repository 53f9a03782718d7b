"""What is shared out in the demonstration: a draw that is over, one whose balls are to be looked
up, and a gate that people are coming in at. The balls are made up, and the title says so."""

import datetime as dt
import uuid

from niangjia.allocation import services
from niangjia.allocation.models import Draw, Gate, Mode, Pool
from niangjia.allocation.rules import codes, public_values
from niangjia.allocation.rules.entering import Scan
from niangjia.core import clock
from niangjia.members.models import Account, Membership, Post
from niangjia.members.selectors import demo
from niangjia.operations.demo import Progress, desk

SOURCE = public_values.DOUBLE_COLOUR_BALL
VALUE = "03 07 12 21 28 33+09"
OVER, OPEN = "莫干山疗休养第三期（演示，开奖号码为虚构）", "亲子采摘日（演示，等待查号）"
READING = "职工书屋开放周（演示）"
PEOPLE, SEATS, CAME = 24, 6, 9


def load(*, progress: Progress) -> None:
    """Through the services, as everybody; once only."""
    county = desk.county_federation()
    officers = list(Post.objects.filter(union=county, ended_at=None).order_by("id")[:3])
    people = list(
        Account.objects.filter(
            person__memberships__in=Membership.objects.filter(union__path__startswith=county.path)
        )
        .distinct()
        .order_by("id")[:PEOPLE]
    )
    is_there = Pool.objects.filter(subject=f"demo:{OVER}").exists()
    if is_there or len(officers) < 2 or len(people) < SEATS:
        return
    now = clock.now()
    evenings = past_evenings(now)
    over = drawn(county_pool(officers[0], OVER, evenings[1], people), evenings[1], officers[0])
    for officer in officers[:2]:
        services.read_value(
            by=officer, draw_id=over.pk, value=VALUE, now=evenings[1] + dt.timedelta(hours=1)
        )
    progress(1, 3)
    drawn(county_pool(officers[0], OPEN, evenings[0], people), evenings[0], officers[0])
    progress(2, 3)
    come_in(officers[0], people, now)
    progress(3, 3)


def past_evenings(now: dt.datetime) -> list[dt.datetime]:
    """The last two evenings on which the lottery was drawn, the latest first."""
    today = now.astimezone(clock.CHINA).date()
    days = (today - dt.timedelta(days=ago) for ago in range(1, 15))
    moments = (
        public_values.known_at(SOURCE, day) for day in days if day.weekday() in SOURCE.weekdays
    )
    return list(moments)[:2]


def county_pool(officer: Post, name: str, known_at: dt.datetime, people: list[Account]) -> Pool:
    """A pool that closed in the afternoon before, and who entered it."""
    opens_at = known_at - dt.timedelta(days=4)
    pool = services.open_pool(
        subject=f"demo:{name}",
        union=officer.union,
        supply=SEATS,
        draft=services.PoolDraft(
            name=name,
            mode=Mode.DRAW,
            opens_at=opens_at,
            closes_at=known_at - dt.timedelta(hours=5),
            has_waiting_list=True,
        ),
        by=officer.account_id,
    )
    ask_all(pool, people, opens_at + dt.timedelta(hours=2))
    return pool


def ask_all(pool: Pool, people: list[Account], at: dt.datetime) -> None:
    services.claim_all(asks=[services.Ask(pool.pk, one.pk) for one in people], now=at)


def drawn(pool: Pool, known_at: dt.datetime, officer: Post) -> Draw:
    """Its draw, announced and sealed in time."""
    day = known_at.astimezone(clock.CHINA).date()
    draw = services.announce_draw(
        by=officer,
        pool_id=pool.pk,
        source=SOURCE.key,
        issue=f"{day:%Y%j}",
        day=day,
        now=pool.opens_at,
    )
    return services.seal_draw(draw_id=draw.pk, now=pool.closes_at)


def come_in(officer: Post, people: list[Account], now: dt.datetime) -> None:
    """A week of open doors: some have come, and one code was shown twice."""
    begins_at = now - dt.timedelta(hours=1)
    pool = services.open_pool(
        subject=f"demo:{READING}",
        union=officer.union,
        supply=len(people),
        draft=services.PoolDraft(
            name=READING, opens_at=now - dt.timedelta(days=3), closes_at=now + dt.timedelta(days=6)
        ),
        by=officer.account_id,
    )
    ask_all(pool, people, now - dt.timedelta(days=2))
    gate = services.open_gate(
        occasion=f"demo:{READING}",
        pool_id=pool.pk,
        union=officer.union,
        title=READING,
        begins_at=begins_at,
        ends_at=now + dt.timedelta(days=7),
        by=officer.account_id,
    )
    steward = demo.find_account("chair") or officer.account
    for account in {steward, officer.account}:
        services.name_steward(by=officer, gate=gate, account=account, now=now)
    services.synchronise(
        by=steward, gate=gate, scans=scans(gate, begins_at), device_now=now, now=now
    )


def scans(gate: Gate, since: dt.datetime) -> list[Scan]:
    """What a device noted: one after the other at the east door, the first of them once more."""
    parts = list(gate.pool.claims.order_by("place").values_list("pk", flat=True)[:CAME])
    noted = []
    for number, claim_id in enumerate([*parts, parts[0]]):
        at = since + dt.timedelta(minutes=4 * number)
        key = codes.key_for(claim_id, gate.occasion)
        text = codes.code_at(claim_id, key, codes.step_at(at))
        door = "东门" if number < CAME else "西门"
        noted.append(Scan(uuid.uuid4(), claim_id, text, door, at))
    return noted
