"""What every page's frame knows. Nothing is asked of the database until a template asks."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from niangjia.web import display, navigation, selectors


class Frame:
    """The frame around one page for one person."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def display(self) -> display.Display:
        """Elder mode and colours."""
        return display.Display.parse(self.request.COOKIES.get(display.COOKIE, ""))

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
    def path(self) -> str:
        """Where this page lies, to come back to after a switch."""
        return self.request.get_full_path()

    @property
    def portal(self) -> tuple[navigation.Item, ...]:
        """The portal's tabs."""
        return navigation.PORTAL

    @property
    def desk(self) -> tuple[navigation.Item, ...]:
        """The desk's rooms."""
        return navigation.DESK

    @property
    def demo(self) -> bool:
        """Whether this node shows made-up data."""
        return bool(settings.DEMO)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` in every template."""
    return {"frame": Frame(request)}
