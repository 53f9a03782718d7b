"""What a dissolved union leaves behind."""

import datetime as dt
import uuid

from django.db.models import Q

from niangjia.cases.models import Case, CaseUnit, EntryKind, State
from niangjia.cases.rules.linking import MERGED
from niangjia.cases.services import locking, moving, routing, telling, timeline, workload
from niangjia.core import protection, transactions
from niangjia.organisations.models import Union

#: What is at work, or waits for another case.
NOT_OVER = Q(state__in=[State.OPEN, State.PAUSED]) | Q(state=State.CLOSED, result=MERGED)


def hand_over_cases(*, union: Union, now: dt.datetime) -> int:
    """The open cases of a dissolved `union` go to the next one above that is tied to nobody they
    accuse; says how many. So do duplicates that wait for the end of another case, which may go on
    by themselves yet. What it only took part in, or was called for, it takes no more part in.

    Each goes in a transaction of its own and once however often this is called. From the moment of
    its dissolution no post at the union opens anything: neither `current_posts` nor the database's
    `cases_reaches` knows it any more, so that nobody looks on while its cases wait for this.
    """
    with protection.working("cases.dissolution"):
        involved = Q(handler=union) | Q(raised_to=union) | Q(sharing_paths__contains=[union.path])
        left = list(Case.objects.filter(NOT_OVER, involved).values_list("pk", flat=True))
    return sum(hand_over(case_id=pk, union=union, now=now) for pk in left)


@transactions.atomic
def hand_over(*, case_id: uuid.UUID, union: Union, now: dt.datetime) -> bool:
    """Hand one case over; says whether it was the union's to handle. Raises `RuntimeError` when no
    union above may have it, so that the event is tried again and somebody looks."""
    with protection.working("cases.dissolution"):
        case = locking.locked(Case.objects.filter(NOT_OVER, pk=case_id))
        if case is None:
            return False
        is_handler = case.handler_id == union.pk
        if is_handler:
            above = routing.union_above(case, union)
            if above is None:
                raise RuntimeError(f"no union above {union.number} may handle case {case.pk}")
            if case.is_open:
                workload.move(case, above, EntryKind.TRANSFERRED, by=None, reason="", now=now)
            else:
                take_along(case, above, now=now)
        units = CaseUnit.objects.filter(case=case, union=union, until=None)
        joint = units.filter(is_joint=True).first()
        units.update(until=now)
        if joint is not None and case.is_open:
            note_departure(case, joint, now=now)
        case.sharing_paths = [path for path in case.sharing_paths if path != union.path]
        if case.raised_to_id == union.pk:
            case.raised_to = routing.union_above(case, union)
            if case.raised_to:
                moving.share(case, case.raised_to, now=now)
        case.save(update_fields=["sharing_paths", "raised_to"])
    return is_handler


def take_along(case: Case, above: Union, *, now: dt.datetime) -> None:
    """A locked duplicate that waits for another case goes to `above`: nobody is told and no term
    begins, but its timeline says who has it, since it may go on by itself yet. As background
    work."""
    facts = {"from": str(case.handler_id), "to": str(above.pk)}
    moving.hand_to(case, above, now=now)
    case.save()
    timeline.write_entry(
        case, EntryKind.TRANSFERRED, now=now, union=above, facts=facts, is_public=True
    )


def note_departure(case: Case, unit: CaseUnit, *, now: dt.datetime) -> None:
    """A union takes part in a locked case no longer: it stands on the timeline, and where its part
    was still to be done the handler is told. As background work."""
    timeline.write_entry(case, EntryKind.LEFT, now=now, union=unit.union, is_public=True)
    if unit.done_at is None:
        facts = {"left": unit.union.name}
        telling.tell_officers(case, case.handler, "desk.case_part_left", now=now, facts=facts)
