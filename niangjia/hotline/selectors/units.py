"""Where an order is, where it was, and where it could go. In a viewer's scope."""

import datetime as dt
from dataclasses import dataclass
from itertools import chain

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.surroundings import list_within
from niangjia.cases.services.routing import untied_among
from niangjia.core.errors import Text
from niangjia.core.prepared import together
from niangjia.hotline.models import WorkOrder
from niangjia.organisations.models import Employer, Union
from niangjia.organisations.selectors.guide import federations_over

MOST = 4


@dataclass(frozen=True)
class Turn:
    """One union's turn with an order."""

    union: Union
    kind: str
    since: dt.datetime
    until: dt.datetime | None


@dataclass(frozen=True)
class Proposal:
    """A union that may be the right one, and why."""

    union: Union
    why: Text


def list_below(order: WorkOrder) -> QuerySet[Union]:
    """The unions an order may be given to: all that its line reaches, wherever it is now; also the
    one that has it and returned it, when it is theirs all the same."""
    assert order.case is not None  # noqa: S101 - what was answered on the spot is given to nobody
    within = list_within(order.case, order.line.union)
    return within | Union.objects.filter(pk=order.case.handler_id) if may_keep(order) else within


def may_keep(order: WorkOrder) -> bool:
    """Whether a union below the line has an order still that it sent back."""
    case = order.case
    return bool(order.returned_at and case and case.handler_id != order.line.union_id)


def propose_units(order: WorkOrder) -> list[Proposal]:
    """The unions that should probably do it: the federations of where the employer is, and of where
    it happened; the lowest first, as low as the service of the topic is given, up to the line.
    Never the one that has it, nor one tied to an employer it accuses. One trip to the database;
    two more for a complaint."""
    case = order.case
    if case is None or not case.is_open:
        return []
    level = document_of(case.snapshot_id).level
    found: dict[Union, Text] = {}
    employers = Employer.objects.filter(pk__in=case.accused_ids).select_related("division")
    theirs = [employer.division for employer in employers] if case.accused_ids else []
    *around, here = together(*map(federations_over, [*theirs, case.division]))
    for union in chain(*around):
        found.setdefault(union, _("The federation of where the employer is"))
    for union in here:
        found.setdefault(union, _("The federation of where it happened"))
    fit = [
        Proposal(union, why)
        for union, why in found.items()
        if union.depth <= level
        and union.pk not in (case.handler_id, order.line.union_id)
        and union.path.startswith(order.line.union.path)
    ]
    free = untied_among([each.union for each in fit], case)
    return sorted((each for each in fit if each.union in free), key=lambda each: -each.union.depth)[
        :MOST
    ]
