"""Totals of a subtree, exact at once: what is folded plus what is not folded yet.

Both halves are read in ONE statement, hence from one snapshot. Under READ COMMITTED two
statements would see two moments, and a fold between them would be counted twice or not at all.
"""

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection

from niangjia.organisations.models import Tree, Union
from niangjia.organisations.rules import SEGMENT_LENGTH

Figures = dict[str, int]

PATH_COLUMNS = {Tree.TERRITORY: "path", Tree.INDUSTRY: "industry_path"}

READ = """
    WITH top AS (
        SELECT id, {path} AS path FROM organisations_union
        WHERE {chosen} AND {path} IS NOT NULL
    )
    SELECT id, metric, sum(value)::bigint FROM (
        SELECT top.id, figure.metric, figure.value
        FROM top JOIN organisations_figure AS figure
            ON figure.union_id = top.id AND figure.tree = %(tree)s
        WHERE {wanted}
        UNION ALL
        SELECT top.id, change.metric, change.change
        FROM organisations_figurechange AS change
        JOIN organisations_union AS changed ON changed.id = change.union_id
        CROSS JOIN LATERAL
            generate_series(%(segment)s, length(changed.{path}), %(segment)s) AS prefix_length
        JOIN top ON top.path = left(changed.{path}, prefix_length)
        WHERE {wanted}
    ) AS both_halves
    GROUP BY id, metric HAVING sum(value) <> 0
"""

NATIONAL = """
    SELECT metric, sum(value)::bigint FROM (
        SELECT metric, value FROM organisations_figure
        WHERE tree = %(tree)s
            AND union_id = (SELECT id FROM organisations_union WHERE parent_id IS NULL)
        UNION ALL
        SELECT metric, change FROM organisations_figurechange
    ) AS both_halves
    GROUP BY metric
"""


def figures(union: Union, *, tree: Tree = Tree.TERRITORY) -> Figures:
    """What the subtree of `union` adds up to, by metric; a metric at zero is left out. One query.

    Metrics: "unions:<kind>", "members", "applications:open", "applications:decided",
    "answer_hours:<whole hours>".
    """
    return figures_of([union.pk], tree=tree)[union.pk]


def national_figures() -> Figures:
    """The figures of the whole country, by metric, and exact at once as those of every union. One
    query, cheaper than asking for the root: every change anywhere counts, whatever its path."""
    with connection.cursor() as cursor:
        cursor.execute(NATIONAL, {"tree": Tree.TERRITORY.value})
        return {metric: value for metric, value in cursor.fetchall() if value}


def figures_of(
    union_ids: Collection[uuid.UUID],
    *,
    tree: Tree = Tree.TERRITORY,
    families: Sequence[str] = (),
) -> dict[uuid.UUID, Figures]:
    """The figures of each of these unions, all in one query. `families` names what the metrics
    begin with that are asked for; without any, all of them."""
    found: dict[uuid.UUID, Figures] = {union_id: {} for union_id in union_ids}
    return _read("id = ANY(%(ids)s)", {"ids": list(union_ids)}, tree, families, found)


def figures_of_children(
    union: Union, *, tree: Tree = Tree.TERRITORY, families: Sequence[str] = ()
) -> dict[uuid.UUID, Figures]:
    """The figures of each union right below `union`, by its id, all in one query; `families` as for
    `figures_of`.

    A child at zero throughout, such as a dissolved one, is left out.
    """
    column = "parent_id" if tree == Tree.TERRITORY else "industry_parent_id"
    return _read(f"{column} = %(parent)s", {"parent": union.pk}, tree, families, {})


def _read(
    chosen: str,
    params: dict[str, Any],
    tree: Tree,
    families: Sequence[str],
    into: dict[uuid.UUID, Figures],
) -> dict[uuid.UUID, Figures]:
    wanted = "metric ^@ ANY(%(families)s)" if families else "true"
    query = READ.format(path=PATH_COLUMNS[tree], chosen=chosen, wanted=wanted)
    params = {**params, "tree": tree.value, "families": list(families)}
    with connection.cursor() as cursor:
        cursor.execute(query, {**params, "segment": SEGMENT_LENGTH})
        for union_id, metric, value in cursor.fetchall():
            into.setdefault(union_id, {})[metric] = value
    return into
