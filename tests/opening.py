"""Every page and file of the site, and who opens it: what each asks of the database is counted."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.cache import caches
from django.test import Client
from django.urls import URLPattern, reverse

from niangjia.core.tests.costs import open_once
from tests import routes

#: What the parts of an address mean, by room; where a route means something else, by route.
PARTS: dict[str, dict[str, str]] = {
    "": {"key": "item"},
    "web": {"code": "division", "number": "province"},
    "organisations": {"code": "division", "number": "union"},
    "members": {"number": "union", "code": "card_code", "purpose": "purpose"},
    "feedback": {"token": "rating_link", "number": "union", "item_key": "rated_item"},
    "allocation": {"number": "draw", "pool_id": "pool", "name": "draw_file"},
    "places": {"code": "place", "key": "plate", "photo_id": "place_photo", "token": "keeping"},
    "cases": {"key": "item", "notice": "public_notice", "code": "letter_code"},
    "activities": {
        "number": "activity",
        "run_id": "run",
        "session_id": "session",
        "photo_id": "shown_photo",
        "key": "programme",
        "token": "calendar",
        "union_id": "union_id",
    },
    "benefits": {"number": "benefit", "token": "till_link"},
    "hotline": {"token": "page"},
    "activities:certificate": {"code": "certificate_code"},
    "activities:photos": {"number": "photographed"},
    "activities:team_join": {"code": "team_code"},
    "activities:union_calendar": {"number": "union"},
    "activities:union_programme": {"number": "union"},
    "activities:matching": {"sign_up_id": "guest"},
    "places:door": {"code": "open_place"},
    "cases:held_file": {"file_id": "kept_file"},
}

#: Counted by tests of their own, which have what these need; the others would pay for it.
ELSEWHERE = {
    "healthz": "niangjia.api_root.tests.test_health",
    "api-docs": "niangjia.api_root.tests.test_frame",
    "account_demo_codes": "niangjia.members.tests.test_sign_in",
    "account_demo_enter": "niangjia.members.tests.test_sign_in",
}


def pages() -> Iterator[tuple[str, URLPattern]]:
    """Every route of our own that is no operation of the API. What shows nothing (405) is among
    them."""
    for name, pattern in routes.routes():
        ours = pattern.callback.__module__.startswith("niangjia.")
        if ours and not name.startswith("api-1:") and name not in ELSEWHERE:
            yield name, pattern


@dataclass
class Doors:
    """What stands in addresses, and the browsers of whoever may open them."""

    objects: dict[str, str]
    anybody: Client
    own: Client
    officer: Client

    def client(self, name: str) -> Client:
        """Whoever may open the route."""
        if name in routes.OFFICER:
            return self.officer
        return self.anybody if name in routes.PUBLIC else self.own

    def address(self, name: str, pattern: URLPattern) -> str:
        """The route's address, of the objects there are."""
        kind = routes.OWN.get(name) or routes.OFFICER.get(name, ("", ""))[1]
        parts = {**PARTS[name.rpartition(":")[0]], **PARTS.get(name, {})}
        named = list(pattern.pattern.converters)
        if kind and name not in PARTS:
            return reverse(name, args=[self.objects[kind]])
        return reverse(name, kwargs={part: self.objects[parts[part]] for part in named})

    def open_all(self) -> dict[str, int | str]:
        """By route, how often it asks the database; or where it leads astray instead."""
        found = {name: self.asked(name, pattern) for name, pattern in pages()}
        return {name: count for name, count in found.items() if count is not None}

    def asked(self, name: str, pattern: URLPattern) -> int | str | None:
        """The same of one; None where nothing can be opened."""
        # Whatever anybody commits drops it, and tests beside this one do.
        caches["process"].clear()
        answer, count = open_once(self.client(name), self.address(name, pattern))
        if answer.status_code == 405:
            return None
        door = answer.get("Location", "").startswith(reverse("account_login"))
        if answer.status_code not in {200, 302} or (door and name not in routes.PUBLIC):
            return f"answers {answer.status_code}"
        return count
