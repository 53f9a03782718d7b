"""This room's objects at one union, for the matrix of routes and roles."""

import uuid

from niangjia.allocation.tests.draws import announce, make_draw_pool
from niangjia.allocation.tests.gates import make_gate, make_steward, scan, send
from niangjia.core import clock
from niangjia.members.models import Account
from niangjia.members.tests.factories.accounts import make_person
from niangjia.organisations.models import Union

NOBODYS = str(uuid.UUID(int=7))
MISSING_ALLOCATED = {
    "draw": "9" * 10,
    "pool": NOBODYS,
    "gate": NOBODYS,
    "claim": NOBODYS,
    "entry": NOBODYS,
}


def make_allocated(union: Union, account: Account | None = None) -> dict[str, str]:
    """A pool that is drawn, and its draw; a gate that somebody, or `account`, keeps and comes in
    by, and what is noted there."""
    account = account or make_person().account
    pool, _accounts = make_draw_pool(entrants=0, union=union)
    gate, (part,) = make_gate(account, union=union)
    entry = send(gate, make_steward(gate, account), scan(gate, part, clock.now(), code="x"))[0]
    return {
        "pool": str(pool.pk),
        "draw": announce(pool).number,
        "gate": str(gate.pk),
        "claim": str(part.pk),
        "entry": str(entry.pk),
    }
