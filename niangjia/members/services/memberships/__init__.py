"""Memberships: made, moved, rested, woken, corrected, ended."""

from niangjia.members.services.memberships.changes import (
    end_membership,
    reserve_membership,
    resign,
    restore_membership,
)
from niangjia.members.services.memberships.correcting import (
    check_correction,
    correct_membership,
)
from niangjia.members.services.memberships.moving import hold_members, place_member
from niangjia.members.services.memberships.paper import register_paper_member
from niangjia.members.services.memberships.workplaces import say_workplace

__all__ = [
    "check_correction",
    "correct_membership",
    "end_membership",
    "hold_members",
    "place_member",
    "register_paper_member",
    "reserve_membership",
    "resign",
    "restore_membership",
    "say_workplace",
]
