"""From the lots to the claims: who has won has parts, the others wait in the order drawn."""

import datetime as dt
import uuid

from django.db import connection

from niangjia.allocation.models import Draw, DrawLine
from niangjia.allocation.rules.drawing import Outcome
from niangjia.allocation.services.ledger import Held
from niangjia.allocation.services.settling import settle

RANK = """
    UPDATE allocation_drawline line SET rank = ranked.rank, has_won = ranked.has_won
    FROM unnest(%s::text[], %s::int[], %s::bool[]) AS ranked (pseudonym, rank, has_won)
    WHERE line.draw_id = %s AND line.pseudonym = ranked.pseudonym COLLATE "C"
"""


def settle_by_lots(
    draw: Draw, held: Held, outcome: Outcome, *, by: uuid.UUID | None, now: dt.datetime
) -> None:
    """Write the ranks, and serve the claims in their order. Winners come before those who wait, so
    that every published winner has their parts whoever has left since; what the leavers would have
    had goes to the next in line. In the transaction that holds the pool's stock."""
    names = [*outcome.winners, *outcome.waiting]
    ranks = list(range(1, len(names) + 1))
    won = [True] * len(outcome.winners) + [False] * len(outcome.waiting)
    with connection.cursor() as cursor:
        cursor.execute(RANK, [names, ranks, won, draw.pk])
    order = DrawLine.objects.filter(draw=draw).order_by("rank").values_list("claim_id", flat=True)
    settle(held, list(order), by=by, now=now)
