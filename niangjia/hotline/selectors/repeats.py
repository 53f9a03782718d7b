"""Earlier orders that a new one may repeat."""

import datetime as dt

from niangjia.hotline.models import WorkOrder
from niangjia.organisations.selectors.employers import kin

#: The same number about the same topic, and several about the same employer and topic.
SAME_CALLER, SAME_MATTER = dt.timedelta(days=90), dt.timedelta(days=14)
MOST = 5


def find_repeats(order: WorkOrder) -> list[tuple[WorkOrder, bool]]:
    """The newest few earlier orders of the line with a case that may be the same matter as `order`,
    and whether the same number called. As background work: what it finds is proposed to officers
    who see both, and told to nobody. Three queries at most."""
    earlier = (
        WorkOrder.objects.filter(line=order.line_id, case__isnull=False, pk__lt=order.pk)
        .exclude(case=order.case_id)
        .order_by("-id")
    )
    found: dict[WorkOrder, bool] = {}
    if order.call.number_digest:
        same = earlier.filter(
            call__number_digest=order.call.number_digest,
            topic=order.topic_id,
            opened_at__gt=order.opened_at - SAME_CALLER,
        )
        found |= dict.fromkeys(same[:MOST], True)
    if order.accused_ids:
        same = earlier.filter(
            accused_ids__overlap=list(kin(order.accused_ids)),
            topic=order.topic_id,
            opened_at__gt=order.opened_at - SAME_MATTER,
        )
        found |= {each: False for each in same[:MOST] if each not in found}
    return list(found.items())[:MOST]
