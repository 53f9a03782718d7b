"""How claims come in, many at the same moment."""

from niangjia.allocation.doors.claims import claim_together, come_again
from niangjia.allocation.doors.gathering import Gatherer

__all__ = ["Gatherer", "claim_together", "come_again"]
