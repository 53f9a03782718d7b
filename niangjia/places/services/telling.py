"""Who is told of what is wrong at a place."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import override

from niangjia.members import services as members
from niangjia.members.rules.permissions import Action
from niangjia.members.services.notices import notify_many
from niangjia.organisations.models import Union
from niangjia.organisations.selectors import chain_above
from niangjia.places.models import Mender, Place, Problem
from niangjia.places.rules import mending
from niangjia.places.services.watching import keepers_of

LANGUAGES = (("zh", "zh-hans"), ("en", "en"))


def tell_nearest(
    unions: Iterable[Union], kind: str, facts: Mapping[str, object], url: str, now: dt.datetime
) -> None:
    """Notify the officers who keep places of the first of these unions that has any."""
    for union in unions:
        if members.notify_officers(
            union=union, action=Action.KEEP_PLACES, kind=kind, facts=facts, url=url, now=now
        ):
            return


def upwards(place: Place) -> list[Union]:
    """The union that keeps a place, then those above it."""
    return [place.union, *above(place)]


def above(place: Place) -> list[Union]:
    """The unions above the one that keeps a place, the nearest first."""
    return list(reversed(chain_above(place.union)))


def tell_all(place: Place, kind: str, facts: Mapping[str, object], now: dt.datetime) -> None:
    """Notify its keepers, and the officers of the union that keeps it or, where it has none, of the
    next above."""
    url = f"/places/{place.code}/"
    notify_many(accounts=keepers_of(place), kind=kind, facts=facts, url=url, now=now)
    tell_nearest(upwards(place), kind, facts, url, now)


def in_both(words: object) -> dict[str, str]:
    """Words in both languages."""
    both = {}
    for language, code in LANGUAGES:
        with override(code):
            both[language] = str(words)
    return both


def facts_of(problem: Problem) -> dict[str, object]:
    """What a notice says of it."""
    return {
        "name": problem.place.name,
        "what": in_both(mending.label_of(problem)),
        "due_at": problem.due_at.isoformat(),
    }


def tell_menders(problem: Problem, kind: str, now: dt.datetime) -> None:
    """Whoever mends it: the keepers, with the link to their page; the officers of the union that
    keeps the place, or where it has none of the next above."""
    place, facts = problem.place, facts_of(problem)
    if problem.mender == Mender.KEEPER:
        url = reverse("places:keep", args=[place.code])
        notify_many(accounts=keepers_of(place), kind=kind, facts=facts, url=url, now=now)
    tell_nearest(upwards(place), kind, facts, desk_url(problem), now)


def tell_reviewers(problem: Problem, now: dt.datetime) -> None:
    """The officers of the union that found it."""
    tell_nearest([problem.union], "place.to_review", facts_of(problem), desk_url(problem), now)


def desk_url(problem: Problem) -> str:
    """Its page at the desk."""
    return reverse("places:desk_problem", args=[problem.pk])
