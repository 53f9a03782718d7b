"""Rounds, what they found, and stars of the demonstration's stations."""

import datetime as dt
from dataclasses import dataclass

from niangjia.core import clock
from niangjia.members.models import Account, Post
from niangjia.members.selectors import demo
from niangjia.members.selectors.posts import current_posts
from niangjia.operations.demo import Progress
from niangjia.operations.demo.round_words import DONE, KEPT, ON_THE_WAY, Wrong
from niangjia.places import services
from niangjia.places.models import Found, Inspection, OpeningDay, Place, Problem, Round
from niangjia.places.rules import stars as star_rules
from niangjia.places.rules.checklists import Item
from niangjia.places.services import inspecting
from niangjia.places.services.inspecting import Notes
from niangjia.places.services.planning import Tour

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class People:
    """Who goes, and who keeps."""

    inspector: Post
    keeper: Account


def load(*, progress: Progress) -> None:
    """Through the services, each at its time; once only."""
    if Round.objects.exists():
        return
    now = clock.now()
    people = people_of()
    if people is None:
        return
    places = {place.name: place for place in Place.objects.select_related("union", "division")}
    keep(people, [places[name] for name in KEPT], now)
    progress(1, 4)
    for each in DONE:
        walk(people, each.name, [places[name] for name in each.places], each.wrong, now - each.ago)
    progress(2, 4)
    begin(people, [places[name] for name in ON_THE_WAY], now)
    progress(3, 4)
    rate(now)
    # What was noted in the past has computed the openings of then.
    services.refresh_openings(now=now)
    progress(4, 4)


def people_of() -> People | None:
    """The demonstration's officers and one worker; None on a node without them."""
    county, worker = demo.find_account("county"), demo.find_account("member")
    if county is None or worker is None:
        return None
    return People(current_posts(county)[0], worker)


def keep(people: People, places: list[Place], now: dt.datetime) -> None:
    """Somebody keeps these and has ticked them; the first without a gap."""
    for n, place in enumerate(places):
        token = services.invite_keeper(
            by=people.inspector, place=place, known_as="王建国", now=now - 90 * DAY
        )
        services.accept_keeping(by=people.keeper, token=token, now=now - 90 * DAY)
        OpeningDay.objects.bulk_create(
            tick(place, people.keeper, now - ago * DAY, is_late=bool(n) and ago % (9 - n) == 0)
            for ago in range(1, 63)
        )


def tick(place: Place, keeper: Account, at: dt.datetime, *, is_late: bool) -> OpeningDay:
    """A day on which the keeper said that it is open."""
    date = at.astimezone(clock.CHINA).date()
    hour = 11 if is_late else 8
    ticked = dt.datetime.combine(date, dt.time(hour, 5), clock.CHINA)
    asked = dt.datetime.combine(date, dt.time(9), clock.CHINA) if is_late else None
    return OpeningDay(
        place=place,
        date=date,
        ticked_at=ticked,
        by_account_id=keeper.pk,
        is_late=is_late,
        asked_at=asked,
    )


def plan(people: People, name: str, places: list[Place], at: dt.datetime) -> Round:
    """A round of the county's officer."""
    tour = Tour(
        name=name,
        date=at.astimezone(clock.CHINA).date(),
        account_ids=[people.inspector.account_id],
        drives=True,
    )
    by = people.inspector
    return services.plan_round(by=by, union=by.union, places=places, tour=tour, now=at)


def walk(
    people: People, name: str, places: list[Place], wrong: dict[str, list[Wrong]], at: dt.datetime
) -> None:
    """A round that is done, and what became of what it found."""
    made = plan(people, name, places, at - DAY)
    for inspection in made.inspections.select_related("place", "round").order_by("position"):
        at += dt.timedelta(minutes=20)
        found = wrong.get(inspection.place.name, [])
        finish(people, inspection, found, at)
        for each in found:
            mend(people, inspection.place, each, at)


def finish(people: People, inspection: Inspection, wrong: list[Wrong], at: dt.datetime) -> None:
    """Everything was all right but for these."""
    by = people.inspector
    plate = services.issue_plate(by=by, place=inspection.place, now=at)
    bad = {each.item: each for each in wrong}
    items: list[Item] = inspecting.items_of(inspection)
    notes = Notes(
        found=Found.OPEN,
        answers={each.key: bad[each.key].answer if each.key in bad else "ok" for each in items},
        item_words={each.item: each.words for each in wrong},
        plate=plate.key,
    )
    services.finish_inspection(by=by, inspection=inspection, notes=notes, now=at)


def mend(people: People, place: Place, wrong: Wrong, at: dt.datetime) -> None:
    """What was done about it, as far as it was."""
    problem = Problem.objects.get(place=place, about=wrong.item, closed_at=None)
    if wrong.mended:
        mended = at + 2 * DAY
        services.mark_mended(by=people.keeper, problem=problem, words=wrong.mended, now=mended)
        if wrong.is_reviewed:
            services.review_problem(
                by=people.inspector, problem=problem, is_right=True, now=mended + DAY
            )


def begin(people: People, places: list[Place], now: dt.datetime) -> None:
    """A round under way today: the first place is done, the second begun."""
    made = plan(people, "城区站点入冬巡查", places, now - dt.timedelta(hours=2))
    first, second = made.inspections.select_related("place", "round").order_by("position")[:2]
    finish(people, first, [], now - dt.timedelta(hours=1))
    half = Notes(found=Found.OPEN, answers={"found": "ok", "sign": "ok", "open": "ok"})
    begun = now - dt.timedelta(minutes=10)
    services.note_findings(by=people.inspector, inspection=second, notes=half, now=begun)


def rate(now: dt.datetime) -> None:
    """The stars of the two months before; fewer are announced."""
    today = now.astimezone(clock.CHINA).date()
    last = star_rules.month_before(today)
    for month, at in ((star_rules.month_before(last), now - 30 * DAY), (last, now - DAY)):
        run = services.begin_star_run(now=at, month=month)
        while services.go_on_rating(run_id=run.pk, now=at):
            pass
