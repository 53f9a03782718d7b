"""What was asked for at places, and how they are rated."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock, ids, scope
from niangjia.core.errors import NotFound
from niangjia.core.prepared import Asked, Given, Prepared
from niangjia.members.models import Account, Post
from niangjia.members.selectors.posts import reaches
from niangjia.places.models import Lock, Place, Plate, RatedVisit, Supply, SupplyRequest
from niangjia.places.models.requests import OPEN
from niangjia.places.selectors.desk import KEEPS, access_part

MOST = 20


@cache
def open_requests() -> Prepared[SupplyRequest]:
    """What is asked for at a place and has not ended."""
    found = SupplyRequest.objects.filter(place_id=Given("place"), state__in=OPEN)
    return Prepared(found.order_by("-id")[:MOST])


def asked_for(place: Place) -> Asked[list[SupplyRequest]]:
    """The question what is asked for at a place, to be asked together with others."""
    return open_requests().asked_for_instances(place=place.pk)


@cache
def ratings() -> Prepared[Any]:
    """How often a place was rated with each level, by month."""
    rated = RatedVisit.objects.filter(place_id=Given("place"), level__isnull=False)
    months = rated.annotate(month=TruncMonth("rated_at", tzinfo=clock.CHINA))
    return Prepared(months.values_list("month", "level").annotate(number=Count("pk")).order_by())


def rated(place: Place) -> Asked[list[tuple[Any, ...]]]:
    """The question how a place was rated, to be asked together with others."""
    return ratings().asked(place=place.pk)


@cache
def supplies_entered() -> Prepared[Supply]:
    """What a facility of a place needs, and ever needed."""
    return Prepared(Supply.objects.filter(place_id=Given("place")).exclude(facility=""))


def supplied(place: Place) -> Asked[list[Supply]]:
    """The question what the facilities of a place need, to be asked together with others."""
    return supplies_entered().asked_for_instances(place=place.pk)


@cache
def locks_in_use() -> Prepared[Any]:
    """The locks of a place that open."""
    paired = Lock.objects.filter(place_id=Given("place"), paired_at__isnull=False, revoked_at=None)
    return Prepared(paired.values_list("pk")[:1])


def unlocked(place: Place) -> Asked[list[tuple[Any, ...]]]:
    """The question whether members open its door by code, to be asked together with others."""
    return locks_in_use().asked(place=place.pk)


@cache
def plates_in_force() -> Prepared[Any]:
    """The plate that hangs at a place."""
    hangs = Plate.objects.filter(place_id=Given("place"), withdrawn_at=None)
    return Prepared(hangs.values_list("pk")[:1])


def plated(place: Place) -> Asked[list[tuple[Any, ...]]]:
    """The question whether a place has a plate to scan, to be asked together with others."""
    return plates_in_force().asked(place=place.pk)


def list_requests(place: Place) -> list[SupplyRequest]:
    """The newest requests of a place, those that have ended too. One query."""
    return list(SupplyRequest.objects.filter(place=place).order_by("-id")[:MOST])


def list_requests_within(posts: Iterable[Post]) -> QuerySet[SupplyRequest]:
    """The requests of places within reach. Order by "-id"."""
    within = scope.within(reaches(posts, KEEPS), field="place__union__path")
    return SupplyRequest.objects.filter(within).select_related("place__union")


def access_request_within(posts: Iterable[Post], request_id: str) -> SupplyRequest:
    """A request of a place within reach. Raises `NotFound`."""
    return access_part(SupplyRequest.objects.all(), posts, request_id)


def access_kept_request(account: Account, request_id: str) -> SupplyRequest:
    """A request of a place that somebody keeps now. Raises `NotFound`."""
    key = ids.parse_uuid(request_id)
    kept = SupplyRequest.objects.filter(
        place__keepers__account=account, place__keepers__ended_at=None
    )
    found = kept.select_related("place__union").filter(pk=key).first() if key else None
    if found is None:
        raise NotFound(_("There is no such page"))
    return found
