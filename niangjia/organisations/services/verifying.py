"""Checking the ledger of figures against the rows it counts."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Count

from niangjia.organisations import rules, selectors
from niangjia.organisations.models import Status, Tree, Union

#: Union, metric, and how many rows of its own it has of that metric, those below not included.
Own = tuple[uuid.UUID, str, int]
Recount = Callable[[], Iterable[Own]]
Total = tuple[uuid.UUID, Tree, str]


@dataclass(frozen=True)
class Discrepancy:
    """A total that is not what its rows add up to."""

    union_id: uuid.UUID
    tree: Tree
    metric: str
    ledger: int
    rows: int


def verify_figures(*recounts: Recount, metrics: Iterable[str] = ()) -> list[Discrepancy]:
    """Add everything up anew, from the rows themselves, and name each total that differs.

    Unions by kind are counted here; rooms above pass a recount for each of their own metrics and
    name in `metrics` what those begin with. Everything is read from one snapshot, so a busy node
    is not called wrong. Empty means that every total of every union in both trees is exact.
    """
    # Not retried: it only reads.
    with transaction.atomic(durable=not connection.in_atomic_block):
        if not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        paths = {
            union_id: {Tree.TERRITORY: path, Tree.INDUSTRY: industry_path or ""}
            for union_id, path, industry_path in Union.objects.values_list(
                "pk", "path", "industry_path"
            )
        }
        rows = _added_up([own for recount in (_unions, *recounts) for own in recount()], paths)
        ledger = {
            (union_id, tree, metric): value
            for tree in Tree
            for union_id, figures in selectors.figures_of(list(paths), tree=tree).items()
            for metric, value in figures.items()
            if metric.startswith(("unions:", *metrics))
        }
    return [
        Discrepancy(*total, ledger=ledger.get(total, 0), rows=rows[total])
        for total in sorted(ledger.keys() | rows.keys(), key=str)
        if ledger.get(total, 0) != rows[total]
    ]


def _unions() -> Iterable[Own]:
    living = Union.objects.exclude(status=Status.DISSOLVED).values("pk", "kind")
    for row in living.annotate(count=Count("pk")):
        yield row["pk"], f"unions:{row['kind']}", row["count"]


def _added_up(own: list[Own], paths: dict[uuid.UUID, dict[Tree, str]]) -> "Counter[Total]":
    by_path = {(tree, path): pk for pk, both in paths.items() for tree, path in both.items()}
    totals: Counter[Total] = Counter()
    for union_id, metric, count in own:
        for tree, path in paths[union_id].items():
            for above in rules.ancestor_paths(path):
                totals[by_path[tree, above], tree, metric] += count
    return totals
