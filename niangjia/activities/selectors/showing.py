"""Everything the public page of an activity follows from but the time, read in one statement, as
one text: while the text is the same, so is the page (ADR 54).

How many seats are left is said in tens from ten up, so that the text of a page that thousands look
at does not change with each of them who signs up.
"""

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Activity, Kind, Run, Session, State
from niangjia.activities.rules import programmes
from niangjia.activities.rules.seats import Seats
from niangjia.activities.selectors.draws import ShownDraw
from niangjia.activities.selectors.finding import path_of
from niangjia.allocation.models import leaves_time
from niangjia.core import ids
from niangjia.core.errors import NotFound
from niangjia.members.models import Account
from niangjia.organisations.models import Union

READ = """
    SELECT json_build_object(
        'activity', a,
        'union', json_build_object('number', u.number, 'name', u.name, 'path', u.path),
        'seen_by', seen.path,
        'open_to', open_to.name,
        'place', d.name,
        'co_organisers', (
            SELECT json_agg(json_build_object(
                'number', o.number, 'name', o.name, 'path', o.path, 'opens', link.opens,
                'sees', link.part <> 'named'
            ) ORDER BY o.path)
            FROM activities_coorganiser AS link
            JOIN organisations_union AS o ON o.id = link.union_id
            WHERE link.activity_id = a.id AND link.state = 'accepted'
        ),
        'runs', (
            SELECT json_agg(json_build_object(
                'run', r,
                'seats', json_build_object(
                    'supply', stock.supply,
                    'left', CASE WHEN rest.parts >= 10 THEN rest.parts / 10 * 10
                                 ELSE greatest(rest.parts, 0) END,
                    'opens_at', pool.opens_at, 'closes_at', pool.closes_at,
                    'mode', pool.mode, 'is_decided', pool.decided_at IS NOT NULL,
                    'has_waiting_list', pool.has_waiting_list,
                    'offers_until', pool.offers_until, 'offer_minutes', pool.offer_minutes,
                    'gather_seconds', pool.gather_seconds
                ),
                'draw', (
                    SELECT json_build_object(
                        'number', draw.number, 'source', draw.source, 'issue', draw.issue,
                        'known_at', draw.known_at, 'is_sealed', draw.sealed_at IS NOT NULL,
                        'is_drawn', draw.drawn_at IS NOT NULL
                    )
                    FROM allocation_draw AS draw
                    WHERE draw.pool_id = pool.id AND draw.voided_at IS NULL
                ),
                'sessions', (
                    SELECT json_agg(s ORDER BY s.starts_at, s.id)
                    FROM activities_session AS s WHERE s.run_id = r.id
                )
            ) ORDER BY r.position)
            FROM activities_run AS r
            LEFT JOIN allocation_pool AS pool ON pool.id = r.pool_id
            LEFT JOIN allocation_stock AS stock ON stock.pool_id = pool.id
            LEFT JOIN LATERAL (
                SELECT stock.supply - stock.taken - stock.reserved AS parts
            ) AS rest ON true
            WHERE r.activity_id = a.id
        )
    )::text
    FROM activities_activity AS a
    JOIN organisations_union AS u ON u.id = a.union_id
    LEFT JOIN organisations_union AS seen ON seen.id = a.seen_by_id
    LEFT JOIN organisations_union AS open_to ON open_to.id = a.open_to_id
    LEFT JOIN regions_division AS d ON d.code = a.division_id
    WHERE a.number = %s
"""


def columns(model: type[Any], row: dict[str, Any]) -> dict[str, Any]:
    """A row as JSON has it, as values of a model's columns."""
    return {f.attname: f.to_python(row[f.column]) for f in model._meta.concrete_fields}


@dataclass(frozen=True)
class ShownRun:
    """A run with its sessions, and how its seats stand; no seats before it is published."""

    run: Run
    sessions: list[Session]
    seats: Seats | None
    draw: ShownDraw | None = None


@dataclass(frozen=True)
class ShownCoOrganiser:
    """A union that puts it on as well: whether it is open to its members, and whether its officers
    see who comes."""

    number: str
    name: str
    path: str
    opens: bool
    sees: bool


@dataclass(frozen=True)
class ActivityPage:
    """Everything the page shows."""

    activity: Activity
    union: Union
    co_organisers: list[ShownCoOrganiser]
    place: str
    open_to: str
    seen_by_path: str
    runs: list[ShownRun]
    now: dt.datetime
    programme: programmes.Programme | None = None

    @property
    def kind(self) -> Kind:
        return Kind(self.activity.kind)

    @property
    def is_over(self) -> bool:
        return self.activity.ends_at is not None and self.activity.ends_at <= self.now

    @property
    def has_begun(self) -> bool:
        return self.activity.starts_at is not None and self.activity.starts_at <= self.now

    @property
    def is_cancelled(self) -> bool:
        return self.activity.state == State.CANCELLED

    @property
    def open_to_all(self) -> list[str]:
        """The names of the unions whose members it is for; none when it is for everybody."""
        others = [each.name for each in self.co_organisers if each.opens]
        return [self.open_to, *others] if self.open_to else []

    def is_seen_from(self, path: str) -> bool:
        """Whether a member at `path` finds it; "" for whoever is no member."""
        beside = [each.path for each in self.co_organisers if each.opens]
        return any(path.startswith(each) for each in (self.seen_by_path, *beside))

    @property
    def first(self) -> Session:
        """The session that people look for first: the next one, or the last."""
        everything = [session for shown in self.runs for session in shown.sessions]
        on = [session for session in everything if session.cancelled_at is None]
        sessions = on or everything
        coming = [session for session in sessions if session.ends_at > self.now]
        return min(coming or sessions, key=lambda session: session.starts_at)

    @property
    def is_open(self) -> bool:
        """Whether anybody can sign up for any run now."""
        return any(shown.seats and shown.seats.is_open(self.now) for shown in self.runs)

    @property
    def gather_seconds(self) -> int:
        """How many seconds after sign-up opens everybody has the same chance; 0: none."""
        return max((shown.seats.gather_seconds for shown in self.runs if shown.seats), default=0)

    @property
    def opens_later(self) -> bool:
        """Whether sign-up is still to come."""
        opens_at = self.activity.opens_at
        return not self.is_cancelled and opens_at is not None and self.now < opens_at


def read_activity_facts(number: str) -> str:
    """The text about the activity with this number. One query. Raises `NotFound`; a number whose
    check digit does not hold is said to be mistyped."""
    typed = number[:20]
    if not ids.check_digit_holds(typed):
        raise NotFound(
            _("This number has a digit that does not fit. Check whether it was mistyped."),
            code="number-mistyped",
        )
    with connection.cursor() as cursor:
        cursor.execute(READ, [typed.replace(" ", "").replace("-", "")])
        row = cursor.fetchone()
    if row is None:
        raise NotFound(_("There is no such page"))
    return str(row[0])


def published_number(run_id: uuid.UUID) -> str | None:
    """The number of the activity of a run that has been published."""
    found = Run.objects.filter(pk=run_id, pool__isnull=False)
    return found.values_list("activity__number", flat=True).first()


def page_of(facts: str, *, now: dt.datetime) -> ActivityPage:
    """The page that follows from what was read, at `now`. No query."""
    read = json.loads(facts)
    activity = Activity(**columns(Activity, read["activity"]))
    return ActivityPage(
        activity=activity,
        union=Union(**read["union"]),
        co_organisers=[ShownCoOrganiser(**each) for each in read["co_organisers"] or []],
        place=read["place"] or "",
        open_to=read["open_to"] or "",
        seen_by_path=read["seen_by"] or "",
        runs=[shown_run(each, now) for each in read["runs"] or []],
        now=now,
        programme=programmes.BY_KEY.get(activity.programme),
    )


def shown_run(read: dict[str, Any], now: dt.datetime) -> ShownRun:
    """A run as the text has it. A list that nothing comes to any more is none."""
    seats, draw = read["seats"], read["draw"]
    until = seats["offers_until"]
    return ShownRun(
        draw=draw and ShownDraw(**{**draw, "known_at": moment(draw["known_at"])}),
        run=Run(**columns(Run, read["run"])),
        sessions=[Session(**columns(Session, row)) for row in read["sessions"]],
        seats=None
        if seats["supply"] is None
        else Seats(
            supply=seats["supply"],
            left=seats["left"],
            opens_at=moment(seats["opens_at"]),
            closes_at=moment(seats["closes_at"]),
            mode=seats["mode"],
            is_decided=seats["is_decided"],
            has_waiting_list=seats["has_waiting_list"]
            and leaves_time(until and moment(until), seats["offer_minutes"], now),
            gather_seconds=seats["gather_seconds"],
            is_cancelled=read["run"]["cancelled_at"] is not None,
        ),
    )


def moment(text: str) -> dt.datetime:
    """A moment as PostgreSQL writes it into JSON."""
    found = parse_datetime(text)
    assert found is not None  # noqa: S101 - the database wrote it
    return found


def refuse_hidden(shown: ActivityPage, account: Account | None) -> None:
    """Drafts, and what is for members of other unions, answer like what is missing."""
    is_public = not shown.seen_by_path
    if shown.activity.is_hidden or not (is_public or shown.is_seen_from(path_of(account))):
        raise NotFound(_("There is no such page"))
