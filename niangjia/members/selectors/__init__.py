"""Reads: `access_x` fetches or raises, `find_x` may be None, `list_x` is a queryset."""

from niangjia.members.selectors.consents import current_consents, has_consented, list_consents
from niangjia.members.selectors.posts import (
    access_acting_post,
    current_posts,
    find_acting_post,
    reaches,
)

__all__ = [
    "access_acting_post",
    "current_consents",
    "current_posts",
    "find_acting_post",
    "has_consented",
    "list_consents",
    "reaches",
]
