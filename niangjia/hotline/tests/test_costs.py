"""How many questions each page and operation asks that no other test of the room counts, with
twice as much to show as well: what stands on it costs nothing more."""

import pytest
from django.test import Client

from niangjia.core import clock
from niangjia.core.tests.costs import cost
from niangjia.hotline import services
from niangjia.hotline.tests.aftercare import make_chair, take_in
from niangjia.hotline.tests.factories import make_agent, make_call
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import officer_client, signed_in

pytestmark = pytest.mark.django_db
API = "/api/v1/desk/hotline"
AGENT = {
    "/desk/hotline/letters/": 4,
    "/desk/hotline/shifts/": 7,
    "/desk/hotline/knowledge/": 7,
    "/desk/hotline/knowledge/article/": 5,
    f"{API}/lines": 4,
    f"{API}/calls?line={{line}}": 7,
    f"{API}/board": 11,
    f"{API}/topics?line={{line}}": 5,
    f"{API}/articles?line={{line}}": 5,
    f"{API}/shifts?line={{line}}": 8,
    f"{API}/orders": 5,
    f"{API}/orders/{{order}}": 13,
}
CHAIR = {
    "/desk/hotline/statistics/": 12,
    "/desk/hotline/on-call/{line}/": 7,
    "/desk/hotline/on-call/{line}/settings/": 4,
    f"{API}/lines/{{line}}": 4,
    f"{API}/on-call/{{line}}": 5,
}
WORKER = {"/hotline/": 8, "/api/v1/hotline/messages": 5}


def more(world, writer):
    """Another call, order, duty and message."""
    make_call(world.line)
    order = take_in(world)
    services.write_message(line=world.line, words="怎么加入工会？", account=writer, now=clock.now())
    return order


def test_every_page_and_operation_at_its_cost(world):
    writer = make_person().account
    order = more(world, writer)
    who = (
        (officer_client(world.caller), AGENT),
        (officer_client(make_chair(world.city)), CHAIR),
        (signed_in(writer), WORKER),
    )
    names = {"order": order.number, "line": world.line.number}

    def costs():
        return {
            address: cost(client, address.format(**names))
            for client, addresses in who
            for address in addresses
        }

    assert costs() == AGENT | CHAIR | WORKER
    more(world, writer)
    services.begin_shift(by=make_agent(world.city), line=world.line, now=clock.now())
    assert costs() == AGENT | CHAIR | WORKER
    assert cost(Client(), "/hotline/receipt/") == 0
