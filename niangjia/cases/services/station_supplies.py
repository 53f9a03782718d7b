"""What a station asked for and nobody answered: a case from within the union, ended with it."""

import datetime as dt
import uuid
from contextlib import suppress

from django.utils.translation import gettext as _

from niangjia.cases.models import Case, State, Way
from niangjia.cases.rules import station_supplies as rules
from niangjia.cases.selectors.items import access_offered
from niangjia.cases.services import locking, stopping
from niangjia.cases.services.opening import Asking, Matter, open_case
from niangjia.core import protection, transactions
from niangjia.core.errors import NotFound
from niangjia.places import services as places
from niangjia.places.models import SupplyRequest


@transactions.atomic
def open_for_station(*, request_id: uuid.UUID, now: dt.datetime) -> Case | None:
    """Open the case of a raised request, at the union that has such cases in the place of the
    station; it names nobody who asked. None where somebody answered meanwhile, the place has
    closed, there is one already, or the item is not offered there."""
    request = places.hold_uncared(request_id)
    if request is None:
        return None
    union = request.place.union
    matter = Matter(item_key=rules.ITEM, union=union, answers=rules.answers(request), way=Way.INNER)
    with suppress(NotFound):
        access_offered(rules.ITEM, union, to_officers=True)
        case = open_case(matter=matter, asking=Asking(), now=now).case
        places.note_case(request, case_id=case.pk, case_number=case.number, now=now)
        return case
    return None


@transactions.atomic
def stop_for_station(*, request_id: uuid.UUID, now: dt.datetime) -> bool:
    """The request has ended: its case is worked on no more. Says whether one was."""
    request = SupplyRequest.objects.get(pk=request_id)
    if request.case_id is None:
        return False
    words = _("The station was answered: %(state)s.") % {"state": request.get_state_display()}
    with protection.working("cases.station-supplies"):
        held = Case.objects.select_for_update(of=("self",)).select_related(*locking.RELATED)
        case = held.get(pk=request.case_id)
        is_running = case.state in (State.OPEN, State.PAUSED)
        if is_running:
            stopping.stop(case, words=words, now=now)
    return is_running


def answer_station(*, case_id: uuid.UUID, result: str, now: dt.datetime) -> bool:
    """The case has ended with `result`: what was asked for is there, or is not brought. One that
    was stopped, or goes on in another, answers nothing. Says whether a request ended."""
    if result in rules.MET:
        return places.end_with_case(case_id=case_id, refusal=None, now=now)
    refusal = rules.REFUSALS.get(result)
    return refusal is not None and places.end_with_case(case_id=case_id, refusal=refusal, now=now)
