"""Taking figures out of the house."""

import datetime as dt

from niangjia.core import audit, protection, transactions
from niangjia.hotline.models import Line
from niangjia.hotline.selectors.statistics import Statistics, read_statistics
from niangjia.members.models import Account


@transactions.atomic
def export_statistics(
    *, by: Account, line: Line, since: dt.datetime, until: dt.datetime
) -> Statistics:
    """The statistics of a line as `by` may see them, for a sheet; that they were taken out, and for
    which period, is recorded."""
    with protection.viewing(account=by.pk):
        found = read_statistics(line, account=by, since=since, until=until)
    audit.record(
        action="hotline.statistics_exported",
        by=by.pk,
        subject=f"hotline-line:{line.pk}",
        union_id=line.union_id,
        details={"since": since.isoformat(), "until": until.isoformat()},
    )
    return found
