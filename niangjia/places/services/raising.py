"""What nobody answers is raised: the union that may see to it has a case, whose end ends it.

The cases are of a room above. It hears `SuppliesUnanswered`, opens one and says so by `note_case`.
"""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.core import outbox, transactions
from niangjia.core.errors import Text
from niangjia.members.services.notices import notify_many
from niangjia.places import events
from niangjia.places.models import Asked, Place, State, SupplyRequest
from niangjia.places.models.requests import OPEN
from niangjia.places.rules import requests as rules
from niangjia.places.services.acting import record
from niangjia.places.services.answering import change, hold_request

MOST_AT_ONCE = 1_000


def raise_request(request: SupplyRequest, *, now: dt.datetime) -> None:
    """A held request is raised: it is written down, and news."""
    request.raised_at = now
    request.save(update_fields=["raised_at"])
    news = events.SuppliesUnanswered(place_id=request.place_id, request_id=request.pk)
    outbox.publish(news)


def raise_unanswered(*, now: dt.datetime) -> int:
    """Raise what nobody answered in time, each in a transaction of its own and once. Says how
    many."""
    waiting = SupplyRequest.objects.filter(state=Asked.ASKED, raised_at=None, due_at__lt=now)
    found = list(waiting.order_by("due_at").values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(raise_one(request_id=pk, now=now) for pk in found)


@transactions.atomic
def raise_one(*, request_id: uuid.UUID, now: dt.datetime) -> bool:
    """Raise one, unless it was answered or raised meanwhile, or its place has closed."""
    held = hold_request(request_id)
    is_waiting = held.state == Asked.ASKED and held.raised_at is None
    if not is_waiting or held.place.state == State.CLOSED:
        return False
    raise_request(held, now=now)
    return True


def hold_uncared(request_id: uuid.UUID) -> SupplyRequest | None:
    """A raised request, held, that nobody has answered still and that has no case; None once it
    was answered, has its case, or its place has closed."""
    held = hold_request(request_id)
    is_uncared = held.state == Asked.ASKED and held.raised_at is not None and held.case_id is None
    return held if is_uncared and held.place.state != State.CLOSED else None


def note_case(
    request: SupplyRequest, *, case_id: uuid.UUID, case_number: str, now: dt.datetime
) -> None:
    """A held request has its case from now on; whoever asked is told that it is seen to."""
    request.case_id, request.case_number, request.changed_at = case_id, case_number, now
    request.save(update_fields=["case_id", "case_number", "changed_at"])
    notify_many(
        accounts=[each.account for each in request.askers.select_related("account")],
        kind="place.supply_raised",
        facts={"name": request.place.name, "what": request.what},
        url=f"/places/{request.place.code}/",
        now=now,
    )
    record(request.place, None, "supplies-raised", {"request": str(request.pk)})


@transactions.atomic
def end_with_case(*, case_id: uuid.UUID, refusal: Text | None, now: dt.datetime) -> bool:
    """The case of a request has ended: what was asked for is there, or is not brought, with the
    reason. Says whether there was such a request, still open."""
    found = SupplyRequest.objects.filter(case_id=case_id, state__in=OPEN).first()
    if found is None:
        return False
    held = hold_request(found.pk)
    if not held.is_open:
        return False
    end(held, refusal, now=now)
    return True


def end_of_closed(*, place_id: uuid.UUID, now: dt.datetime) -> int:
    """A place has closed for good: nothing is brought there any more. Says how many had waited."""
    place = Place.objects.get(pk=place_id)
    waiting = SupplyRequest.objects.filter(place=place, state__in=OPEN)
    return sum(end_one(pk, place.close_reason, now) for pk in waiting.values_list("pk", flat=True))


@transactions.atomic
def end_one(request_id: uuid.UUID, reason: str, now: dt.datetime) -> bool:
    """End one of a closed place, unless it has ended."""
    held = hold_request(request_id)
    if not held.is_open:
        return False
    end(held, _("This place has closed: %(reason)s") % {"reason": reason}, now=now)
    return True


def end(held: SupplyRequest, refusal: Text | None, *, now: dt.datetime) -> None:
    """A held request has come, or is not brought for a reason."""
    if refusal is None:
        change(held, Asked.ARRIVED, now, expected_date=None)
    else:
        reason = str(refusal)[: rules.LONGEST_REASON]
        change(held, Asked.DECLINED, now, reason=reason, expected_date=None)
