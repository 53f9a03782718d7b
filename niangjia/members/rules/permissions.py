"""What each role may do. A table, so that it can be read, printed and tested as one."""

from enum import StrEnum

from niangjia.members.models import Role


class Action(StrEnum):
    """Something an officer does. Every officers' page and operation names exactly one."""

    BROWSE = "browse"
    """See the desk, the tree and its figures."""
    DECIDE_APPLICATIONS = "decide_applications"
    LOOK_UP_MEMBERS = "look_up_members"
    CHANGE_MEMBERSHIPS = "change_memberships"
    CHECK_CARDS = "check_cards"
    EDIT_UNION = "edit_union"
    FOUND_UNIONS = "found_unions"
    """Found a union below: the upper union approves (Trade Union Law, Article 12)."""
    CONFIRM_UNIONS = "confirm_unions"
    """Approve the election of a union being founded: the upper union's act, as founding is."""
    MOVE_UNIONS = "move_unions"
    """Move or dissolve a union: the upper union's act (Trade Union Law, Articles 12 and 13)."""
    APPOINT_POSTS = "appoint_posts"
    RECTIFY = "rectify"
    """Put right what was rated badly, and review how those below did."""
    CALL_BACK = "call_back"
    """Call back whoever rated badly."""
    EDIT_CALENDAR = "edit_calendar"
    """Enter days off: the country's at the root, a province's own at its federation."""
    HANDLE_CASES = "handle_cases"
    """See the cases within reach, open them for their work, take their steps."""
    DECIDE_CASES = "decide_cases"
    """Take the steps that grant or refuse, assign, transfer, take over."""
    EDIT_SERVICES = "edit_services"
    """Draft, publish and retire service items, or what is different about them here."""
    KEEP_SEAL = "keep_seal"
    """Say what stands on the union's letters: its mark, its seal."""
    ANSWER_HOTLINE = "answer_hotline"
    """Take calls on 12351 and messages, and turn them into cases."""
    SHARE_OUT = "share_out"
    """Draw lots for what a union shares out, and keep the doors where it is handed over."""
    RUN_ACTIVITIES = "run_activities"
    """Plan and publish activities, see who signed up, and note who came."""
    KEEP_PLACES = "keep_places"
    """List stations and other places, say when they are open, answer what people report."""
    GIVE_BENEFITS = "give_benefits"
    """Give benefits from the union's budget, contract merchants, settle with them."""


#: The keeper of a node arranges unions and posts but reads nobody's personal data; an analyst sees
#: figures only; personal data is for those who answer workers.
MAY: dict[Role, frozenset[Action]] = {
    Role.CHAIR: frozenset(Action),
    Role.MEMBERSHIP_OFFICER: frozenset(
        {
            Action.BROWSE,
            Action.DECIDE_APPLICATIONS,
            Action.LOOK_UP_MEMBERS,
            Action.CHANGE_MEMBERSHIPS,
            Action.CHECK_CARDS,
            Action.SHARE_OUT,
            Action.RUN_ACTIVITIES,
            Action.KEEP_PLACES,
            Action.GIVE_BENEFITS,
        }
    ),
    Role.CASE_OFFICER: frozenset(
        {
            Action.BROWSE,
            Action.HANDLE_CASES,
            Action.RECTIFY,
            Action.CALL_BACK,
            Action.SHARE_OUT,
        }
    ),
    Role.STAND_IN: frozenset(
        {
            Action.BROWSE,
            Action.HANDLE_CASES,
            Action.DECIDE_CASES,
            Action.RECTIFY,
            Action.CALL_BACK,
        }
    ),
    Role.HOTLINE_AGENT: frozenset(
        {Action.BROWSE, Action.HANDLE_CASES, Action.ANSWER_HOTLINE, Action.CALL_BACK}
    ),
    Role.ANALYST: frozenset({Action.BROWSE}),
    Role.ADMINISTRATOR: frozenset(
        {
            Action.BROWSE,
            Action.EDIT_SERVICES,
            Action.EDIT_UNION,
            Action.FOUND_UNIONS,
            Action.CONFIRM_UNIONS,
            Action.MOVE_UNIONS,
            Action.APPOINT_POSTS,
            Action.EDIT_CALENDAR,
        }
    ),
}

#: What only a post at an upper union entitles to: nobody confirms, moves or dissolves their own.
FROM_ABOVE_ONLY = frozenset({Action.CONFIRM_UNIONS, Action.MOVE_UNIONS})

#: Those who work under a chair.
_STAFF = frozenset({Role.MEMBERSHIP_OFFICER, Role.CASE_OFFICER, Role.HOTLINE_AGENT, Role.ANALYST})

#: A chair is elected and the result approved by the union above; a keeper is set by the one above
#: (Trade Union Law, Articles 10 and 12). A union's own chair picks the staff who work under them.
_FROM_ABOVE: dict[Role, frozenset[Role]] = {
    Role.CHAIR: _STAFF | {Role.CHAIR},
    Role.ADMINISTRATOR: frozenset(Role) - {Role.STAND_IN},
}
_AT_HOME: dict[Role, frozenset[Role]] = {
    Role.CHAIR: _STAFF,
    Role.ADMINISTRATOR: frozenset({Role.ANALYST}),
}


def may(role: Role | str, action: Action) -> bool:
    """Whether a post in `role` entitles to `action` within its reach."""
    return action in MAY[Role(role)]


def may_appoint(role: Role | str, to: Role | str, *, from_above: bool) -> bool:
    """Whether a post in `role` may appoint to (and end a post in) the role `to`.

    `from_above`: the post is at a union above the one appointed to; otherwise at the same union.
    """
    table = _FROM_ABOVE if from_above else _AT_HOME
    return Role(to) in table.get(Role(role), frozenset())


def appointable(role: Role | str, *, from_above: bool) -> frozenset[Role]:
    """The roles that `may_appoint` allows, for offering them."""
    return (_FROM_ABOVE if from_above else _AT_HOME).get(Role(role), frozenset())
