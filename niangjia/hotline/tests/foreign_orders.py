"""A work order at one union, for the matrix of routes and roles."""

import datetime as dt
import uuid

from niangjia.core import clock
from niangjia.hotline.models import Line, OnCall
from niangjia.hotline.tests.factories import make_agent, make_call, make_line, open_order, take
from niangjia.organisations.models import Union

MISSING_ORDERS = {
    "work_order": "9" * 12,
    "line": "0000-12351",
    "duty": str(uuid.UUID(int=7)),
}


def make_order(union: Union) -> dict[str, str]:
    """An order of the line at `union`, and the line: what stands in addresses."""
    line = Line.objects.filter(union=union).first() or make_line(union)
    agent = make_agent(union)
    taken = open_order(agent, take(agent, make_call(line)), union)
    duty = OnCall.objects.create(
        line=line,
        account=agent.account,
        position=1,
        from_time=dt.time(),
        until_time=dt.time(),
        added_at=clock.now(),
    )
    return {"work_order": taken.order.number, "line": line.number, "duty": str(duty.pk)}
