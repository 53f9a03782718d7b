"""What each union itself counts of cases, from the rows: to check the ledger of figures with."""

import uuid
from collections.abc import Iterator

from django.db.models import Count

from niangjia.cases.models import Case, State
from niangjia.core import protection

#: What the metrics counted here begin with.
METRICS = ("cases:",)


def own_figures() -> Iterator[tuple[uuid.UUID, str, int]]:
    """Union, metric, and how many cases; complaints are in no figure. Where a case began has it
    counted as opened, whoever has it now as open, and whoever ended it by its result."""
    with protection.working("cases.figures"):
        counted = Case.objects.filter(is_complaint=False).order_by()
        opened = list(counted.values_list("began_at_id").annotate(n=Count("pk")))
        running = counted.filter(state__in=[State.OPEN, State.PAUSED])
        is_open = list(running.values_list("handler_id").annotate(n=Count("pk")))
        closed = counted.filter(state=State.CLOSED)
        ended = list(closed.values_list("handler_id", "result").annotate(n=Count("pk")))
    yield from ((union, "cases:opened", n) for union, n in opened)
    yield from ((union, "cases:open", n) for union, n in is_open)
    yield from ((union, f"cases:{result}", n) for union, result, n in ended)
