"""Taking figures out of the house."""

from niangjia.core import audit, transactions
from niangjia.core.periods import Period
from niangjia.hotline.selectors.statistics import Statistics, read_statistics
from niangjia.members.models import Account
from niangjia.organisations.models import Union


@transactions.atomic
def export_statistics(*, by: Account, union: Union, period: Period, is_exact: bool) -> Statistics:
    """The statistics of `union` as `by` is told them, for a sheet; that they were taken out, and
    for which period, is recorded."""
    found = read_statistics(union, period, account=by, is_exact=is_exact)
    audit.record(
        action="hotline.statistics_exported",
        by=by.pk,
        subject=f"union:{union.pk}",
        union_id=union.pk,
        details={"since": period.since.isoformat(), "until": period.last.isoformat()},
    )
    return found
