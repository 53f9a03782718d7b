"""Looking at what people told us: recorded, with the purpose."""

from niangjia.activities.models import Run
from niangjia.core import audit, transactions
from niangjia.members.models import Post


@transactions.atomic
def look_at_list(*, by: Post, run: Run) -> None:
    """An officer reads who comes: one entry for the list."""
    audit.record(
        action="activity.list-seen",
        by=by.account_id,
        subject=f"run:{run.pk}",
        union_id=run.activity.union_id,
        purpose="activity",
    )
