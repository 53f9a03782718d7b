"""Cases of many people: opening a group, joining it, choosing who speaks, leaving it."""

from niangjia.cases.services.groups.electing import (
    nominate,
    record_voices,
    say_voice,
    stand,
    step_down,
)
from niangjia.cases.services.groups.entering import EnteredMember, enter_members
from niangjia.cases.services.groups.hearing import set_member_texts
from niangjia.cases.services.groups.joining import Joined, join_group
from niangjia.cases.services.groups.leaving import leave_group, remove_member
from niangjia.cases.services.groups.opening import open_group, open_own_group
from niangjia.cases.services.groups.reading import GroupPart, read_group, read_part
from niangjia.cases.services.groups.speaking import speak_for_group

__all__ = [
    "EnteredMember",
    "GroupPart",
    "Joined",
    "enter_members",
    "join_group",
    "leave_group",
    "nominate",
    "open_group",
    "open_own_group",
    "read_group",
    "read_part",
    "record_voices",
    "remove_member",
    "say_voice",
    "set_member_texts",
    "speak_for_group",
    "stand",
    "step_down",
]
