"""Where one can go: the portal's tabs and the desk's rooms. Only what is built is listed."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Item:
    """One entry: the name of its address, its Lucide icon and its label."""

    url_name: str
    icon: str
    label: str | Promise

    @property
    def url(self) -> str:
        """Its address, or nothing while its room is not mounted."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""


FIND = Item("organisations:find", "search", _("Find a union"))

PORTAL = (
    Item("web:home", "house", _("Home")),
    FIND,
    Item("web:nation", "chart-column", _("Figures")),
    Item("members:mine", "user-round", _("Mine")),
)

#: What one can do here: at most eight, on the home page.
SERVICES = (
    Item("organisations:find", "search", _("Find a union")),
    Item("members:mine", "id-card", _("My membership")),
    Item("members:card", "qr-code", _("Member card")),
    Item("members:notices", "bell", _("Notices")),
    Item("members:privacy", "shield-check", _("My data")),
    Item("web:nation", "chart-column", _("National figures")),
)

DESK = (
    Item("members:desk", "inbox", _("Inbox")),
    Item("members:look_up", "user-search", _("Members")),
    Item("members:tree", "network", _("Unions")),
    Item("members:posts", "id-card", _("Posts")),
    Item("web:nation", "chart-column", _("Figures")),
)


def built(items: tuple[Item, ...]) -> list[Item]:
    """Those whose rooms are mounted."""
    return [item for item in items if item.url]


def current(items: tuple[Item, ...], path: str) -> str:
    """The address among these entries that a page lies under, the longest first; else nothing."""
    under = [item.url for item in built(items) if path == item.url or is_under(path, item.url)]
    return max(under, key=len, default="")


def is_under(path: str, url: str) -> bool:
    """Whether a page lies below another; everything lies below home, so home does not count."""
    return len(url) > 1 and path.startswith(url)
