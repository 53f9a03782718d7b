"""What a pool may be, and what of it may still change: pure."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import ClaimantKind, Mode, Pool
from niangjia.organisations.models import Union

SUPPLY_MAX = 10_000_000
PER_PERSON_MAX = 100
PARTS_MAX = 50
GATHER_MAX_SECONDS = 60
MINUTES_MAX = 60 * 24 * 30
AGE_MAX = 150


@dataclass(frozen=True, kw_only=True)
class PoolDraft:
    """What whoever opens a pool says of it; the fields are those of `models.Pool`."""

    name: str
    opens_at: dt.datetime
    closes_at: dt.datetime
    mode: Mode | str = Mode.FIRST_COME
    per_person: int = 1
    parts_max: int = 1
    reach: Union | None = None
    kinds: tuple[str, ...] = ()
    needs_real_name: bool = False
    member_days: int = 0
    age_min: int | None = None
    age_max: int | None = None
    confirm_minutes: int = 0
    has_waiting_list: bool = False
    offer_minutes: int = 24 * 60
    offers_until: dt.datetime | None = None
    gather_seconds: int = 0
    asks_more: bool = False

    def values(self) -> dict[str, Any]:
        """By the names of the columns."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return found | {"kinds": list(self.kinds)}


def draft_of(pool: Pool, **changes: Any) -> PoolDraft:
    """The terms of a pool as they are, with `changes`."""
    values = {field.name: getattr(pool, field.name) for field in fields(PoolDraft)}
    return PoolDraft(**(values | {"kinds": tuple(pool.kinds)} | changes))


def problems(draft: PoolDraft) -> dict[str, Promise]:
    """What is wrong with a draft, by field. Empty when nothing is."""
    found: dict[str, Promise] = {}
    for name, (low, high, words) in RANGES.items():
        value = getattr(draft, name)
        if value is not None and not low <= value <= high:
            found[name] = words
    if not draft.name.strip() or len(draft.name) > 120:
        found["name"] = _("Give it a name of up to 120 characters.")
    if draft.closes_at <= draft.opens_at:
        found["closes_at"] = _("It must close after it opens.")
    if draft.mode not in Mode.values:
        found["mode"] = _("Choose one of the ways to share it out.")
    if not set(draft.kinds) <= set(ClaimantKind.values):
        found["kinds"] = _("Choose from the kinds of worker.")
    if None not in (draft.age_min, draft.age_max) and draft.age_min > draft.age_max:  # type: ignore[operator]
        found["age_max"] = _("The highest age cannot be below the lowest.")
    if draft.offers_until and draft.offers_until <= draft.opens_at:
        found["offers_until"] = _("Offers must go on after it opens.")
    return found


RANGES: Mapping[str, tuple[int, int, Promise]] = {
    "per_person": (1, PER_PERSON_MAX, _("One person can claim from 1 to 100 times.")),
    "parts_max": (1, PARTS_MAX, _("One claim can have from 1 to 50 parts.")),
    "member_days": (0, 36_500, _("Say for how many days, from 0.")),
    "age_min": (0, AGE_MAX, _("Say an age from 0 to 150.")),
    "age_max": (0, AGE_MAX, _("Say an age from 0 to 150.")),
    "confirm_minutes": (0, MINUTES_MAX, _("At most 30 days.")),
    "offer_minutes": (1, MINUTES_MAX, _("From 1 minute to 30 days.")),
    "gather_seconds": (0, GATHER_MAX_SECONDS, _("At most 60 seconds.")),
}


def changed(draft: PoolDraft, current: Mapping[str, Any]) -> set[str]:
    """Which fields of a pool a draft changes."""
    return {name for name, value in draft.values().items() if current[name] != value}


def harmed(draft: PoolDraft, current: Mapping[str, Any]) -> set[str]:
    """Which of the changes would harm somebody once a pool has opened.

    Closing later, asking less of people, giving them longer and more, and another name harm nobody.
    How it is decided, when it opened and what somebody may already rely on stay.
    """
    found = set()
    for name in changed(draft, current):
        allowed = KINDER.get(name)
        if allowed is None or not allowed(getattr(draft, name), current[name]):
            found.add(name)
    return found


#: By field: whether going from the second value to the first harms nobody.
KINDER: Mapping[str, Callable[[Any, Any], Any]] = {
    "name": lambda _new, _old: True,
    "closes_at": lambda new, old: new >= old,
    "per_person": lambda new, old: new >= old,
    "parts_max": lambda new, old: new >= old,
    "reach": lambda new, old: new is None or (old and old.path.startswith(new.path)),
    "kinds": lambda new, old: not new or (old and set(old) <= set(new)),
    "needs_real_name": lambda new, _old: not new,
    "member_days": lambda new, old: new <= old,
    "age_min": lambda new, old: new is None or (old is not None and new <= old),
    "age_max": lambda new, old: new is None or (old is not None and new >= old),
    "confirm_minutes": lambda new, old: new == 0 or new >= old > 0,
    "has_waiting_list": lambda new, _old: new,
    "offer_minutes": lambda new, old: new >= old,
    "offers_until": lambda new, old: new is None or (old is not None and new >= old),
}
