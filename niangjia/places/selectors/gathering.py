"""Places, on pages that gather things of several rooms."""

from collections.abc import Collection, Iterable

from django.urls import reverse

from niangjia.core import scope
from niangjia.core.gathering import Gathered
from niangjia.organisations.models import Union
from niangjia.places.models import Place, State

#: More than these nobody looks through; who misses one narrows the union.
MOST = 200


def gathered(places: Iterable[Place]) -> list[Gathered]:
    return [
        Gathered(
            key=place.code,
            title=place.name,
            text=place.address,
            url=reverse("places:place", args=[place.code]),
            icon="map-pin",
        )
        for place in places
    ]


def listed(union: Union) -> list[Gathered]:
    """What `union` and those below it keep open to the public, by name."""
    within = scope.subtree(union.path, field="union__path")
    found_here = Place.objects.filter(within, state=State.PUBLISHED)
    return gathered(found_here.order_by("name", "code")[:MOST])


def found(_union: Union, keys: Collection[str]) -> list[Gathered]:
    """Those of `keys` that are open to the public still."""
    return gathered(Place.objects.filter(code__in=keys, state=State.PUBLISHED))
