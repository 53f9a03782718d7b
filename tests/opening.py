"""Every page, file and reading operation of the site, and who opens it: what each asks of the
database is counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.core.cache import caches
from django.test import Client
from django.urls import URLPattern, reverse

from niangjia.api_root.api import api
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
    "places": {
        "code": "place",
        "key": "plate",
        "photo_id": "place_photo",
        "token": "keeping",
        "col": "street_col",
        "line": "street_line",
    },
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
    "api-1:show_division": {"code": "division"},
    "api-1:show": {"number": "union"},
    "api-1:list_children": {"number": "union"},
    "api-1:show_own_coverage": {"union": "union"},
    "api-1:show_union": {"number": "province"},
    "api-1:show_link": {"token": "rating_link"},
    "api-1:show_scores": {"number": "union"},
    "api-1:list_public_answers": {"number": "union"},
    "api-1:show_pool": {"pool_id": "pool"},
    "api-1:show_service": {"key": "item"},
    "api-1:show_service_standing": {"key": "item"},
    "api-1:verify_letter": {"code": "letter_code"},
    "api-1:show_draw": {"number": "draw"},
    "api-1:list_my_lines": {"number": "draw"},
    "api-1:show_door_code": {"code": "open_place"},
    "api-1:show_public_place": {"code": "place"},
    "api-1:show_place_stars": {"code": "place"},
    "api-1:show_activity": {"number": "activity"},
    "api-1:check_certificate": {"code": "certificate_code"},
    "api-1:certify_volunteer_hours": {"union_id": "union_id"},
    "api-1:list_photos": {"number": "photographed"},
    "api-1:show_programme": {"key": "programme"},
    "api-1:show_union_programme": {"key": "programme", "number": "union"},
    "api-1:show_matching": {"sign_up_id": "guest"},
    "api-1:show_benefit": {"number": "benefit"},
    "api-1:list_benefit_shops": {"number": "benefit"},
}

#: What operations are asked by besides their address; "{union}" stands for one of the objects.
QUERIES = {
    "match_address": "text=金华市义乌市",
    "list_nearest": "longitude=120.07&latitude=29.3",
    "show_calendar": "year=2026",
    "list_services": "union={union}",
    "show_service": "union={union}",
    "show_service_standing": "union={union}",
    "list_notices_in_public": "union={union}",
    "list_places": "near=29.3,120.07",
    "find_shops": "near=29.3,120.07",
    "list_catalogue": "union={union}",
    "list_versions": "union={union}&item={item}",
    "count_unasked": "union={union}&item={item}",
    "list_hotline_topics": "line={line}",
    "list_hotline_articles": "line={line}",
    "list_hotline_shifts": "line={line}",
    "list_calls": "line={line}",
}

#: Of these there is none here, and an operation says so: a draft, a group, leave to take a record,
#: a visit, a division with people who were counted, a place below the country.
NOBODY_HAS = {
    *("show_draft", "show_my_draft", "show_my_group", "fetch_my_record", "show_own_visit"),
    *("show_coverage", "guide"),
}

#: Counted by tests of their own, which have what these need; the others would pay for it.
ELSEWHERE = {
    "healthz": "niangjia.api_root.tests.test_health",
    "api-docs": "niangjia.api_root.tests.test_frame",
    "account_demo_codes": "niangjia.members.tests.test_sign_in",
    "account_demo_enter": "niangjia.members.tests.test_sign_in",
    "allocation:order_file": "niangjia.allocation.tests.test_served_orders",
}


def pages() -> Iterator[tuple[str, URLPattern]]:
    """Every route of our own that is no operation of the API. What shows nothing (405) is among
    them."""
    for name, pattern in routes.routes():
        ours = pattern.callback.__module__.startswith("niangjia.")
        if ours and not name.startswith("api-1:") and name not in ELSEWHERE:
            yield name, pattern


def operations() -> Iterator[tuple[str, URLPattern]]:
    """Every operation of the API that reads, but those that say here that there is nothing."""
    reading = {
        operation.view_func.__name__
        for _prefix, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
        if "GET" in operation.methods
    } - NOBODY_HAS
    for name, pattern in routes.routes():
        space, _colon, plain = name.rpartition(":")
        if space == "api-1" and plain in reading:
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
        space, _colon, plain = name.rpartition(":")
        parts = {**PARTS.get(space, {}), **PARTS.get(name, {})}
        named = list(pattern.pattern.converters)
        query = QUERIES.get(plain, "") if space == "api-1" else ""
        if kind and name not in PARTS:
            there = reverse(name, args=[self.objects[kind]])
        else:
            there = reverse(name, kwargs={part: self.objects[parts[part]] for part in named})
        return f"{there}?{query.format(**self.objects)}" if query else there

    def open_all(self) -> dict[str, int | str]:
        """By route, how often it asks the database; or where it leads astray instead."""
        every = chain(pages(), operations())
        found = {name: self.asked(name, pattern) for name, pattern in every}
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
