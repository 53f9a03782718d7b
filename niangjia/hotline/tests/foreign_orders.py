"""A work order at one union, for the matrix of routes and roles."""

from niangjia.hotline.models import Line
from niangjia.hotline.tests.factories import make_agent, make_call, make_line, open_order, take
from niangjia.organisations.models import Union

MISSING_ORDERS = {"work_order": "9" * 12, "line": "0000-12351"}


def make_order(union: Union) -> dict[str, str]:
    """An order of the line at `union`, and the line: what stands in addresses."""
    line = Line.objects.filter(union=union).first() or make_line(union)
    agent = make_agent(union)
    taken = open_order(agent, take(agent, make_call(line)), union)
    return {"work_order": taken.order.number, "line": line.number}
