"""What every answer to a request for supplies begins and ends with."""

import datetime as dt
import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.core import outbox
from niangjia.core.errors import Conflict
from niangjia.members.services.notices import notify_many
from niangjia.places import events
from niangjia.places.models import Asked, SupplyRequest
from niangjia.places.services.watching import keepers_of


def hold_request(request_id: uuid.UUID) -> SupplyRequest:
    """A request with its place, held until the transaction ends."""
    held = SupplyRequest.objects.select_for_update(of=("self",))
    return held.select_related("place__union__division").get(pk=request_id)


def still_open(found: SupplyRequest) -> SupplyRequest:
    """The request, held. Raises `Conflict` for one that has ended."""
    fresh = hold_request(found.pk)
    if not fresh.is_open:
        raise Conflict(
            _("This has ended: “%(state)s”.") % {"state": fresh.get_state_display()},
            code="request-ended",
        )
    return fresh


def change(found: SupplyRequest, state: Asked, now: dt.datetime, **fields: object) -> SupplyRequest:
    """Take a request to `state`, and tell who asked and who keeps the place."""
    found.state, found.changed_at = state, now
    for name, value in fields.items():
        setattr(found, name, value)
    found.save()
    if not found.is_open:
        outbox.publish(events.SuppliesEnded(place_id=found.place_id, request_id=found.pk))
    askers = [each.account for each in found.askers.select_related("account")]
    people = {each.pk: each for each in (*askers, *keepers_of(found.place))}
    notify_many(
        accounts=people.values(),
        kind=f"place.supply_{state}",
        facts={"name": found.place.name, "what": found.what, "reason": found.reason},
        url=f"/places/{found.place.code}/",
        now=now,
    )
    return found
