"""Counting terms anew when a day becomes a working day, or a day off."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from niangjia.core import transactions
from niangjia.core.working_calendar.deadlines import due, load_all, reach
from niangjia.places.rules import requests, stars

#: What day it was in China at a moment.
DAY_OF = "(term.{moment} AT TIME ZONE 'Asia/Shanghai')::date"


@dataclass(frozen=True)
class Kind:
    """Terms in one table: which of them still run, from which day, and for how many working days.
    `may_shorten`: a new working day brings the end nearer."""

    table: str
    ends: str
    begins: str
    days: str
    runs: str
    may_shorten: bool = True


KINDS = (
    Kind(
        *("places_supplyrequest", "due_at", DAY_OF.format(moment="asked_at")),
        days=str(requests.ANSWER_DAYS),
        runs="term.state = 'asked' AND term.raised_at IS NULL",
    ),
    Kind(
        *("places_problem", "due_at", "term.due_from", "term.due_days"),
        runs="term.state = 'open'",
    ),
    # Whoever was told until when they may object is not cut short.
    Kind(
        *("places_starrating", "objections_until", DAY_OF.format(moment="made_at")),
        days=str(stars.OBJECTION_WORKING_DAYS),
        runs="term.counts_from IS NULL AND term.withdrawn_at IS NULL",
        may_shorten=False,
    ),
)
ALIKE = """
    SELECT DISTINCT {begins}, {days}, left(place.division_id, 2)
    FROM {table} AS term JOIN places_place AS place ON place.id = term.place_id
    WHERE {runs} AND term.{ends} >= %(now)s AND {begins} <= %(date)s
        AND starts_with(place.division_id, %(province)s)
"""
MOVE = """
    UPDATE {table} AS term SET {ends} = alike.ends
    FROM unnest(%(begins)s::date[], %(days)s::int[], %(provinces)s::text[], %(ends)s::timestamptz[])
            AS alike (begins, days, province, ends),
        places_place AS place
    WHERE place.id = term.place_id AND left(place.division_id, 2) = alike.province
        AND {begins} = alike.begins AND {days} = alike.days
        AND {runs} AND term.{ends} >= %(now)s AND term.{ends} {moves} alike.ends
"""


@transactions.atomic
def recount_terms(*, date: dt.date, province: str, now: dt.datetime) -> int:
    """Whether `date` is worked has changed: count anew what runs across it: answers to requests for
    supplies, what is to be mended, objections to fewer stars. Says how many ends moved.

    `province` is two digits, "" for the whole country. What is over stays over. Terms that began on
    one day, are as long and lie in one province end together: so there are two statements for each
    kind, however many terms run. Twice does nothing.
    """
    return sum(recount_kind(kind, date, province[:2], now) for kind in KINDS)


def recount_kind(kind: Kind, date: dt.date, province: str, now: dt.datetime) -> int:
    """The terms of one kind. Whoever gives more time meanwhile counts by the new calendar, and
    their row is another by then."""
    with connection.cursor() as cursor:
        cursor.execute(told(ALIKE, kind), {"now": now, "date": date, "province": province})
        alike = cursor.fetchall()
        if not alike:
            return 0
        given = {"now": now, **columns(alike)}
        cursor.execute(told(MOVE, kind), given)
        return int(cursor.rowcount)


def told(sql: str, kind: Kind) -> str:
    """A statement about one kind: names of tables and columns of ours, no values."""
    moves = "<>" if kind.may_shorten else "<"
    names = {"table": kind.table, "ends": kind.ends, "begins": kind.begins, "days": kind.days}
    return sql.format(**names, runs=kind.runs, moves=moves)


def columns(alike: Iterable[tuple[dt.date, int, str]]) -> dict[str, Any]:
    """When those that are alike end. One query."""
    rows = list(alike)
    first = min(begins for begins, _days, _province in rows)
    last = max(reach(begins, days) for begins, days, _province in rows)
    calendars = load_all(first, last)
    return {
        "begins": [begins for begins, _days, _province in rows],
        "days": [days for _begins, days, _province in rows],
        "provinces": [province for _begins, _days, province in rows],
        "ends": [due(calendars.of(code), begins, days).at for begins, days, code in rows],
    }
