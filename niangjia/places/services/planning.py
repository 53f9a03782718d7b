"""Planning a round: which places, in which order, on which day, and who goes."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, clock, transactions
from niangjia.core.errors import Conflict, Text
from niangjia.members import services as members
from niangjia.members.models import Post
from niangjia.organisations.models import Union
from niangjia.organisations.rules.positions import Position
from niangjia.places.models import Inspection, Inspector, Place, Round, State
from niangjia.places.rules import touring
from niangjia.places.selectors import rounds as selectors
from niangjia.places.services.acting import refuse

LONGEST_NAME, LONGEST_REASON = 60, 200
MOST_DAYS_AHEAD, MOST_INSPECTORS = 180, 10


@dataclass(frozen=True)
class Tour:
    """A round as it is planned. `start`: where the way begins; without one, wherever it is
    shortest. `account_ids`: who goes."""

    name: str
    date: dt.date
    account_ids: Sequence[uuid.UUID]
    start: Position | None = None
    drives: bool = False


@transactions.atomic
def plan_round(
    *, by: Post, union: Union, places: Collection[Place], tour: Tour, now: dt.datetime
) -> Round:
    """Hand a round to inspectors, who are told. The order is worked out (`rules.touring`).

    Raises `Invalid` by "name", "date", "inspectors" and "places": at most 60, all open to the
    public, within the reach of `by`.
    """
    refuse(problems(by, union, places, tour, now))
    ordered = list(places)
    legs = touring.way_round(
        [Position(each.longitude, each.latitude) for each in ordered],
        start=tour.start,
        drives=tour.drives,
    )
    made = Round.objects.create(
        union=union,
        name=tour.name.strip(),
        date=tour.date,
        start_longitude=tour.start.longitude if tour.start else None,
        start_latitude=tour.start.latitude if tour.start else None,
        drives=tour.drives,
        planned_at=now,
        planned_by_account_id=by.account_id,
    )
    Inspection.objects.bulk_create(
        Inspection(
            round=made,
            place=ordered[leg.index],
            position=position,
            metres=leg.metres,
            minutes=leg.minutes,
        )
        for position, leg in enumerate(legs, start=1)
    )
    hand_to(made, tour.account_ids, now)
    note(made, by, "planned", places=len(ordered))
    return made


def problems(
    by: Post, union: Union, places: Collection[Place], tour: Tour, now: dt.datetime
) -> dict[str, Text]:
    """What is wrong with a round, by field."""
    today = now.astimezone(clock.CHINA).date()
    found = problems_of_people(union, tour.account_ids)
    if not 2 <= len(tour.name.strip()) <= LONGEST_NAME:
        found["name"] = _("Give it a name of 2 to 60 characters.")
    if not today <= tour.date <= today + dt.timedelta(days=MOST_DAYS_AHEAD):
        found["date"] = _("Choose a day from today on, within half a year.")
    if not 1 <= len(places) <= touring.MOST_STOPS:
        found["places"] = _("Choose from 1 to 60 places.")
    elif any(
        each.state != State.PUBLISHED or not by.scope.covers(each.union.path) for each in places
    ):
        found["places"] = _("One of these is not open to the public, or not yours to inspect.")
    return found


def problems_of_people(union: Union, account_ids: Sequence[uuid.UUID]) -> dict[str, Text]:
    """What is wrong with those who are to go."""
    able = {each.account_id for each in selectors.list_able(union)}
    if not 1 <= len(set(account_ids)) <= MOST_INSPECTORS or set(account_ids) - able:
        return {"inspectors": _("Choose who goes, from the officers of this union.")}
    return {}


def hand_to(found: Round, account_ids: Sequence[uuid.UUID], now: dt.datetime) -> None:
    """These go; whoever did not before is told."""
    found.inspectors.exclude(account__in=account_ids).delete()
    for account_id in dict.fromkeys(account_ids):
        inspector, is_new = Inspector.objects.get_or_create(round=found, account_id=account_id)
        if is_new:
            members.notify(
                account=inspector.account,
                kind="place.round",
                facts={"name": found.name, "day": found.date.isoformat()},
                url=reverse("places:inspecting_round", args=[found.pk]),
                now=now,
            )


@transactions.atomic
def hand_over_round(
    *, by: Post, found: Round, account_ids: Sequence[uuid.UUID], date: dt.date, now: dt.datetime
) -> Round:
    """Somebody else goes, or on another day; what is done stays. Raises `Invalid` by "inspectors"
    and "date", `Conflict` for a round that was called off."""
    held = hold_round(found)
    wrong = problems_of_people(held.union, account_ids)
    today = now.astimezone(clock.CHINA).date()
    if date != held.date and not today <= date <= today + dt.timedelta(days=MOST_DAYS_AHEAD):
        wrong["date"] = _("Choose a day from today on, within half a year.")
    refuse(wrong)
    held.date = date
    held.save(update_fields=["date"])
    hand_to(held, account_ids, now)
    note(held, by, "handed-over")
    return held


@transactions.atomic
def call_off_round(*, by: Post, found: Round, reason: str, now: dt.datetime) -> Round:
    """Nobody goes on with it; what was found stays. Twice is once. Raises `Invalid` on "reason"."""
    if not 2 <= len(reason.strip()) <= LONGEST_REASON:
        refuse({"reason": _("Say why, in up to 200 characters.")})
    held = Round.objects.select_for_update().get(pk=found.pk)
    if held.called_off_at is None:
        held.called_off_at, held.call_off_reason = now, reason.strip()
        held.save(update_fields=["called_off_at", "call_off_reason"])
        note(held, by, "called-off", reason=reason.strip())
    return held


def hold_round(found: Round) -> Round:
    """The round, held. Raises `Conflict` for one that was called off."""
    held = Round.objects.select_for_update(of=("self",)).select_related("union").get(pk=found.pk)
    if held.called_off_at is not None:
        raise Conflict(_("This round was called off."), code="round-called-off")
    return held


def note(found: Round, by: Post, what: str, **details: object) -> None:
    """An entry of the audit chain about a round."""
    audit.record(
        action=f"round.{what}",
        by=by.account_id,
        subject=f"round:{found.pk}",
        union_id=found.union_id,
        details=details,
    )
