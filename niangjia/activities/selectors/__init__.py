"""Reads: `access_x` fetches or raises, `find_x` may be None, `list_x` is a queryset."""

from niangjia.activities.selectors.finding import Criteria, find_activities, may_see
from niangjia.activities.selectors.planning import access_activity, list_activities
from niangjia.activities.selectors.sign_ups import (
    access_own,
    find_live,
    list_coming,
    list_of_run,
    list_own,
)

__all__ = [
    "Criteria",
    "access_activity",
    "access_own",
    "find_activities",
    "find_live",
    "list_activities",
    "list_coming",
    "list_of_run",
    "list_own",
    "may_see",
]
