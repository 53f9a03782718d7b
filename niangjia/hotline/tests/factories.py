"""Lines, calls and orders for tests."""

import datetime as dt
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from niangjia.cases.tests.factories import AID, COMPLAINT, publish
from niangjia.core import clock, protection
from niangjia.core.errors import DomainError
from niangjia.hotline import services
from niangjia.hotline.models import Call, Category, Line, Topic
from niangjia.hotline.rules.telephony import Event, Kind
from niangjia.hotline.services import Caller, Handed, Intake, Taken
from niangjia.members.models import Account, Post, Reach, Role, TieKind
from niangjia.members.services.ties import declare_tie
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post
from niangjia.organisations.models import Employer, Union

serial = itertools.count(1)
PHONE = "13900001111"
NUMBER = "0579-12351"


def make_line(union: Union, number: str = NUMBER) -> Line:
    """A line with three topics: one that is only answered, an aid, a complaint."""
    line = services.open_line(union=union, number=number, by=None, now=clock.now())
    for key, category, item in (
        ("how-to-join", Category.CONSULTATION, ""),
        ("aid", Category.SERVICE, AID["key"]),
        ("wages", Category.COMPLAINT, COMPLAINT["key"]),
    ):
        Topic.objects.get_or_create(
            line=None,
            key=key,
            defaults={"category": category, "name": key, "initials": key[:2], "item_key": item},
        )
    return line


def publish_items() -> None:
    """The items that the topics above lead to."""
    publish(AID)
    publish(COMPLAINT)


def make_agent(union: Union, reach: Reach = Reach.SUBTREE) -> Post:
    """Somebody who answers the hotline at `union`."""
    account = make_person().account
    return make_post(union=union, role=Role.HOTLINE_AGENT, reach=reach, account=account)


def event(kind: Kind, call: str = "", **fields: Any) -> Event:
    """One report of the telephone system."""
    n = next(serial)
    values: dict[str, Any] = {
        "line": NUMBER,
        "event": f"e{n}",
        "call": call or f"c{n}",
        "kind": kind,
        "at": clock.now(),
        "caller": PHONE if kind == Kind.RINGING else "",
    }
    return Event(**(values | fields))


def make_call(line: Line, *, now: dt.datetime | None = None, **fields: Any) -> Call:
    """A call that rings."""
    now = now or clock.now()
    rings = event(Kind.RINGING, line=line.number, **({"at": now} | fields))
    return services.note_event(event=rings, now=now)


def take(agent: Post, call: Call) -> Call:
    """The call, in the hands of `agent`."""
    return services.take_call(by=agent, call_id=call.pk, now=clock.now())


def open_order(
    agent: Post,
    call: Call,
    union: Union,
    *,
    topic: str = "aid",
    accused: Employer | None = None,
    caller: Caller | None = None,
    **intake: Any,
) -> Taken:
    """A call becomes a case."""
    answers = {"matter" if accused else "reason": "三个月没有发工资了"}
    return services.open_order(
        by=agent,
        call_id=call.pk,
        intake=Intake(topic_key=topic, **intake),
        caller=caller or Caller(name="陈师傅", phone=PHONE),
        handed=Handed(union=union, answers=answers, accused=[accused] if accused else []),
        now=clock.now(),
    )


def fresh(row: Any) -> Any:
    """A row as it is now, for looking at in a test."""
    with protection.working("test"):
        return type(row).objects.get(pk=row.pk)


def tie_to(account: Account, employer: Employer) -> None:
    """Say that `account` is close to `employer`."""
    declare_tie(
        account=account, employer=employer, kind=TieKind.FAMILY, by=account, now=clock.now()
    )


@contextmanager
def refused(code: str) -> Iterator[None]:
    """What stands within is refused, for this reason."""
    with pytest.raises(DomainError) as caught:
        yield
    assert caught.value.code == code
