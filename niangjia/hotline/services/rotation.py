"""Wrapping the keys of calls and orders anew under today's envelope key."""

from niangjia.cases.services.rotation import rewrap
from niangjia.core.crypto import rotation
from niangjia.hotline.models import Call, WorkOrder
from niangjia.hotline.services import sealing


@rotation.also_rotate
def rewrap_keys() -> int:
    """Every key of a call or an order; says how many were written."""
    return rewrap(Call, sealing.context_of) + rewrap(WorkOrder, sealing.context_of)
