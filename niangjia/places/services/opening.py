"""The way of a place to the public: applied for, checked on site, approved above, opened.

Article 12 of the Trade Union Law has unions answer to the one above; what a union opens in the
name of all is therefore approved there. The highest union of a node has none above it: there, it
is approved by somebody else than who applied.
"""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from niangjia.core import transactions
from niangjia.core.errors import Conflict, Text
from niangjia.members import services as members
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.organisations.models import Union
from niangjia.places.models import Place, State, Step
from niangjia.places.rules import checklists
from niangjia.places.services.acting import hold, record, refuse, stands_above
from niangjia.places.services.listing import publish_place

LONGEST_WORDS = 300


@transactions.atomic
def apply_for_place(*, by: Post, place: Place, words: str = "", now: dt.datetime) -> Place:
    """Ask the union above to let it open. Raises `Conflict` for one that is further already."""
    held = expect(place, State.DRAFT)
    take(held, State.APPLIED, by=by, words=words, now=now)
    above = held.union.parent or held.union
    tell(above, held, "place.applied", now)
    return held


@transactions.atomic
def check_place(
    *,
    by: Post,
    place: Place,
    who: str,
    answers: Mapping[str, str],
    words: Mapping[str, str],
    now: dt.datetime,
) -> Place:
    """Somebody was there and looked. With nothing wrong that is needed, it can be approved;
    otherwise what is wrong is kept and it waits until somebody looks again. Raises `Invalid` by
    "who" and the items of the checklist, `Conflict` for one that is not applied for."""
    held = expect(place, State.APPLIED, State.CHECKED)
    items = checklists.items_for(held)
    found = checklists.problems(items, answers, words)
    if not 2 <= len(who.strip()) <= 40:
        found["who"] = _("Say who was there, by name.")
    refuse(found)
    passed = checklists.passes(items, answers)
    Step.objects.create(
        place=held,
        at=now,
        to=State.CHECKED if passed else State.APPLIED,
        who=who.strip(),
        answers={item.key: [answers[item.key], words.get(item.key, "").strip()] for item in items},
        checklist=checklists.VERSION,
        by_account_id=by.account_id,
    )
    held.state = State.CHECKED if passed else State.APPLIED
    held.save(update_fields=["state"])
    record(held, by, "checked", {"passed": passed})
    return held


@transactions.atomic
def approve_place(*, by: Post, place: Place, words: str = "", now: dt.datetime) -> Place:
    """The union above lets it open. Raises `Conflict` for one that nobody checked on site, for an
    officer of the union itself, and for whoever applied."""
    held = expect(place, State.CHECKED)
    refuse_own(held, by)
    take(held, State.APPROVED, by=by, words=words, now=now)
    tell(held.union, held, "place.approved", now)
    return held


@transactions.atomic
def return_place(*, by: Post, place: Place, words: str, now: dt.datetime) -> Place:
    """The union above sends it back with what is to be put right. Raises `Invalid` without words,
    `Conflict` as `approve_place` does."""
    if not words.strip() or len(words) > LONGEST_WORDS:
        refuse({"words": _("Say what is to be put right, in up to 300 characters.")})
    held = expect(place, State.APPLIED, State.CHECKED)
    refuse_own(held, by)
    take(held, State.DRAFT, by=by, words=words, now=now)
    tell(held.union, held, "place.returned", now, words=words.strip())
    return held


@transactions.atomic
def open_place(*, by: Post, place: Place, now: dt.datetime) -> Place:
    """Put an approved place on the map. Twice is once. Raises `Conflict` for one that is not
    approved."""
    held = hold(place.pk)
    if held.state == State.PUBLISHED:
        return held
    expect(held, State.APPROVED)
    opened = publish_place(by=by, place=held, now=now)
    Step.objects.create(place=held, at=now, to=State.PUBLISHED, by_account_id=by.account_id)
    return opened


def expect(place: Place, *states: str) -> Place:
    """The place, held and in one of these states. Raises `Conflict` with where it stands."""
    held = hold(place.pk)
    if held.state not in states:
        raise Conflict(
            _("This cannot be done now: the place is “%(state)s”.")
            % {"state": held.get_state_display()},
            code="wrong-state",
        )
    return held


def refuse_own(place: Place, by: Post) -> None:
    """Raise `Conflict` for whoever would approve their own."""
    if may_approve(place, by):
        return
    problem: Text = _("The union above approves this, and nobody what they applied for themselves.")
    raise Conflict(problem, code="own-place")


def may_approve(place: Place, by: Post) -> bool:
    """Whether `by` stands above the union of the place, or at the top and did not apply."""
    if not stands_above(place, by):
        return False
    last = place.steps.filter(to=State.APPLIED, answers={}).order_by("-at").first()
    return last is None or last.by_account_id != by.account_id


def take(place: Place, to: State, *, by: Post, words: str, now: dt.datetime) -> None:
    """Take a step and write it down."""
    place.state = to
    place.save(update_fields=["state"])
    Step.objects.create(
        place=place, at=now, to=to, words=words.strip()[:LONGEST_WORDS], by_account_id=by.account_id
    )
    record(place, by, to.value)


def tell(union: Union, place: Place, kind: str, now: dt.datetime, **facts: str) -> None:
    """Notify the officers of a union who keep places."""
    members.notify_officers(
        union=union,
        action=Action.KEEP_PLACES,
        kind=kind,
        facts={"name": place.name, **facts},
        url=f"/desk/places/{place.code}/",
        now=now,
    )
