"""Made-up data, and seed data, that a new node is filled with.

Each area is a module here with one function, called once in a node's life, in this order, inside a
transaction of its own:

    def load(*, progress: Progress) -> None

It is deterministic, goes through the services like everybody else, and calls `progress(done,
total)` now and then. `accounts.list_accounts() -> list[DemoAccount]` says whom a visitor may be.
"""

import importlib
import importlib.util
from dataclasses import dataclass
from types import ModuleType
from typing import Protocol

#: The areas, in the order in which they build on each other.
AREAS = {
    "divisions": "Divisions of the country",
    "federations": "Federations",
    "catalogue": "Service catalogue",
    "unions": "Unions",
    "accounts": "Accounts",
    "desk": "Officers' desks",
    "variants": "Local variants of services",
    "joining": "Applications and memberships",
    "benefits": "Benefits",
    "cases": "Cases",
    "on_notice": "Public notices",
    "workload": "Shared work",
    "long_help": "Help that takes long",
    "letters": "Letters",
    "asking": "Forms and papers",
    "places": "Stations",
    "streets": "Streets to walk along",
    "circle": "People around stations",
    "visiting": "Stations in use",
    "rounds": "Rounds of inspection",
    "station_papers": "Photos and lists of stations",
    "activities": "Activities",
    "feedback": "Ratings",
    "past_ratings": "Ratings of the past year",
    "hotline": "Hotline 12351",
    "work_orders": "Work orders",
    "drawing": "Draws and gates",
}
#: What every node starts with; the rest is for a demonstration only.
SEED = ("divisions", "federations", "catalogue")
#: What is looked at again at every start: newer software brings newer documents.
EVERY_START = frozenset({"catalogue"})


class Progress(Protocol):
    """Told how far a load has come."""

    def __call__(self, done: int, total: int) -> None: ...


@dataclass(frozen=True)
class DemoAccount:
    """Somebody a visitor of the demonstration may sign in as."""

    phone: str
    name: str
    role: str


def module(area: str) -> ModuleType | None:
    """The module of an area, or None when this build has none."""
    name = f"{__name__}.{area}"
    return importlib.import_module(name) if importlib.util.find_spec(name) else None


def list_accounts() -> list[DemoAccount]:
    """One account for each role."""
    found = module("accounts")
    accounts: list[DemoAccount] = found.list_accounts() if found else []
    return accounts
