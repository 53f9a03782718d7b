"""What those who see no order are told: months, each as it stood at one moment, for good."""

import datetime as dt

from django.db import connection
from django.db.models import Min

from niangjia.core import clock, protection, transactions
from niangjia.core.periods import PeriodKind, period_of, told_until
from niangjia.hotline.models import MonthTally, WorkOrder
from niangjia.hotline.rules.tallies import COUNTS

COLUMNS = ", ".join(COUNTS)
COUNTED = f"""
    UPDATE hotline_workorder o SET told_unit_id = o.unit_id, told = ARRAY[{COLUMNS}]
    FROM hotline_workorder p CROSS JOIN LATERAL hotline_tally(p) t
    WHERE p.id = o.id AND o.told IS NULL AND o.opened_at >= %s AND o.opened_at < %s
"""  # noqa: S608 - names of ours
ADDED_UP = f"""
    INSERT INTO hotline_monthtally (union_id, day, topic_id, channel, {COLUMNS})
    SELECT o.told_unit_id, %s, o.topic_id, c.channel,
        {", ".join(f"sum(o.told[{place}])" for place in range(1, len(COUNTS) + 1))}
    FROM hotline_workorder o JOIN hotline_call c ON c.id = o.call_id
    WHERE o.opened_at >= %s AND o.opened_at < %s
    GROUP BY o.told_unit_id, o.topic_id, c.channel
"""  # noqa: S608 - names of ours


def tell_months(*, now: dt.datetime) -> int:
    """Every month that can be told by now and is not yet, the earliest first; says how many.

    Each order keeps how it was counted, so that whoever it is kept from is told as if there had
    been none: for them it is taken out again just as it was counted.
    """
    last = told_until(now.astimezone(clock.CHINA).date())
    told = 0
    while (month := next_month()) is not None and month < last:
        tell_month(month)
        told += 1
    return told


def next_month() -> dt.date | None:
    """The first month with an order that was not told of; None where there is none."""
    with protection.working("hotline.months"):
        waiting = WorkOrder.objects.filter(told=None)
        first: dt.datetime | None = waiting.aggregate(first=Min("opened_at"))["first"]
    return first.astimezone(clock.CHINA).date().replace(day=1) if first else None


@transactions.atomic
def tell_month(month: dt.date) -> None:
    """Count the orders of a month, for good. What was told once is not told anew: an order that
    comes to light later keeps no place in it."""
    period = period_of(PeriodKind.MONTH, month)
    since, until = (
        dt.datetime.combine(day, dt.time(), clock.CHINA) for day in (period.since, period.until)
    )
    is_new = not MonthTally.objects.filter(day=month).exists()
    with protection.working("hotline.months"), connection.cursor() as cursor:
        if is_new:
            cursor.execute(COUNTED, [since, until])
            cursor.execute(ADDED_UP, [month, since, until])
        else:
            late = WorkOrder.objects.filter(told=None, opened_at__gte=since, opened_at__lt=until)
            late.update(told=[0] * len(COUNTS))
