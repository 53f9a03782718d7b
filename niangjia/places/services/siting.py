"""Where to open the next stations: asked by an officer, worked out in the background."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from niangjia.core import audit, clock, transactions
from niangjia.core.errors import Conflict, Invalid, Text
from niangjia.members.models import Post
from niangjia.organisations.models import Union
from niangjia.places.models import Coverage, Proposal, Siting, SitingState, Who, Window
from niangjia.places.models.siting import MOST_STATIONS
from niangjia.places.rules import searching
from niangjia.places.rules.coverage import share, week_bits
from niangjia.places.rules.siting import Answer
from niangjia.places.selectors.siting import (
    Need,
    Site,
    covering_of,
    has_needs,
    list_needs,
    list_sites,
)
from niangjia.places.selectors.walks import list_known
from niangjia.places.services.walks import work_out_walks

SITE = "niangjia.places.tasks.work_out_siting"
OPEN = (SitingState.WAITING, SitingState.RUNNING)
#: A county is searched for seconds, a province for minutes.
FEW_SITES, SHORT_SECONDS, LONG_SECONDS = 3_000, 20.0, 180.0
#: Progress once walks along streets are known, and after the search.
BEGUN, SEARCHED = 40, 95
#: The squares on the map: those with the most people.
MOST_DRAWN = 2_000
NOTES_EVERY_SECONDS = 2.0


@transactions.atomic
def ask_siting(
    *, by: Post, union: Union, who: str, window: str, stations: int, now: dt.datetime
) -> Siting:
    """Ask where `stations` more should open in the division of `union`. Raises `Invalid` on "who",
    "window" and "stations"; `Conflict` "nothing-counted" where nobody is counted, and
    "siting-open" while another is being worked out for this union."""
    refuse_bad(who, window, stations)
    Union.objects.select_for_update().get(pk=union.pk)
    if not has_needs(union.division, who):
        raise Conflict(
            _("Nobody is counted there yet, so nothing can be worked out."), code="nothing-counted"
        )
    if Siting.objects.filter(union=union, state__in=OPEN).exists():
        raise Conflict(
            _("One is being worked out already. Wait for it, or call it off."), code="siting-open"
        )
    asked = Siting.objects.create(
        union=union, who=who, window=window, stations=stations, asked_at=now
    )
    note(asked, by, "asked")
    app.configure_task(SITE, queue="keeping").defer(siting_id=str(asked.pk))
    return asked


def refuse_bad(who: str, window: str, stations: int) -> None:
    """Raise `Invalid` beside whatever cannot be asked."""
    found: dict[str, Text] = {}
    unknown: Text = _("There is no such entry. Choose from the list.")
    if who not in Who.values:
        found["who"] = unknown
    if window not in Window.values:
        found["window"] = unknown
    if not 1 <= stations <= MOST_STATIONS:
        found["stations"] = _("Ask for 1 to %(most)s stations.") % {"most": MOST_STATIONS}
    if found:
        raise Invalid(_("Some places need another look."), fields=found)


@transactions.atomic
def stop_siting(*, by: Post, siting: Siting, now: dt.datetime) -> Siting:
    """Call it off: whoever works on it stops within a second. What is worked out stays. Twice is
    once."""
    held = Siting.objects.select_for_update().get(pk=siting.pk)
    if held.state in OPEN:
        held.state, held.ended_at = SitingState.STOPPED, now
        held.save(update_fields=["state", "ended_at"])
        note(held, by, "stopped")
    return held


def note(siting: Siting, by: Post, what: str) -> None:
    """An entry of the audit chain."""
    audit.record(
        action=f"siting.{what}",
        by=by.account_id,
        subject=f"siting:{siting.pk}",
        union_id=siting.union_id,
        details={"stations": siting.stations, "window": siting.window, "who": siting.who},
    )


def work_out_siting(*, siting_id: uuid.UUID, seconds: float | None = None) -> str:
    """Work it out, outside of any transaction but for what is written; says how it ended. Begun
    again after an interruption, it goes on from the best choice that was noted. What goes wrong is
    raised, and the siting says so instead of waiting for ever."""
    found = Siting.objects.filter(pk=siting_id, state__in=OPEN).select_related("union__division")
    siting = found.first()
    if siting is None:
        return ""
    try:
        return work_out(siting, seconds)
    except Exception:
        found.update(state=SitingState.FAILED, ended_at=clock.now())
        raise


def work_out(siting: Siting, seconds: float | None) -> str:
    """Read, search, write down."""
    moved(siting, progress=1)
    needs = list_needs(siting.union.division, siting.who, siting.window)
    sites = list_sites(siting.union, needs)
    points = [site.point for site in sites]
    work_out_walks(
        points, watch=lambda done, total: moved(siting, progress=1 + (BEGUN - 1) * done // total)
    )
    walked = list_known(points)
    covering = covering_of(needs, sites, week_bits(siting.window).count("1"), walked)
    along_streets = sum(cells is not None for cells in walked.values())
    if not moved(siting, progress=BEGUN, walked=along_streets):
        return SitingState.STOPPED
    limit = seconds or (SHORT_SECONDS if len(sites) < FEW_SITES else LONG_SECONDS)
    numbers = {point_of(site): number for number, site in enumerate(sites)}
    answer = searching.solve(
        covering,
        siting.stations,
        seconds=limit,
        watch=Noting(siting, sites, limit),
        start=[numbers[tuple(point)] for point in siting.kept if tuple(point) in numbers],
    )
    if answer.is_stopped:
        return SitingState.STOPPED
    return finish(siting, needs, sites, covering.reached, answer, now=clock.now())


class Noting:
    """Writes down how far a search has come; tells it to stop when it was called off."""

    def __init__(self, siting: Siting, sites: Sequence[Site], limit: float) -> None:
        self.siting, self.sites, self.limit, self.last = siting, sites, limit, 0.0

    def __call__(self, elapsed: float, chosen: Sequence[int]) -> bool:
        done = BEGUN + (SEARCHED - BEGUN) * min(1.0, elapsed / self.limit)
        if elapsed - self.last < NOTES_EVERY_SECONDS:
            return moved(self.siting, progress=int(done))
        self.last = elapsed
        kept = [point_of(self.sites[number]) for number in chosen]
        return moved(self.siting, progress=int(done), kept=kept)


def point_of(site: Site) -> tuple[float, float]:
    """What a site is known by from one working to the next."""
    return site.point.longitude, site.point.latitude


def moved(siting: Siting, **fields: object) -> bool:
    """Write down how far it is, in a statement of its own; False once it was called off."""
    still = Siting.objects.filter(pk=siting.pk, state__in=OPEN)
    return bool(still.update(state=SitingState.RUNNING, **fields))


@transactions.atomic
def finish(
    siting: Siting,
    needs: Sequence[Need],
    sites: Sequence[Site],
    reached: Sequence[Sequence[int]],
    answer: Answer,
    *,
    now: dt.datetime,
) -> str:
    """Write down what was found, unless it was called off meanwhile; says where it stands."""
    held = Siting.objects.select_for_update().select_related("union").get(pk=siting.pk)
    if held.state not in OPEN:
        return held.state
    hours = week_bits(held.window).count("1")
    held.candidates = len(sites)
    held.people = sum(need.count for need in needs)
    held.reached = sum(need.count * need.hours for need in needs)
    held.gained, held.bound = answer.worth, answer.bound
    held.cells = drawn(needs, {cell for site in answer.chosen for cell in reached[site]}, hours)
    held.measured_at = (
        Coverage.objects.filter(division=held.union.division_id)
        .order_by("-measured_at")
        .values_list("measured_at", flat=True)
        .first()
    )
    held.state = SitingState.DONE if needs else SitingState.EMPTY
    held.progress, held.ended_at, held.kept = 100, now, []
    held.save()
    Proposal.objects.bulk_create(
        Proposal(
            siting=held,
            rank=rank,
            longitude=sites[site].point.longitude,
            latitude=sites[site].point.latitude,
            place_id=sites[site].place_id,
            union_id=sites[site].union_id,
            gained=gain,
        )
        for rank, (site, gain) in enumerate(zip(answer.chosen, answer.gains, strict=True), start=1)
    )
    return held.state


def drawn(needs: Sequence[Need], covered: set[int], hours: int) -> list[list[float]]:
    """The squares of the map: middle, side in metres, people, per cent before and after."""
    return [
        [
            *(round(need.point.longitude, 5), round(need.point.latitude, 5)),
            *(need.side_m, need.count, share(need.hours, hours)),
            100 if number in covered else share(need.hours, hours),
        ]
        for number, need in enumerate(needs[:MOST_DRAWN])
    ]
