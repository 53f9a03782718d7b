"""What moving is made of: totals carried from the old unions above to the new, and new paths."""

import uuid
from typing import Any

from django.db import connection

from niangjia.core import audit, outbox, protection, scope
from niangjia.organisations import events, rules
from niangjia.organisations.models import Tree, Union
from niangjia.organisations.services.acting import account_id

RELOCATE = {
    Tree.TERRITORY: """
        UPDATE organisations_union SET
            path = %(new)s || substr(path, length(%(old)s) + 1),
            depth = depth + (length(%(new)s) - length(%(old)s)) / %(segment)s,
            parent_id = CASE WHEN id = %(union)s THEN %(parent)s ELSE parent_id END
        WHERE path >= %(old)s AND path < %(after)s
    """,
    Tree.INDUSTRY: """
        UPDATE organisations_union SET
            industry_path = %(new)s || substr(industry_path, length(%(old)s) + 1),
            industry_parent_id = CASE WHEN id = %(union)s THEN %(parent)s
                                      ELSE industry_parent_id END
        WHERE industry_path >= %(old)s AND industry_path < %(after)s
    """,
}
# What is folded is carried here; what is not folded yet hangs on unions, not on paths, and so
# moves along by itself.
CARRY = """
    INSERT INTO organisations_figure AS figure (union_id, tree, metric, value)
    SELECT upper_union.id, moved.tree, moved.metric, moved.value * %(sign)s
    FROM organisations_figure AS moved
    JOIN organisations_union AS upper_union ON upper_union.{path} = ANY(%(paths)s)
    WHERE moved.union_id = %(union)s AND moved.tree = %(tree)s AND moved.value <> 0
    ON CONFLICT (union_id, tree, metric) DO UPDATE SET value = figure.value + excluded.value
"""
PATH_COLUMNS = {Tree.TERRITORY: "path", Tree.INDUSTRY: "industry_path"}


def relocate(union: Union, parent: Union, tree: Tree, *, old: str, new: str) -> None:
    """Give `union` and all below it their new paths, by one UPDATE whatever the size.

    As background work: rows of rooms above that repeat a path follow by triggers, and must all be
    seen to follow, whoever moves the union.
    """
    with protection.working("organisations.relocate"):
        execute(
            RELOCATE[tree],
            {
                "union": union.pk,
                "parent": parent.pk,
                "old": old,
                "new": new,
                "after": scope.after(old),
                "segment": rules.SEGMENT_LENGTH,
            },
        )


def carry_totals(union: Union, tree: Tree, *, old: str, new: str) -> None:
    """Take the union's folded totals from those above `old` and give them to those above `new`.

    "" stands for no place in the tree. Before `relocate`, while nobody folds.
    """
    above_old = set(rules.ancestor_paths(old)[:-1])
    above_new = set(rules.ancestor_paths(new)[:-1])
    for sign, paths in ((-1, above_old - above_new), (1, above_new - above_old)):
        execute(
            CARRY.format(path=PATH_COLUMNS[tree]),
            {"union": union.pk, "tree": tree.value, "sign": sign, "paths": list(paths)},
        )


def execute(query: str, params: dict[str, Any]) -> None:
    """Run one statement."""
    with connection.cursor() as cursor:
        cursor.execute(query, params)


def tell_moved(
    union: Union, tree: Tree, *, from_id: uuid.UUID | None, to_id: uuid.UUID | None, by: Any
) -> None:
    """Record and publish a move."""
    audit.record(
        action="union.moved",
        by=account_id(by),
        subject=f"union:{union.pk}",
        union_id=union.pk,
        details={"tree": tree, "from": from_id, "to": to_id},
    )
    outbox.publish(
        events.UnionMoved(union_id=union.pk, tree=tree, from_parent_id=from_id, to_parent_id=to_id)
    )
