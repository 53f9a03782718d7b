"""Makers of draws for tests: a pool that closes on a Monday, and the Tuesday's lottery after it."""

import datetime as dt
from typing import Any

from niangjia.allocation import services
from niangjia.allocation.models import Draw, Mode, Pool, Source
from niangjia.allocation.tests.factories import claim, make_pool
from niangjia.core import clock
from niangjia.members.models import Account, Post, Role
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post

#: Sign-up closes on this Monday; Double Colour Ball is drawn on the day after.
OPENS = dt.datetime(2026, 11, 20, 9, 0, tzinfo=clock.CHINA)
CLOSES = dt.datetime(2026, 11, 23, 18, 0, tzinfo=clock.CHINA)
TUESDAY = dt.date(2026, 11, 24)
KNOWN = dt.datetime(2026, 11, 24, 21, 0, tzinfo=clock.CHINA)
SIGN_UP = OPENS + dt.timedelta(hours=1)
EVENING = KNOWN + dt.timedelta(minutes=30)
ISSUE, VALUE = "2026135", "03 07 12 21 28 33+09"


def make_draw_pool(
    *, entrants: int = 5, supply: int = 2, **draft: Any
) -> tuple[Pool, list[Account]]:
    """A pool to be drawn, and who entered it."""
    pool = make_pool(
        supply=supply,
        mode=Mode.DRAW,
        name="周末秋游",
        opens_at=OPENS,
        closes_at=CLOSES,
        **{"has_waiting_list": True} | draft,
    )
    accounts = [make_account() for _ in range(entrants)]
    for account in accounts:
        claim(pool, account, now=SIGN_UP)
    return pool, accounts


def announce(pool: Pool, **fields: Any) -> Draw:
    """By Tuesday's Double Colour Ball."""
    values: dict[str, Any] = {
        "by": None,
        "pool_id": pool.pk,
        "source": Source.DOUBLE_COLOUR_BALL,
        "issue": ISSUE,
        "day": TUESDAY,
        "now": SIGN_UP,
    }
    return services.announce_draw(**(values | fields))


def make_sealed(**pool: Any) -> tuple[Draw, list[Account]]:
    """A draw whose list is published."""
    made, accounts = make_draw_pool(**pool)
    draw = services.seal_draw(draw_id=announce(made).pk, now=CLOSES)
    return draw, accounts


def make_officers(draw: Draw) -> tuple[Post, Post]:
    """Two people who may look the value up."""
    chair = make_post(union=draw.union)
    return chair, make_post(union=draw.union, role=Role.CASE_OFFICER)


def read(draw: Draw, by: Post, value: str = VALUE, now: dt.datetime = EVENING) -> Draw:
    """One officer types what they found."""
    return services.read_value(by=by, draw_id=draw.pk, value=value, now=now)


def make_drawn(**pool: Any) -> tuple[Draw, list[Account]]:
    """A draw that two officers brought to its end."""
    draw, accounts = make_sealed(**pool)
    for officer in make_officers(draw):
        draw = read(draw, officer)
    return draw, accounts
