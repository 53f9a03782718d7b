"""Public places in the order in which they changed: for map vendors who keep up."""

import datetime as dt

from django.db.models import QuerySet

from niangjia.places.models import Place, State


def list_changed(since: dt.datetime | None = None, division: str = "") -> QuerySet[Place]:
    """What is or was on the map and has changed at or after `since`, in a division or below it.
    Order by "changed_at", "id". Closed ones are among them, so that others take them off too."""
    found = Place.objects.filter(
        state__in=[State.PUBLISHED, State.CLOSED], published_at__isnull=False
    )
    if since is not None:
        found = found.filter(changed_at__gte=since)
    if division:
        found = found.filter(division__path__contains=f"{division}/")
    return found.select_related("union", "division")
