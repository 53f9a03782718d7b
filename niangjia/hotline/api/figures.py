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
from niangjia.core.periods import PeriodKind
from niangjia.hotline import selectors, services
from niangjia.hotline.forms.statistics import PeriodForm
from niangjia.hotline.models import Line, OnCall
from niangjia.hotline.rules.tallies import Tally
from niangjia.hotline.schemas.figures import BoardOut, StatisticsOut
from niangjia.hotline.schemas.orders import (
    LineSettings,
    OnCallIn,
    OnCallList,
    OnCallOut,
)
from niangjia.hotline.selectors.board import read_board
from niangjia.hotline.selectors.on_call import list_on_call
from niangjia.hotline.selectors.statistics import read_statistics
from niangjia.members.doors import account_of, posts_for
from niangjia.members.models import Account, Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import access_acting_post
from niangjia.members.selectors.unions_within_reach import access_union_within, within_reach

router = Router(tags=["desk"])
ANSWERS, DECIDES = Action.ANSWER_HOTLINE, Action.DECIDE_CASES
RATES = ("settled_rate", "on_time_rate", "call_back_rate", "satisfied_rate")


@router.get("/board", response=BoardOut, summary="The hotline's day")
def show_board(request: HttpRequest) -> dict[str, Any]:
    """All lines within reach, as the asker may see them."""
    posts, account = posts_for(request, ANSWERS), account_of(request)
    with protection.viewing(account=account.pk):
        return asdict(read_board(list(selectors.lines_of(posts)), account=account, now=clock.now()))


@router.get("/statistics/{union}", response=StatisticsOut, summary="The five statistics")
def show_statistics(
    request: HttpRequest,
    union: str,
    period: PeriodKind = PeriodKind.MONTH,
    day: dt.date | None = None,
) -> dict[str, Any]:
    """Of a union, by its number, and all below it, over the day, week, month, quarter or year that
    `day` lies in, else today. Exact for whoever answers the hotline there; others are told of whole
    months, in tens, once the month after has ended (`is_waited_for` until then)."""
    posts, account = posts_for(request, Action.BROWSE), account_of(request)
    found = access_union_within(posts, Action.BROWSE, union)
    is_exact = within_reach(posts, ANSWERS, found.path)
    form = PeriodForm({"period": period, "day": day.isoformat() if day else ""}, is_exact=is_exact)
    if not form.is_valid():
        problem = str(form.errors["day"][0])
        raise Invalid(problem, code="bad-period", fields={"day": problem})
    told = read_statistics(
        found,
        form.chosen(),
        account=account,
        is_exact=is_exact,
    )
    return {
        "union": found,
        "since": told.period.since,
        "until": told.period.last,
        "is_rounded": told.is_rounded,
        "is_waited_for": told.is_waited_for,
        "total": tally(told.total),
        "units": None
        if told.units is None
        else [{"union": unit} | tally(each) for unit, each in told.units],
        "classes": None
        if told.classes is None
        else [
            {"category": category, "channel": channel, "count": count}
            for (category, channel), count in told.classes.items()
        ],
        "topics": told.topics,
        "trend": [{"since": since, "count": count} for since, count in told.trend],
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
