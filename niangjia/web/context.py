"""What every page's frame knows. Nothing is asked of the database until a template asks.

The parts of the frame are the same for everybody who sees them under the same circumstances, so
each is rendered once for each circumstance (`Seen`) and kept: what a page costs is its own content.
"""

from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from niangjia.regions import selectors as regions
from niangjia.regions.models import Division
from niangjia.regions.rules import places
from niangjia.web import navigation, selectors, styles
from niangjia.web.display import COOKIE, Display

MOST_PARTS = 1024


@dataclass(frozen=True)
class Seen:
    """All that a part of the frame depends on. Holds nothing personal but a count."""

    lang: str
    display: Display
    current: str = ""
    unread: int = 0
    has_post: bool = False
    roles: frozenset[str] = frozenset()
    demo: bool = False
    face: str = ""
    place: str = ""


@lru_cache(MOST_PARTS)
def part(name: str, seen: Seen) -> SafeString:
    """One part of the frame as seen under these circumstances, in the language now active."""
    context: dict[str, Any] = {field.name: getattr(seen, field.name) for field in fields(seen)}
    context["sheets"] = styles.sheets(seen.face, joined=settings.STYLES_JOINED)
    context["tabs"] = navigation.PORTAL
    context["rooms"] = navigation.rooms(seen.roles)
    return mark_safe(render_to_string(f"web/frame/{name}.html", context))  # noqa: S308


class Frame:
    """The frame around one page for one person."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def display(self) -> Display:
        """Elder mode and colours."""
        return Display.parse(self.request.COOKIES.get(COOKIE, ""))

    @cached_property
    def lang(self) -> str:
        """The page's language as HTML wants it."""
        return "zh-Hans" if translation.get_language() == "zh-hans" else "en"

    @cached_property
    def viewer(self) -> selectors.Viewer | None:
        """Who is looking, or None for a visitor. One query, and none for a visitor."""
        user = getattr(self.request, "user", None)
        return selectors.find_viewer(user.pk) if user and user.is_authenticated else None

    @cached_property
    def place_code(self) -> str:
        """The code of the place chosen, else of a member's union; the country's for whoever wants
        the whole of it; nothing for whoever has said nothing."""
        viewer = self.viewer
        own = viewer.place_code if viewer else ""
        return places.chosen_code(self.request.COOKIES) or own

    @cached_property
    def place(self) -> Division | None:
        """Where pages begin. No query but the first for each place in a while."""
        return regions.find_place(self.place_code)

    @property
    def begins_at(self) -> tuple[str, str]:
        """The code of the place and its name as shown; nothing twice for one that is none."""
        return (self.place_code, self.place_name) if self.place_name else ("", "")

    @property
    def place_name(self) -> str:
        """What the switcher says: a short name, as there is little room."""
        if self.place:
            return self.place.short_name
        return gettext("Whole country") if self.place_code == places.EVERYWHERE else ""

    @property
    def product(self) -> str:
        """The name of the product."""
        return gettext("Niangjia")

    def part(self, name: str, **circumstances: Any) -> SafeString:
        """A part of the frame for this page."""
        return part(name, Seen(lang=self.lang, display=self.display, **circumstances))

    @property
    def portal_styles(self) -> SafeString:
        """Style sheets and scripts of the portal."""
        return self.part("styles", face="portal")

    @property
    def desk_styles(self) -> SafeString:
        """Style sheets and scripts of the desk."""
        return self.part("styles", face="desk")

    @property
    def portal_top(self) -> SafeString:
        """The bar at the top and the tabs at the thumb."""
        viewer = self.viewer
        return self.part(
            "portal_top",
            current=navigation.current(navigation.PORTAL, self.request.path),
            unread=viewer.unread if viewer else 0,
            has_post=bool(viewer and viewer.has_post),
            place=self.place_name,
        )

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles of whoever is at the desk; its pages put the posts on the request."""
        return frozenset(post.role for post in getattr(self.request, "posts", ()))

    @property
    def officer_name(self) -> str:
        """Who is at the desk: known with their posts, so that the desk asks for nobody."""
        return next((post.holder for post in getattr(self.request, "posts", ())), None) or ""

    @property
    def officer_post(self) -> str:
        """For which union they are at it and as what: the highest post, and how many more."""
        posts = getattr(self.request, "posts", ())
        if not posts:
            return ""
        highest, *more = posts
        said = f"{highest.union.name} · {highest.get_role_display()}"
        if not more:
            return said
        return ngettext(
            "%(post)s and %(count)s more post", "%(post)s and %(count)s more posts", len(more)
        ) % {"post": said, "count": len(more)}

    @property
    def desk_links(self) -> SafeString:
        """The desk's rooms that this officer may use, as entries of a list."""
        return self.part("desk_links", roles=self.roles)

    @property
    def desk_nav(self) -> SafeString:
        """The same as the desk's navigation."""
        current = navigation.current(navigation.DESK, self.request.path)
        return self.part("desk_nav", current=current, roles=self.roles)

    @property
    def display_form(self) -> SafeString:
        """The switches of language, colours and elder mode."""
        return self.part("display_form")

    @property
    def foot(self) -> SafeString:
        """The foot of the portal."""
        return self.part("foot", demo=settings.DEMO)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` in every template."""
    return {"frame": Frame(request)}
