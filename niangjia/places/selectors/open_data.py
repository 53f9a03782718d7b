"""Public places in the order in which they changed: for map vendors who keep up."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Prefetch, QuerySet

from niangjia.core import clock, scope
from niangjia.places.models import HoursOverride, Place, State
from niangjia.places.rules.open_data_words import LICENCES, Licence
from niangjia.regions.models import Division

SETTLED_AFTER = dt.timedelta(minutes=1)


def licence() -> Licence:
    """On which terms this node gives its places away: the operator's choice. Raises
    `ImproperlyConfigured` for one that is not known here."""
    found = LICENCES.get(settings.OPEN_DATA_LICENCE)
    if found is None:
        raise ImproperlyConfigured(f"NIANGJIA_OPEN_DATA_LICENCE is one of {', '.join(LICENCES)}.")
    return found


def find_example() -> Place | None:
    """The one that changed last of those that are published, for whoever writes a program. Two
    queries."""
    return list_changed().filter(state=State.PUBLISHED).order_by("-changed_at", "-id").first()


def list_changed(
    since: dt.datetime | None = None, division: Division | None = None
) -> QuerySet[Place]:
    """What is or was on the map and has changed at or after `since`, in a division or below it,
    with its other hours that are not past (`coming_hours`). Order by "changed_at", "id". Closed
    ones are among them, so that others take them off too. What has changed within the last minute
    is left for later: a transaction that began earlier may still be writing, and whoever asks from
    the newest moment they have seen would never hear of it."""
    found = Place.objects.filter(
        state__in=[State.PUBLISHED, State.CLOSED],
        published_at__isnull=False,
        changed_at__lte=clock.now() - SETTLED_AFTER,
    )
    if since is not None:
        found = found.filter(changed_at__gte=since)
    if division is not None:
        found = found.filter(scope.subtree(division.path, field="division__path"))
    coming = HoursOverride.objects.filter(last_date__gte=clock.today()).order_by("first_date", "id")
    return found.select_related("union", "division").prefetch_related(
        Prefetch("hours_overrides", coming, to_attr="coming_hours")
    )
