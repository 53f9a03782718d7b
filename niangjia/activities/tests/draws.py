"""Makers for tests: a trip whose seats are given by lot, and its draw brought to its end."""

import datetime as dt
from typing import Any

from niangjia.activities.models import Activity
from niangjia.activities.tests.factories import DAY, make_activity, make_meeting, run_of
from niangjia.allocation import services as allocation
from niangjia.allocation.models import Draw, Mode
from niangjia.allocation.rules.public_values import DOUBLE_COLOUR_BALL, known_at
from niangjia.allocation.tests.draws import VALUE, make_officers, read
from niangjia.core import clock


def make_lot(**fields: Any) -> Activity:
    """A trip in a fortnight that everybody may enter the draw for, for two days."""
    now = clock.now()
    later = make_meeting(starts_at=now + 14 * DAY, ends_at=now + 14 * DAY + DAY / 3)
    values: dict[str, Any] = {"mode": Mode.DRAW, "seats": 9, "meeting": later, "name": "稻田一日游"}
    return make_activity(**(values | fields))


def announce_for(activity: Activity) -> Draw:
    """By the first issue that is drawn a day or more after sign-up has closed."""
    assert activity.closes_at
    closes = activity.closes_at.astimezone(clock.CHINA).date()
    days = (closes + dt.timedelta(days=after) for after in range(1, 8))
    day = next(each for each in days if each.weekday() in DOUBLE_COLOUR_BALL.weekdays)
    pool_id = run_of(activity).pool_id
    assert pool_id
    return allocation.announce_draw(
        by=None,
        pool_id=pool_id,
        source=DOUBLE_COLOUR_BALL.key,
        issue=f"{day:%Y%j}",
        day=day,
        now=clock.now(),
    )


def draw_lots(draw: Draw) -> Draw:
    """Two officers look the balls up, in the evening they are known."""
    day = draw.known_at.astimezone(clock.CHINA).date()
    evening = known_at(DOUBLE_COLOUR_BALL, day) + dt.timedelta(hours=1)
    for officer in make_officers(draw):
        draw = read(draw, officer, VALUE, evening)
    return draw
