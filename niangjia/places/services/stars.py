"""Rating stations each month, in the background, by the published rules."""

import datetime as dt
import uuid

from django.db.models import QuerySet
from django.urls import reverse
from procrastinate.contrib.django import app

from niangjia.core import clock, transactions, working_calendar
from niangjia.members.services.notices import notify_many
from niangjia.places.models import Place, StarRating, StarRun, State
from niangjia.places.rules import stars as rules
from niangjia.places.rules.star_terms import Terms
from niangjia.places.rules.stars import Facts
from niangjia.places.selectors import star_terms
from niangjia.places.selectors.stars import Month, facts_of
from niangjia.places.services import telling
from niangjia.places.services.watching import keepers_of

#: The task that goes on with a run, by name: tasks stand above services.
RATE = "niangjia.places.tasks.go_on_rating"
BATCH = 500


@transactions.atomic
def begin_star_run(*, now: dt.datetime, month: dt.date | None = None) -> StarRun:
    """Rate all stations by the facts of the month before, or of another that is over; a job goes on
    with it. Twice is once."""
    first = month or rules.month_before(now.astimezone(clock.CHINA).date())
    run, is_new = StarRun.objects.get_or_create(
        month=first, defaults={"began_at": now, "total": to_rate(None).count()}
    )
    if is_new:
        app.configure_task(RATE, queue="keeping").defer(run_id=str(run.pk))
    return run


@transactions.atomic
def go_on_rating(*, run_id: uuid.UUID, now: dt.datetime) -> int:
    """One batch, and the job for the next; both commit together, so that whoever dies has left out
    no station and rated none twice. Says how many."""
    run = StarRun.objects.select_for_update().get(pk=run_id)
    if run.ended_at is not None:
        return 0
    places = list(to_rate(run.after).select_for_update(of=("self",)).order_by("pk")[:BATCH])
    found, own = facts_of(places, Month(run.month)), star_terms.by_path(star_terms.list_terms())
    for place in places:
        terms = star_terms.terms_at(place.union.path, own)
        rate(place, found[place.pk], terms, run.month, now)
    run.done += len(places)
    run.after = places[-1].pk if places else run.after
    run.ended_at = now if len(places) < BATCH else None
    run.save()
    if run.ended_at is None:
        app.configure_task(RATE, queue="keeping").defer(run_id=str(run.pk))
    return len(places)


def to_rate(after: uuid.UUID | None) -> QuerySet[Place]:
    """The stations that are open to the public, behind place `after`."""
    found = Place.objects.filter(state=State.PUBLISHED, kind__in=rules.KINDS)
    found = found.select_related("union")
    return found.filter(pk__gt=after) if after else found


def rate(
    place: Place, facts: Facts, terms: Terms, month: dt.date, now: dt.datetime
) -> StarRating | None:
    """The stars of one place for a month; None when it has them."""
    if place.star_ratings.filter(month=month, by_account_id=None).exists():
        return None
    outcome = rules.judge(facts, terms)
    return give(
        StarRating(
            place=place,
            month=month,
            stars=outcome.stars,
            rules=rules.VERSION,
            findings=outcome.findings,
            facts=facts.values(),
            terms=terms.values(),
        ),
        now,
    )


def give(rating: StarRating, now: dt.datetime) -> StarRating:
    """As many stars or more count at once; fewer are announced, and whoever keeps the place may
    object. What was announced before is overtaken. The place is held."""
    place = rating.place
    place.star_ratings.filter(counts_from=None, withdrawn_at=None).update(withdrawn_at=now)
    rating.made_at, rating.before = now, place.stars
    if place.stars is None or rating.stars >= place.stars:
        count(rating, now)
        return rating
    first = now.astimezone(clock.CHINA).date()
    days = rules.OBJECTION_WORKING_DAYS
    province = place.division_id[:2]
    rating.objections_until = working_calendar.deadline(first, days, province=province).at
    rating.save()
    tell(rating, "place.fewer_stars", now)
    return rating


def count(rating: StarRating, now: dt.datetime) -> None:
    """From now on these are its stars."""
    rating.counts_from = now
    rating.save()
    Place.objects.filter(pk=rating.place_id).update(stars=rating.stars)
    rating.place.stars = rating.stars


def tell(rating: StarRating, kind: str, now: dt.datetime) -> None:
    """Tell whoever keeps the place, and the officers of its union or of the next above."""
    place = rating.place
    facts: dict[str, object] = {
        "name": place.name,
        "stars": rating.stars,
        "before": rating.before or 0,
        "until_at": (rating.objections_until or now).isoformat(),
    }
    url = reverse("places:keep_stars", args=[place.code])
    notify_many(accounts=keepers_of(place), kind=kind, facts=facts, url=url, now=now)
    desk = reverse("places:desk_place_stars", args=[place.code])
    telling.tell_nearest(telling.upwards(place), kind, facts, desk, now)


@transactions.atomic
def put_into_force(*, now: dt.datetime) -> int:
    """What was announced counts once the days to object are over and nobody did, or it was decided
    against them. Says how many."""
    over = StarRating.objects.filter(
        counts_from=None, withdrawn_at=None, objections_until__lt=now, objection=None
    )
    found = list(
        over.select_for_update(of=("self",)).select_related("place").order_by("pk")[:BATCH]
    )
    for rating in found:
        count(rating, now)
    return len(found)
