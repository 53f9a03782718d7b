"""Where one can go: the portal's tabs and the desk's rooms. Only what is built is listed."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.members.rules.permissions import Action, may


@dataclass(frozen=True)
class Item:
    """One entry: the name of its address, its Lucide icon, its label, what one must be entitled to
    for it, and where else its pages lie, if they do."""

    url_name: str
    icon: str
    label: str | Promise
    action: Action | None = None
    also: str = ""

    @property
    def url(self) -> str:
        """Its address."""
        return address(self.url_name)

    @property
    def urls(self) -> list[str]:
        """Where its pages lie."""
        return [address(name) for name in (self.url_name, self.also) if name]


@cache
def address(url_name: str) -> str:
    """The address of a page without parameters: the same at every request."""
    return reverse(url_name)


PORTAL = (
    Item("web:home", "house", _("Home")),
    Item("activities:find", "calendar-days", _("Activities")),
    Item("cases:catalogue", "hand-heart", _("Services")),
    Item("places:find", "map-pin", _("Stations")),
    Item("members:mine", "user-round", _("Mine")),
)

#: What one can do here: at most eight, on the home page.
SERVICES = (
    Item("organisations:find", "search", _("Find a union")),
    Item("cases:catalogue", "hand-heart", _("Ask for help")),
    Item("hotline:hotline", "headset", _("12351 hotline")),
    Item("benefits:benefits", "gift", _("Benefits")),
    Item("members:card", "qr-code", _("Member card")),
    Item("cases:mine", "folder-open", _("My cases")),
    Item("members:notices", "bell", _("Notices")),
    Item("feedback:mine", "star", _("My ratings")),
)

DESK = (
    Item("members:desk", "inbox", _("Inbox"), Action.DECIDE_APPLICATIONS),
    Item("cases:queue", "folder-open", _("Cases"), Action.HANDLE_CASES),
    Item("cases:letters", "stamp", _("Letters"), Action.HANDLE_CASES),
    Item("hotline:desk", "headset", _("Hotline"), Action.ANSWER_HOTLINE),
    Item("hotline:statistics", "chart-line", _("Hotline figures"), Action.BROWSE),
    Item(
        "activities:desk",
        "calendar-days",
        _("Activities"),
        Action.RUN_ACTIVITIES,
        also="allocation:desk_gates",
    ),
    Item("places:desk", "map-pin", _("Stations"), Action.KEEP_PLACES),
    Item("cases:items", "library", _("Catalogue"), Action.EDIT_SERVICES),
    Item("benefits:desk_benefits", "gift", _("Benefits"), Action.GIVE_BENEFITS),
    Item("feedback:orders", "star", _("Ratings"), Action.RECTIFY),
    Item("allocation:desk_draws", "dices", _("Draws"), Action.SHARE_OUT),
    Item("members:look_up", "user-search", _("Members"), Action.LOOK_UP_MEMBERS),
    Item("members:tree", "network", _("Unions"), Action.BROWSE),
    Item("members:posts", "id-card", _("Posts"), Action.APPOINT_POSTS),
    Item("members:calendar", "calendar-days", _("Calendar"), Action.EDIT_CALENDAR),
    Item("web:nation", "chart-column", _("Figures")),
)


def rooms(roles: Collection[str]) -> list[Item]:
    """The desk's rooms that somebody with these roles may use."""
    return [
        item
        for item in DESK
        if item.action is None or any(may(role, item.action) for role in roles)
    ]


def current(items: Collection[Item], path: str) -> str:
    """The address among these entries that a page lies under, the longest first; else nothing."""
    lies = ((url, item.url) for item in items for url in item.urls if is_at(path, url))
    return max(lies, key=lambda found: len(found[0]), default=("", ""))[1]


def is_at(path: str, url: str) -> bool:
    """Whether a page is another or lies below it; everything lies below home, so of home only
    home itself."""
    return path == url or (len(url) > 1 and path.startswith(url))
