"""Reads: `access_x` fetches or raises, `find_x` may be None, `list_x` is a queryset."""

from niangjia.members.selectors.applications import (
    access_application,
    draft_answers,
    find_open_application,
    list_applications,
    list_steps,
)
from niangjia.members.selectors.codes import find_code
from niangjia.members.selectors.consents import current_consents, has_consented, list_consents
from niangjia.members.selectors.memberships import find_membership, list_changes
from niangjia.members.selectors.notices import list_notices, unread_count
from niangjia.members.selectors.posts import (
    access_acting_post,
    current_posts,
    find_acting_post,
    reaches,
)
from niangjia.members.selectors.views_of_data import list_views_of_data, names_of_unions

__all__ = [
    "access_acting_post",
    "access_application",
    "current_consents",
    "current_posts",
    "draft_answers",
    "find_acting_post",
    "find_code",
    "find_membership",
    "find_open_application",
    "has_consented",
    "list_applications",
    "list_changes",
    "list_consents",
    "list_notices",
    "list_steps",
    "list_views_of_data",
    "names_of_unions",
    "reaches",
    "unread_count",
]
