"""Giving a case to another union."""

import datetime as dt

from niangjia.cases.events import CaseMoved
from niangjia.cases.models import Case, CaseUnit
from niangjia.cases.services import figures
from niangjia.core import outbox, prepared
from niangjia.organisations.models import Union

#: A union that sees a case already goes on seeing it.
ONCE = "ON CONFLICT (case_id, union_id, is_joint) WHERE until IS NULL DO NOTHING"


def hand_to(case: Case, union: Union, *, now: dt.datetime) -> None:
    """From now on `union` handles a locked `case`; whoever had it goes on seeing it. As background
    work, because the row may leave the reach of whoever does it. The caller saves the case."""
    before = case.handler
    if before.pk == union.pk:
        return
    share(case, before, now=now)
    figures.count(case, figures.standing(case), -1)
    case.handler = union
    case.handler_path = union.path
    case.assigned_to = None
    case.catch_up()
    figures.count(case, figures.standing(case), 1)
    outbox.publish(CaseMoved(case_id=case.pk, from_union_id=before.pk, to_union_id=union.pk))


def share(case: Case, union: Union, *, now: dt.datetime, is_joint: bool = False) -> None:
    """`union` sees the case as well from now on. The caller saves the case."""
    part = {"case_id": case.pk, "union_id": union.pk, "is_joint": is_joint, "since": now}
    prepared.add_later(CaseUnit, **part, otherwise=ONCE)
    if union.path not in case.sharing_paths:
        case.sharing_paths = [*case.sharing_paths, union.path]
