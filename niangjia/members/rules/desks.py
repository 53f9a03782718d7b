"""Where an officer's day begins: the rooms above say which page is whose."""

from collections.abc import Collection

from niangjia.members.rules.permissions import Action, may

#: What one may do → the name of the page where it is done; the room that said so last comes first.
first_pages: dict[Action, str] = {}


def begins_at(action: Action, url_name: str) -> None:
    """Whoever may do `action` begins at the page `url_name`, unless a later room has work for them.
    For `AppConfig.ready`, which runs from the lowest room to the highest."""
    first_pages[action] = url_name


def first_page(roles: Collection[str]) -> str:
    """The name of the page where somebody with these roles begins; the tree, for whoever only
    looks."""
    for action, url_name in reversed(first_pages.items()):
        if any(may(role, action) for role in roles):
            return url_name
    return "members:tree"
