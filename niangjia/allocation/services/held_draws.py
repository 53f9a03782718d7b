"""A draw under the lock of its pool."""

import uuid

from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import Draw
from niangjia.allocation.services.ledger import Held, hold
from niangjia.core import audit
from niangjia.core.errors import NotFound
from niangjia.members.models import Post


def held_draw(draw_id: uuid.UUID) -> tuple[Draw, Held]:
    """A draw and its pool, both locked: the stock first, as everywhere. Raises `NotFound`."""
    found = Draw.objects.filter(pk=draw_id).values_list("pool_id", flat=True).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    held = hold(found)
    return Draw.objects.select_for_update(of=("self",)).select_related("union").get(
        pk=draw_id
    ), held


def note(action: str, draw: Draw, by: Post | None, details: dict[str, object]) -> None:
    audit.record(
        action=action,
        by=by.account_id if by else None,
        subject=f"draw:{draw.pk}",
        union_id=draw.union_id,
        details=details,
    )
