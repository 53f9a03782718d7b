"""What every service about an activity begins and ends with."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from niangjia.activities.models import Activity, Run
from niangjia.core import audit
from niangjia.core.errors import Invalid, Text
from niangjia.members.models import Post


def hold(activity_id: uuid.UUID) -> Activity:
    """An activity, held until the transaction ends."""
    held = Activity.objects.select_for_update(of=("self",))
    return held.select_related("union", "seen_by", "open_to").get(pk=activity_id)


def hold_run(run_id: uuid.UUID) -> Run:
    """A run of an activity, held with it until the transaction ends."""
    activity = hold(Run.objects.values_list("activity_id", flat=True).get(pk=run_id))
    run = Run.objects.select_for_update(of=("self",)).select_related("pool").get(pk=run_id)
    run.activity = activity
    return run


def refuse(problems: Mapping[str, Text]) -> None:
    """Raise `Invalid` beside the fields that have a problem, if any has."""
    if problems:
        raise Invalid(_("Some places need another look."), fields=problems)


def record(
    activity: Activity, by: Post | None, what: str, details: Mapping[str, Any] | None = None
) -> None:
    """An entry of the audit chain about an activity."""
    audit.record(
        action=f"activity.{what}",
        by=by.account_id if by else None,
        subject=f"activity:{activity.pk}",
        union_id=activity.union_id,
        details=details,
    )
