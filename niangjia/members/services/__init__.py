"""Every use case of this room that writes. One module an area; callers import the package."""

from niangjia.members.services.accounts import create_account
from niangjia.members.services.consents import give_consent, withdraw_consent
from niangjia.members.services.identity import identify_person
from niangjia.members.services.posts import appoint_post, end_post

__all__ = [
    "appoint_post",
    "create_account",
    "end_post",
    "give_consent",
    "identify_person",
    "withdraw_consent",
]
