"""How pages and operations of this room, and of those above it, let people in.

Which post entitles to what is said in `rules.permissions`; here it is asked of each request.
"""

from niangjia.members.doors.asking import address_of, signed_in, visitor_or_account
from niangjia.members.doors.operations import account_of, posts_for
from niangjia.members.doors.pages import OfficerRequest, officer_page

__all__ = [
    "OfficerRequest",
    "account_of",
    "address_of",
    "officer_page",
    "posts_for",
    "signed_in",
    "visitor_or_account",
]
