"""Public places in the order in which they changed: for map vendors who keep up."""

import datetime as dt

from django.db.models import QuerySet

from niangjia.core import scope
from niangjia.places.models import Place, State
from niangjia.regions.models import Division


def list_changed(
    since: dt.datetime | None = None, division: Division | None = None
) -> QuerySet[Place]:
    """What is or was on the map and has changed at or after `since`, in a division or below it.
    Order by "changed_at", "id". Closed ones are among them, so that others take them off too."""
    found = Place.objects.filter(
        state__in=[State.PUBLISHED, State.CLOSED], published_at__isnull=False
    )
    if since is not None:
        found = found.filter(changed_at__gte=since)
    if division is not None:
        found = found.filter(scope.subtree(division.path, field="division__path"))
    return found.select_related("union", "division")
