"""/desk/hotline: the day's board, the statistics, whom a line fetches."""

import datetime as dt
import uuid
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from niangjia.core import clock, protection
from niangjia.core.errors import Invalid, NotFound
from niangjia.hotline import selectors, services
from niangjia.hotline.forms.statistics import LONGEST_DAYS
from niangjia.hotline.models import Line, OnCall
from niangjia.hotline.schemas.orders import (
    BoardOut,
    LineSettings,
    OnCallIn,
    OnCallList,
    OnCallOut,
    StatisticsOut,
)
from niangjia.hotline.selectors.board import read_board
from niangjia.hotline.selectors.on_call import list_on_call
from niangjia.hotline.selectors.statistics import Tally, read_statistics
from niangjia.members.doors import account_of, posts_for
from niangjia.members.models import Account, Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import access_acting_post

router = Router(tags=["desk"])
ANSWERS, DECIDES = Action.ANSWER_HOTLINE, Action.DECIDE_CASES
RATES = ("settled_rate", "on_time_rate", "call_back_rate", "satisfied_rate")


@router.get("/board", response=BoardOut, summary="The hotline's day")
def show_board(request: HttpRequest) -> dict[str, Any]:
    """All lines within reach, as the asker may see them."""
    posts, account = posts_for(request, ANSWERS), account_of(request)
    with protection.viewing(account=account.pk):
        return asdict(read_board(list(selectors.lines_of(posts)), account=account, now=clock.now()))


@router.get("/statistics/{line}", response=StatisticsOut, summary="The five statistics")
def show_statistics(
    request: HttpRequest, line: str, since: dt.date | None = None, until: dt.date | None = None
) -> dict[str, Any]:
    """Of a line, by its number, from one day to another, both counted; else of this month."""
    posts, account = posts_for(request, ANSWERS), account_of(request)
    found = selectors.access_line(posts, line)
    since = since or clock.today().replace(day=1)
    until = until or max(clock.today(), since)
    if not 0 <= (until - since).days <= LONGEST_DAYS:
        problem = _("Choose a day after the first, within two years of it.")
        raise Invalid(problem, code="bad-period", fields={"until": problem})
    begin, end = (
        dt.datetime.combine(day, dt.time(), clock.CHINA)
        for day in (since, until + dt.timedelta(days=1))
    )
    with protection.viewing(account=account.pk):
        told = read_statistics([found], account=account, since=begin, until=end)
    return {
        "total": tally(told.total),
        "units": [tally(each) | {"unit": name} for name, each in told.units],
        "classes": [
            {"category": category, "channel": channel, "count": count}
            for (category, channel), count in told.classes.items()
        ],
    }


def tally(found: Tally) -> dict[str, Any]:
    """A tally as `TallyOut`."""
    return asdict(found) | {name: getattr(found, name) for name in RATES}


@router.get("/lines/{line}", response=LineSettings, summary="How a line works")
def show_line(request: HttpRequest, line: str) -> Any:
    """Its terms by grade in working days, its minutes, its samples in per cent."""
    return find_line(request, line)[1]


@router.put("/lines/{line}", response=LineSettings, summary="Change how a line works")
def set_line(request: HttpRequest, line: str, payload: LineSettings) -> Any:
    """What runs already goes on as it was promised."""
    post, found = find_line(request, line)
    return services.set_line(
        by=post,
        line=found,
        numbers=payload.dict(exclude={"quality_always", "is_open"}),
        quality_always=payload.quality_always,
        is_open=payload.is_open,
    )


@router.get("/on-call/{line}", response=OnCallList, summary="Whom a line fetches")
def list_duties(request: HttpRequest, line: str) -> dict[str, Any]:
    """In the order in which they are paged."""
    _post, found = find_line(request, line)
    return {"items": list(map(duty, list_on_call(found))), "next": None}


@router.post("/on-call/{line}", response={201: OnCallOut}, summary="Put somebody on the list")
def add_duty(request: HttpRequest, line: str, payload: OnCallIn) -> Status[dict[str, Any]]:
    """At its end."""
    post, found = find_line(request, line)
    account = Account.objects.filter(pk=payload.account, is_active=True).first()
    if account is None:
        problem = _("Choose somebody who answers this hotline.")
        raise Invalid(problem, code="not-at-the-line", fields={"account": problem})
    made = services.add_on_call(
        by=post,
        line=found,
        account=account,
        now=clock.now(),
        **payload.dict(exclude={"account"}),
    )
    return Status(201, duty(made))


@router.delete("/duties/{duty_id}", response={204: None}, summary="Take somebody off the list")
def end_duty(request: HttpRequest, duty_id: uuid.UUID) -> Status[None]:
    """Twice is once."""
    lines = selectors.lines_of(posts_for(request, DECIDES))
    held = OnCall.objects.filter(pk=duty_id, line__in=lines).select_related("line").first()
    if held is None:
        raise NotFound(_("There is no such page"))
    post, found = find_line(request, held.line.number)
    services.end_on_call(by=post, line=found, duty_id=duty_id, now=clock.now())
    return Status(204, None)


def find_line(request: HttpRequest, number: str) -> tuple[Post, Line]:
    """A line, and the post that runs it. Raises `NotFound`."""
    posts = posts_for(request, DECIDES)
    found = selectors.access_line(posts, number)
    return access_acting_post(posts, DECIDES, found.union.path), found


def duty(found: OnCall) -> dict[str, Any]:
    """A place on the list as `OnCallOut`."""
    names = ("id", "position", "from_time", "until_time", "way")
    person = found.account.person
    return {name: getattr(found, name) for name in names} | {
        "account": found.account_id,
        "name": person.name if person else "",
    }
