"""Keeping the search's rows in step with the places, and their hours ahead of the clock."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping

from django.db import connection
from django.db.models import Q

from niangjia.core import clock, transactions
from niangjia.organisations.rules.positions import Position
from niangjia.places.models import (
    Place,
    PlaceSearch,
    Problem,
    ProblemState,
    Report,
    Source,
    State,
    Supply,
)
from niangjia.places.rules import facilities, finding, opening, supplies, truth
from niangjia.places.rules.opening import Override
from niangjia.places.selectors.hours_ahead import Ahead, overrides_of
from niangjia.regions.models import Division
from niangjia.regions.rules.codes import COUNTRY_CODE, is_pseudo

BATCH = 1_000
ENTRIES = """
    INSERT INTO places_placesearch
        (place_id, easting, northing, longitude, latitude, offers, missing, missing_until, open,
         at_night, tokens)
    SELECT id, easting, northing, longitude, latitude, offers, missing, missing_until,
           open::tstzmultirange, at_night, tokens::tsvector
    FROM unnest(%s::uuid[], %s::float8[], %s::float8[], %s::float8[], %s::float8[], %s::bigint[],
                %s::bigint[], %s::timestamptz[], %s::text[], %s::boolean[], %s::text[])
        AS entry(id, easting, northing, longitude, latitude, offers, missing, missing_until, open,
                 at_night, tokens)
    ON CONFLICT (place_id) DO UPDATE SET
        easting = excluded.easting, northing = excluded.northing,
        longitude = excluded.longitude, latitude = excluded.latitude,
        offers = excluded.offers, missing = excluded.missing,
        missing_until = excluded.missing_until, open = excluded.open,
        at_night = excluded.at_night, tokens = excluded.tokens
"""
#: The plain ones all at once: whatever has the same hours in the same province is open alike.
FORWARD = """
    UPDATE places_placesearch AS entry SET open = wanted.open::tstzmultirange,
        at_night = wanted.at_night
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::boolean[])
            AS wanted(hours, province, open, at_night),
        places_place AS place
    WHERE place.id = entry.place_id AND place.hours = wanted.hours
        AND left(place.division_id, 2) = wanted.province AND NOT place.id = ANY(%s)
        AND entry.open IS DISTINCT FROM wanted.open::tstzmultirange
"""


def index_place(place_id: uuid.UUID, *, now: dt.datetime) -> None:
    """Bring one place's row up to date. In the transaction that changed it."""
    index_places([place_id], now=now)


@transactions.atomic
def index_places(place_ids: Collection[uuid.UUID], *, now: dt.datetime) -> None:
    """Bring the rows of these places up to date; what is not published is found no longer."""
    ahead = Ahead.of(now)
    names: dict[str, str] = {}
    wanted = list(place_ids)
    for first in range(0, len(wanted), BATCH):
        write(wanted[first : first + BATCH], ahead, names)


def write(place_ids: list[uuid.UUID], ahead: Ahead, names: dict[str, str]) -> None:
    PlaceSearch.objects.filter(place__in=place_ids).exclude(place__state=State.PUBLISHED).delete()
    places = list(
        Place.objects.filter(pk__in=place_ids, state=State.PUBLISHED).select_related(
            "division", "union"
        )
    )
    if not places:
        return
    learn_names({place.division for place in places}, names)
    overrides = overrides_of(place_ids, ahead.now)
    said = reports_of(place_ids, ahead.now)
    lacking = lacking_of(place_ids, ahead.now)
    rows = [
        entry_of(
            place,
            ahead,
            names,
            overrides.get(place.pk, ()),
            said.get(place.pk, ()),
            lacking.get(place.pk, ()),
        )
        for place in places
    ]
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, [list(column) for column in zip(*rows, strict=True)])


def learn_names(divisions: set[Division], names: dict[str, str]) -> None:
    """The names of these divisions and of those above, by code. One query at most."""
    wanted = {code for division in divisions for code in codes_of(division)} - names.keys()
    if wanted:
        named = Division.objects.filter(code__in=wanted)
        names.update(named.values_list("code", "name"))


def codes_of(division: Division) -> list[str]:
    """The divisions on its path, without the country."""
    return [code for code in division.path.split("/") if code and code != COUNTRY_CODE]


def names_above(division: Division, names: Mapping[str, str]) -> list[str]:
    """What a division and those above it are called, of what was learnt."""
    above = [names[code] for code in codes_of(division) if code in names]
    return [name for name in above if not is_pseudo(name)]


def reports_of(
    place_ids: Collection[uuid.UUID], now: dt.datetime, window: dt.timedelta = truth.WINDOW
) -> dict[uuid.UUID, list[truth.Voice]]:
    """What people have said lately, by place, in its order. One query."""
    said: dict[uuid.UUID, list[truth.Voice]] = {}
    recent = Report.objects.filter(place__in=place_ids, at__gt=now - window, at__lte=now)
    for report in recent.order_by("at", "id"):
        said.setdefault(report.place_id, []).append(truth.Voice.of(report))
    return said


def lacking_of(place_ids: Collection[uuid.UUID], now: dt.datetime) -> dict[uuid.UUID, list[str]]:
    """The facilities whose supplies have all expired or run out, and those found to be broken on a
    round and not said to be mended, by place. Two queries."""
    today = now.astimezone(clock.CHINA).date()
    known: dict[uuid.UUID, list[Supply]] = {}
    for supply in Supply.objects.filter(place__in=place_ids).exclude(facility=""):
        known.setdefault(supply.place_id, []).append(supply)
    found = {place_id: supplies.lacking(rows, today) for place_id, rows in known.items()}
    broken = Problem.objects.filter(place__in=place_ids, state=ProblemState.OPEN)
    # What the public says is believed as long as `rules.truth` says, and no longer.
    by_officers = broken.exclude(facility="").exclude(source=Source.PUBLIC)
    for place_id, facility in by_officers.values_list("place", "facility"):
        found.setdefault(place_id, []).append(facility)
    return found


def missing_until(
    verdict: truth.Verdict, lacking: Collection[str], now: dt.datetime
) -> dt.datetime | None:
    """When what is missing is to be looked at again: what people say passes by itself, an empty
    box does not and is looked at each night."""
    if not lacking:
        return verdict.missing_until
    nightly = now + dt.timedelta(days=opening.DAYS_AHEAD)
    return min(nightly, verdict.missing_until or nightly)


def entry_of(
    place: Place,
    ahead: Ahead,
    names: Mapping[str, str],
    overrides: Collection[Override],
    said: Collection[truth.Voice],
    lacking: Collection[str],
) -> tuple[object, ...]:
    """The values of one row, in the order `ENTRIES` takes them."""
    by_hours = ahead.stretches(place.hours, place.division_id, overrides)
    if place.unsafe_since is not None:
        by_hours = []
    verdict = truth.weigh(said, open_at=by_hours, now=ahead.now)
    shut = (ahead.now, verdict.shut_until) if verdict.shut_until else None
    open_at = opening.without(by_hours, shut)
    point = Position(place.longitude, place.latitude)
    return (
        place.pk,
        point.easting,
        point.northing,
        place.longitude,
        place.latitude,
        facilities.offers(place.kind, place.facilities),
        facilities.mask((*verdict.missing, *lacking)),
        missing_until(verdict, lacking, ahead.now),
        opening.as_multirange(open_at),
        opening.is_at_night(open_at),
        " ".join(
            f"'{key}'"
            for key in finding.tokens_of(
                [place.name, place.address, str(place.union)],
                names_above(place.division, names),
            )
        ),
    )


def refresh_openings(*, now: dt.datetime) -> int:
    """Compute the days ahead of every published place anew: each night, and when the calendar
    changes. Says how many rows changed. Running again changes nothing.

    Nearly all places share a few hundred ways of being open, so each is computed once and written
    by one statement for each province; the few with other hours or reports are done one by one.
    """
    special = list_special(now)
    index_places(special, now=now)
    ahead = Ahead.of(now)
    pairs = (
        Place.objects.filter(state=State.PUBLISHED)
        .values_list("hours", "division_id")
        .order_by("division_id")
    )
    by_province: dict[str, set[str]] = {}
    for hours, code in pairs.iterator(chunk_size=10_000):
        by_province.setdefault(code[:2], set()).add(hours)
    changed = len(special)
    for province, texts in by_province.items():
        changed += forward(province, sorted(texts), ahead, special)
    return changed


def list_special(now: dt.datetime) -> list[uuid.UUID]:
    """The places whose days ahead hang on more than their hours."""
    today = now.astimezone(clock.CHINA).date()
    others = Q(hours_overrides__last_date__gte=today - opening.ONE_DAY)
    said = Q(reports__at__gt=now - truth.WINDOW)
    known = Q(entry__missing__gt=0) | Q(unsafe_since__isnull=False)
    is_old = Q(expires_date__lt=today) | Q(check_date__lt=today)
    supplies = Supply.objects.filter(is_old, ended_at=None).exclude(facility="")
    expired = Q(pk__in=supplies.values("place"))
    found = Place.objects.filter(others | said | known | expired, state=State.PUBLISHED)
    return list(found.distinct().values_list("pk", flat=True))


@transactions.atomic
def forward(province: str, texts: list[str], ahead: Ahead, special: list[uuid.UUID]) -> int:
    """Write the days ahead of one province; says how many rows changed."""
    found = [ahead.stretches(text, province) for text in texts]
    with connection.cursor() as cursor:
        cursor.execute(
            FORWARD,
            [
                texts,
                [province] * len(texts),
                [opening.as_multirange(each) for each in found],
                [opening.is_at_night(each) for each in found],
                special,
            ],
        )
        return int(cursor.rowcount)
