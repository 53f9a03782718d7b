"""What unions pay merchants, summed up the tree: by union right below, each with all below it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.db.models.functions import Left

from niangjia.benefits.models import Statement, StatementState
from niangjia.benefits.selectors.within_reach import within
from niangjia.core import scope
from niangjia.members.models import Post
from niangjia.organisations.models import Union
from niangjia.organisations.rules import SEGMENT_LENGTH


@dataclass(frozen=True)
class Level:
    """The statements of `union` and of all below it, or, where `is_own`, of the union that was
    asked for alone. In fen; `paid_fen` and `open_fen` make up the whole."""

    union: Union
    is_own: bool
    statements: int
    merchants: int
    paid_fen: int
    open_fen: int

    @property
    def whole_fen(self) -> int:
        """Paid and still to be paid."""
        return self.paid_fen + self.open_fen


def list_levels(
    posts: Iterable[Post], union: Union, *, first: dt.date, last: dt.date
) -> list[Level]:
    """Of the months from `first` to `last` (their first days), by union right below `union`, the
    union itself first. Of what `posts` reach alone; whoever has no statement is left out. Two
    queries, however many unions and statements there are below."""
    chosen = Statement.objects.filter(
        within(posts),
        scope.subtree(union.path, field="union__path"),
        month__range=(first, last),
    )
    below = Left("union__path", len(union.path) + SEGMENT_LENGTH)
    sums = chosen.order_by().annotate(below=below).values("below")
    rows = sums.annotate(
        statements=Count("pk"),
        merchants=Count("merchant", distinct=True),
        whole=Sum("total_fen"),
        paid=Sum("total_fen", filter=Q(state=StatementState.PAID), default=0),
    ).order_by("below")
    found = list(rows)
    unions = {
        each.path: each for each in Union.objects.filter(path__in=[r["below"] for r in found])
    }
    return [
        Level(
            unions[row["below"]],
            row["below"] == union.path,
            row["statements"],
            row["merchants"],
            int(row["paid"]),
            int(row["whole"] - row["paid"]),
        )
        for row in found
    ]
