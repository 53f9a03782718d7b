"""Moving a union, and all below it, to another upper union of the territorial tree."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from niangjia.core import scope, transactions
from niangjia.organisations import rules
from niangjia.organisations.models import Tree, Union
from niangjia.organisations.services import locking
from niangjia.organisations.services.checking import check, check_place, invalid_parent
from niangjia.organisations.services.editing import lock_union
from niangjia.organisations.services.relocating import carry_totals, relocate, tell_moved


@transactions.atomic
def move_union(*, union_id: uuid.UUID, parent_id: uuid.UUID, by: Any, now: dt.datetime) -> Union:
    """Hang a union with its whole subtree below another upper union, figures included.

    One UPDATE, whatever the size; everybody sees the tree either before or after. Numbers stay,
    and so does each union's place in the industrial tree. Raises `Invalid` beside "parent" when
    the new place lies below the union itself or is none for its kind, beside "name" when the new
    upper union already has one of that name, `Conflict` when either is dissolved or the tree is
    being changed by somebody else.
    """
    locking.take_trees()
    union, parent = lock_union(union_id), lock_union(parent_id)
    from_id, old = union.parent_id, union.path
    if parent.pk == from_id:
        return union
    if from_id is None:
        raise invalid_parent(_("The national federation has no upper union."))
    if parent.path.startswith(old):
        raise invalid_parent(_("A union cannot stand below itself."))
    below = Union.objects.filter(scope.subtree(old)).aggregate(deepest=Max("depth"))
    check_place(union.kind, parent, levels=below["deepest"] - union.depth + 1)
    union.parent, union.depth = parent, parent.depth + 1
    union.path = rules.child_path(parent.path, union.number)
    check(union, now=now)
    carry_totals(union, Tree.TERRITORY, old=old, new=union.path)
    relocate(union, parent, Tree.TERRITORY, old=old, new=union.path)
    tell_moved(union, Tree.TERRITORY, from_id=from_id, to_id=parent.pk, by=by)
    return union
