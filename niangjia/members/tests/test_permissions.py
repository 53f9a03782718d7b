"""The table of roles and actions, row by row."""

import pytest

from niangjia.members.models import Role
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action

PERSONAL = {Action.DECIDE_APPLICATIONS, Action.LOOK_UP_MEMBERS, Action.CHANGE_MEMBERSHIPS}
GOVERNING = {Action.EDIT_UNION, Action.FOUND_UNIONS, Action.MOVE_UNIONS, Action.APPOINT_POSTS}


def test_every_role_has_a_row():
    assert set(permissions.MAY) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_every_officer_may_browse(role):
    assert permissions.may(role, Action.BROWSE)


@pytest.mark.parametrize(
    ("role", "personal", "governing"),
    [
        (Role.CHAIR, True, True),
        (Role.MEMBERSHIP_OFFICER, True, False),
        (Role.CASE_OFFICER, False, False),
        (Role.HOTLINE_AGENT, False, False),
        (Role.STAND_IN, False, False),
        (Role.ANALYST, False, False),
        (Role.ADMINISTRATOR, False, True),
    ],
)
def test_personal_data_and_government_are_separate(role, personal, governing):
    assert {permissions.may(role, action) for action in PERSONAL} == {personal}
    assert {permissions.may(role, action) for action in GOVERNING} == {governing}


@pytest.mark.parametrize(
    ("by", "to", "at_home", "from_above"),
    [
        (Role.CHAIR, Role.CHAIR, False, True),
        (Role.CHAIR, Role.MEMBERSHIP_OFFICER, True, True),
        (Role.CHAIR, Role.CASE_OFFICER, True, True),
        (Role.CHAIR, Role.HOTLINE_AGENT, True, True),
        (Role.CHAIR, Role.ANALYST, True, True),
        (Role.CHAIR, Role.ADMINISTRATOR, False, False),
        (Role.ADMINISTRATOR, Role.ADMINISTRATOR, False, True),
        (Role.ADMINISTRATOR, Role.CHAIR, False, True),
        (Role.ADMINISTRATOR, Role.MEMBERSHIP_OFFICER, False, True),
        (Role.MEMBERSHIP_OFFICER, Role.ANALYST, False, False),
        (Role.ADMINISTRATOR, Role.STAND_IN, False, False),
        (Role.CHAIR, Role.STAND_IN, False, False),
        (Role.ANALYST, Role.ANALYST, False, False),
    ],
)
def test_who_may_appoint_to_what(by, to, at_home, from_above):
    assert permissions.may_appoint(by, to, from_above=False) is at_home
    assert permissions.may_appoint(by, to, from_above=True) is from_above


def test_whoever_may_appoint_has_the_action():
    for role in Role:
        offered = permissions.appointable(role, from_above=True)
        assert bool(offered) is permissions.may(role, Action.APPOINT_POSTS)
