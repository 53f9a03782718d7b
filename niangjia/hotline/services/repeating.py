"""Calls about the same matter: proposed for linking, and a person decides."""

import datetime as dt
import uuid

from niangjia.cases.models import FoundBy, LinkKind
from niangjia.cases.services.linking import propose_link
from niangjia.core import protection, transactions
from niangjia.hotline.selectors.repeats import find_repeats
from niangjia.hotline.services import history


@transactions.atomic
def propose_repeats(*, order_id: uuid.UUID, now: dt.datetime) -> int:
    """Propose the earlier orders that a new one may repeat: from the same number, or about the same
    employer and topic within days; says how many."""
    with protection.working("hotline.repeats"):
        order = history.lock_at_work(pk=order_id)
        if order is None or order.case_id is None:
            return 0
        found = find_repeats(order)
        for earlier, is_same_caller in found:
            if earlier.case_id is not None:
                propose_link(
                    case_id=order.case_id,
                    other_id=earlier.case_id,
                    kind=LinkKind.DUPLICATE if is_same_caller else LinkKind.RELATED,
                    found_by=FoundBy.CALL,
                    now=now,
                )
        return len(found)
