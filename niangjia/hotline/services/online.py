"""What was asked online and cannot wait: the hotline fetches somebody, as if it had been called."""

import datetime as dt
import uuid

from niangjia.cases.models import Case
from niangjia.cases.selectors import document_of
from niangjia.cases.selectors.decoys import is_decoy
from niangjia.core import audit, protection, transactions
from niangjia.hotline.models import Channel, Ending, Line, State, UrgentKind, Way, WorkOrder
from niangjia.hotline.selectors.topics import list_topics
from niangjia.hotline.services import beginning, calls, intake, sealing
from niangjia.organisations.rules.paths import ancestor_paths


@transactions.atomic
def take_in(*, case_id: uuid.UUID, now: dt.datetime) -> WorkOrder | None:
    """Make an urgent case that nobody has called about an order of the line above the union that
    handles it: whoever is on call there is paged, and the order is called back and checked like any
    other. Twice is once. None where no line is, or the matter is settled by now: the union's own
    officers have been told when it was opened.
    """
    with protection.working("hotline.online"):
        case = (
            Case.objects.select_for_update(of=("self",))
            .select_related("handler", "item")
            .filter(pk=case_id, is_urgent=True)
            .first()
        )
        if case is None or not case.is_open or is_decoy(case):
            return None
        line = line_over(case)
        if line is None or WorkOrder.objects.filter(case=case).exists():
            return None
        topic = list_topics(line).filter(item_key=case.item.key).first()
        if topic is None:
            return None
        call = beginning.begin_call(
            line=line,
            channel=Channel.PORTAL,
            rang_at=case.opened_at,
            accused_ids=case.accused_ids,
            excluded_ids=case.excluded_ids,
        )
        calls.finish(call, Ending.HANDLED, now)
        urgent = document_of(case.snapshot_id).urgent
        order = intake.new_order(
            call,
            topic,
            urgent.kind if urgent else UrgentKind.DANGER,
            now,
            grade=topic.grade,
            way=Way.CASE,
            case=case,
            state=State.OPEN,
            accused_ids=case.accused_ids,
            excluded_ids=case.excluded_ids,
        )
        sealing.seal_json(order, "words", {})
        order.save(force_insert=True)
        audit.record(
            action="hotline.order_online",
            by=None,
            subject=f"hotline-call:{call.pk}",
            union_id=line.union_id,
        )
        intake.publish(order)
    return order


def line_over(case: Case) -> Line | None:
    """The open line nearest above the union that handles `case`."""
    above = Line.objects.filter(is_open=True, union__path__in=ancestor_paths(case.handler_path))
    return above.select_related("union__division").order_by("-union__depth").first()
