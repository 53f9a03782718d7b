"""Orders on their way to the end, for tests."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from niangjia.cases import services as cases
from niangjia.cases.tests.factories import make_officer
from niangjia.core import clock
from niangjia.core.outbox import deliver_pending
from niangjia.hotline import services
from niangjia.hotline.models import Line, WorkOrder
from niangjia.hotline.rules.aftercare import CHECKLIST
from niangjia.hotline.tests.factories import (
    fresh,
    make_agent,
    make_call,
    make_line,
    open_order,
    publish_items,
    take,
)
from niangjia.members.models import Post, Role
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.models import Employer, Union

WELL = dict.fromkeys(CHECKLIST, True)
ILL = {**WELL, "answer": False}
WHY = "答复没有说明依据，请重新回访说明"


@dataclass
class World:
    """A line at a city, its people, and the county that does the work."""

    chain: tuple[Union, ...]
    line: Line
    employer: Employer
    taker: Post
    caller: Post
    checker: Post
    worker: Post

    @property
    def city(self) -> Union:
        return self.chain[1]

    @property
    def county(self) -> Union:
        return self.chain[2]


def make_world() -> World:
    chain = make_chain()
    publish_items()
    line = make_line(chain[1])
    line.quality_percent, line.answered_call_back_percent = 100, 100
    line.save()
    employer = Employer.objects.create(name="甲玩具有限公司", division=chain[2].division)
    agents = [make_agent(chain[1]) for _number in range(3)]
    return World(chain, line, employer, *agents, make_officer(chain[2]))


def take_in(world: World, union: Union | None = None, **options: Any) -> WorkOrder:
    """A complaint by phone, opened at the line itself or at `union`."""
    call = take(world.taker, make_call(world.line))
    order = open_order(
        world.taker,
        call,
        union or world.city,
        topic="wages",
        accused=world.employer,
        **options,
    ).order
    deliver_pending()
    return fresh(order)


def dispatch(world: World, order: WorkOrder, *, now: dt.datetime | None = None) -> WorkOrder:
    """Given to the county."""
    services.dispatch_order(
        by=world.taker,
        order_id=order.pk,
        to=world.county,
        reason="属地在义乌，请你会办理",
        now=now or clock.now(),
    )
    deliver_pending()
    return fresh(order)


def settle(world: World, order: WorkOrder) -> WorkOrder:
    """The county does its work, and the case ends."""
    cases.take_step(
        by=world.worker,
        case_id=order.case_id,
        step="look",
        outcome="settled",
        words="已督促单位补发",
        now=clock.now(),
    )
    deliver_pending()
    return fresh(order)


def settled(world: World) -> WorkOrder:
    """An order that waits for its call back."""
    return settle(world, dispatch(world, take_in(world)))


def call_back(world: World, order: WorkOrder, result: str = "reached", **said: Any) -> WorkOrder:
    """Somebody who took no part calls."""
    arguments = {"by": world.caller, "order_id": order.pk, "result": result, "now": clock.now()}
    if result == "reached":
        arguments["level"] = 5
    services.record_call_back(**{**arguments, **said})
    deliver_pending()
    return fresh(order)


def check(world: World, order: WorkOrder, answers: dict[str, bool] = WELL, **said: Any) -> Any:
    """Somebody else checks."""
    arguments = {
        "by": world.checker,
        "order_id": order.pk,
        "answers": answers,
        "words": "" if all(answers.values()) else WHY,
        "now": clock.now(),
    }
    services.check_order(**{**arguments, **said})
    deliver_pending()
    return fresh(order)


def make_chair(union: Union) -> Post:
    """Somebody who decides at `union`."""
    return make_officer(union, Role.CHAIR)
