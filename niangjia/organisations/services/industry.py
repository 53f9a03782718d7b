"""A union's place in the industrial tree."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import Max
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from niangjia.core import scope, transactions
from niangjia.core.errors import Conflict
from niangjia.organisations import rules
from niangjia.organisations.models import Figure, Status, Tree, Union
from niangjia.organisations.services import locking
from niangjia.organisations.services.checking import invalid_parent
from niangjia.organisations.services.editing import lock_union
from niangjia.organisations.services.relocating import (
    carry_totals,
    execute,
    relocate,
    tell_moved,
)

# Its own share is what its territorial total holds beyond its children's.
COUNT_ITSELF = """
    INSERT INTO organisations_figure AS figure (union_id, tree, metric, value)
    SELECT %(union)s, 'industry', metric, sum(value) FROM (
        SELECT metric, value FROM organisations_figure
        WHERE union_id = %(union)s AND tree = 'territory'
        UNION ALL
        SELECT below.metric, -below.value FROM organisations_figure AS below
        JOIN organisations_union AS child ON child.id = below.union_id
        WHERE child.parent_id = %(union)s AND below.tree = 'territory'
    ) AS share GROUP BY metric HAVING sum(value) <> 0
    ON CONFLICT (union_id, tree, metric) DO UPDATE SET value = excluded.value
"""


@transactions.atomic
def join_industry(
    *, union_id: uuid.UUID, industry_parent_id: uuid.UUID, by: Any, now: dt.datetime
) -> Union:
    """Hang a union, with all below it in the industrial tree, below another union of an industry.

    A union that was in none takes only itself along: what stands below it in the territorial tree
    may belong to other industries. Raises `Invalid` beside "parent", `Conflict` as `move_union`.
    """
    locking.take_trees()
    union, parent = lock_union(union_id), lock_union(industry_parent_id)
    from_id, old = union.industry_parent_id, union.industry_path or ""
    if parent.pk == from_id:
        return union
    if parent.industry_path is None:
        raise invalid_parent(_("The upper union lies in no industrial tree."))
    if parent == union or (old and parent.industry_path.startswith(old)):
        raise invalid_parent(_("A union cannot stand below itself."))
    new = rules.child_path(parent.industry_path, union.number)
    if _levels_below(old) + len(rules.ancestor_paths(new)) > rules.MOST_LEVELS:
        raise invalid_parent(_("The tree would be deeper than any union needs."))
    if not old:
        execute(COUNT_ITSELF, {"union": union.pk})
        Union.objects.filter(pk=union.pk).update(industry_path=new, industry_parent=parent)
    carry_totals(union, Tree.INDUSTRY, old=old, new=new)
    if old:
        relocate(union, parent, Tree.INDUSTRY, old=old, new=new)
    union.industry_parent, union.industry_path = parent, new
    tell_moved(union, Tree.INDUSTRY, from_id=from_id, to_id=parent.pk, by=by)
    return union


@transactions.atomic
def leave_industry(*, union_id: uuid.UUID, by: Any, now: dt.datetime) -> Union:
    """Take a union out of the industrial tree. Raises `Conflict` while others stand below it."""
    locking.take_trees()
    union = lock_union(union_id)
    if union.industry_path is None:
        return union
    if union.industry_children.exclude(status=Status.DISSOLVED).exists():
        raise Conflict(
            _("Other unions stand below it in the industrial tree. Please move them first."),
            code="has-unions-below",
        )
    from_id = union.industry_parent_id
    carry_totals(union, Tree.INDUSTRY, old=union.industry_path, new="")
    Figure.objects.filter(union=union, tree=Tree.INDUSTRY).delete()
    union.industry_parent, union.industry_path = None, None
    union.save(update_fields=["industry_parent", "industry_path"])
    tell_moved(union, Tree.INDUSTRY, from_id=from_id, to_id=None, by=by)
    return union


def _levels_below(path: str) -> int:
    """How many levels of the industrial tree lie below `path`."""
    if not path:
        return 0
    below = Union.objects.filter(scope.subtree(path, field="industry_path"))
    longest = below.aggregate(longest=Max(Length("industry_path")))["longest"]
    return int(longest - len(path)) // rules.SEGMENT_LENGTH
