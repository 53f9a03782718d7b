"""Taking figures out of the house."""

import datetime as dt
from collections.abc import Sequence

from niangjia.core import audit, protection, transactions
from niangjia.hotline.models import Line
from niangjia.hotline.selectors.statistics import Statistics, read_statistics
from niangjia.members.models import Account


@transactions.atomic
def export_statistics(
    *, by: Account, lines: Sequence[Line], since: dt.datetime, until: dt.datetime
) -> Statistics:
    """The statistics of `lines` as `by` may see them, for a sheet; that they were taken out, and
    for which period, is recorded."""
    with protection.viewing(account=by.pk):
        found = read_statistics(lines, account=by, since=since, until=until)
    for line in lines:
        audit.record(
            action="hotline.statistics_exported",
            by=by.pk,
            subject=f"hotline-line:{line.pk}",
            union_id=line.union_id,
            details={"since": since.isoformat(), "until": until.isoformat()},
        )
    return found
