"""What is said of a siting that was worked out: people, not people times hours, and a bound."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from typing import Any

from niangjia.places.models import Proposal, Siting
from niangjia.places.rules.coverage import KINDS, share, week_bits


class Idea(StrEnum):
    """What would be done at a site: open what is on its way, have a station open for longer, have
    one inside another place, at a union's office, or where a door is still to be found."""

    OPEN = "open"
    HOURS = "hours"
    INSIDE = "inside"
    OFFICE = "office"
    NEW = "new"


def idea_of(proposal: Proposal, asked_at: dt.datetime) -> Idea:
    """What was proposed then, of a site as its siting found it."""
    place = proposal.place
    if place is None:
        return Idea.OFFICE if proposal.union else Idea.NEW
    if place.published_at is None or place.published_at > asked_at:
        return Idea.OPEN
    return Idea.HOURS if place.kind in KINDS else Idea.INSIDE


@dataclass(frozen=True)
class Ranked:
    """One proposal: the people it adds and those reached with it and all before it, on average over
    the hours of the window."""

    proposal: Proposal
    gained: int
    reached: int
    share: int
    idea: Idea


@dataclass(frozen=True)
class Result:
    """People, on average over the hours of the window. `at_least`: per cent of the best possible
    gain that this choice surely is, rounded down."""

    people: int
    before: int
    after: int
    share_before: int
    share_after: int
    at_least: int
    proposals: tuple[Ranked, ...] = ()

    @property
    def curve(self) -> list[int]:
        """Per cent reached with none, one, two … more stations."""
        return [self.share_before, *(each.share for each in self.proposals)]


def result_of(siting: Siting, proposals: Iterable[Proposal]) -> Result:
    """What a siting that is done says. `proposals` by rank."""
    hours = week_bits(siting.window).count("1")
    ranked = list(proposals)
    reached = list(accumulate((each.gained for each in ranked), initial=siting.reached))
    return Result(
        siting.people,
        round(siting.reached / hours),
        round((siting.reached + siting.gained) / hours),
        share(siting.reached, siting.people * hours),
        share(siting.reached + siting.gained, siting.people * hours),
        share(siting.gained, siting.bound) if siting.bound else 100,
        tuple(
            Ranked(
                each,
                round(each.gained / hours),
                round(so_far / hours),
                share(so_far, siting.people * hours),
                idea_of(each, siting.ended_at or siting.asked_at),
            )
            for each, so_far in zip(ranked, reached[1:], strict=True)
        ),
    )


def features(result: Result) -> list[dict[str, Any]]:
    """The proposals as features of GeoJSON (RFC 7946): longitude first, WGS-84."""
    return [
        {
            "type": "Feature",
            "geometry": {
                "type": "Point",
                "coordinates": [each.proposal.longitude, each.proposal.latitude],
            },
            "properties": {
                "rank": each.proposal.rank,
                "idea": each.idea.value,
                "gained": each.gained,
                "reached": each.reached,
                "place": each.proposal.place.code if each.proposal.place else None,
                "union": each.proposal.union.number if each.proposal.union else None,
            },
        }
        for each in result.proposals
    ]
