"""The worker's side: joining, the application, the membership, the card, the inbox."""

from niangjia.members.views.joining.applications import application, review, withdrawal
from niangjia.members.views.joining.cards import card, card_code, check, check_typed
from niangjia.members.views.joining.join import join, join_draft
from niangjia.members.views.joining.memberships import membership, mine, resignation
from niangjia.members.views.joining.notices import notice_reading, notices, notices_reading

__all__ = [
    "application",
    "card",
    "card_code",
    "check",
    "check_typed",
    "join",
    "join_draft",
    "membership",
    "mine",
    "notice_reading",
    "notices",
    "notices_reading",
    "resignation",
    "review",
    "withdrawal",
]
