"""Folding the ledger: changes become part of the totals of every union above them."""

from django.db import connection

from niangjia.core import transactions
from niangjia.organisations.rules import SEGMENT_LENGTH
from niangjia.organisations.services import locking

# One statement, so that a reader's snapshot holds each change either as a change or inside the
# totals, never as both and never as neither.
FOLD = """
    WITH gone AS (
        DELETE FROM organisations_figurechange RETURNING union_id, metric, change
    ), summed AS (
        SELECT union_id, metric, sum(change) AS change FROM gone GROUP BY union_id, metric
    ), placed AS (
        SELECT place.tree, place.path, metric, change
        FROM summed JOIN organisations_union AS changed ON changed.id = summed.union_id
        CROSS JOIN LATERAL (
            VALUES ('territory', changed.path), ('industry', changed.industry_path)
        ) AS place (tree, path)
        WHERE place.path IS NOT NULL
    ), risen AS (
        SELECT tree, left(path, prefix_length) AS path, metric, sum(change) AS change
        FROM placed
        CROSS JOIN LATERAL
            generate_series(%(segment)s, length(path), %(segment)s) AS prefix_length
        GROUP BY tree, left(path, prefix_length), metric
        HAVING sum(change) <> 0
    ), added AS (
        INSERT INTO organisations_figure AS figure (union_id, tree, metric, value)
        SELECT upper_union.id, tree, metric, change
        FROM risen JOIN organisations_union AS upper_union ON upper_union.path = risen.path
        WHERE tree = 'territory'
        UNION ALL
        SELECT upper_union.id, tree, metric, change
        FROM risen JOIN organisations_union AS upper_union
            ON upper_union.industry_path = risen.path
        WHERE tree = 'industry'
        ON CONFLICT (union_id, tree, metric) DO UPDATE SET value = figure.value + excluded.value
    )
    SELECT count(*) FROM gone
"""


@transactions.atomic
def fold_figures() -> int:
    """Fold every change there is, and say how many there were.

    Runs every minute; running it twice, or twice at once, counts nothing twice. It only keeps
    reading cheap: figures are exact with or without it.
    """
    if not locking.try_folding():
        return 0
    locking.hold_trees_still()
    with connection.cursor() as cursor:
        cursor.execute(FOLD, {"segment": SEGMENT_LENGTH})
        return int(cursor.fetchone()[0])
