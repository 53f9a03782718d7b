"""Places as the officers who list and approve them see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids, scope
from niangjia.core.errors import NotFound
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import (
    access_acting_post,
    find_acting_post,
    holding,
    reaches,
)
from niangjia.organisations.rules.positions import Position, great_circle_metres
from niangjia.places.models import HoursOverride, Keeper, Place, State
from niangjia.places.rules.listing import Listing

M = TypeVar("M", bound=Model)
KEEPS = Action.KEEP_PLACES
IN_PROGRESS = (State.DRAFT, State.APPLIED, State.CHECKED, State.APPROVED)
#: Whatever is this near may be the same place under another name.
NEARBY_METRES = 150.0
#: Degrees of latitude and of longitude that are wider than that anywhere in China.
BOX = (0.0015, 0.0026)
MOST_NEIGHBOURS = 5


def list_places_within(posts: Iterable[Post]) -> QuerySet[Place]:
    """The places of the unions that `posts` reach. Order by "-id"."""
    found = Place.objects.filter(scope.within(reaches(posts, KEEPS), field="union__path"))
    return found.select_related("union", "division")


def access_place_within(posts: Iterable[Post], code: str) -> Place:
    """A place within reach. Raises `NotFound`."""
    found = list_places_within(posts).select_related("union__parent").filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def access_approver(posts: Iterable[Post], place: Place) -> Post:
    """The nearest post above the union of a place, else the one at it: the service says whether
    that is enough. Raises `NotFound`."""
    held, path = list(posts), place.union.path
    above = [post for post in held if post.union_id != place.union_id]
    return find_acting_post(above, KEEPS, path) or access_acting_post(held, KEEPS, path)


def in_tab(tab: str, posts: Iterable[Post]) -> Q:
    """The places of a tab of the desk: "" what is on the map, "wait" what waits for oneself to
    check or approve it, "progress", "closed"."""
    own = [post.union_id for post in holding(posts, KEEPS)]
    waits = Q(state__in=[State.APPLIED, State.CHECKED], union__parent__in=own) | Q(
        state=State.APPROVED, union__in=own
    )
    return {
        "wait": waits,
        "progress": Q(state__in=IN_PROGRESS),
        "closed": Q(state=State.CLOSED),
    }.get(tab, Q(state=State.PUBLISHED))


def matching(words: str) -> Q:
    """By a part of the name or of the address, or by the code on the plate."""
    return Q(name__icontains=words) | Q(address__icontains=words) | Q(code=words)


def access_override_within(posts: Iterable[Post], override_id: str) -> HoursOverride:
    """Other hours of a place within reach. Raises `NotFound`."""
    return access_part(HoursOverride.objects.all(), posts, override_id)


def access_keeper_within(posts: Iterable[Post], keeper_id: str) -> Keeper:
    """A keeper of a place within reach. Raises `NotFound`."""
    return access_part(Keeper.objects.all(), posts, keeper_id)


def access_part(rows: QuerySet[M], posts: Iterable[Post], key: str) -> M:
    """Something of a place within reach. Raises `NotFound`."""
    number = ids.parse_uuid(key)
    reached = scope.within(reaches(posts, KEEPS), field="place__union__path")
    found = rows.filter(reached, pk=number).select_related("place__union").first()
    if number is None or found is None:
        raise NotFound(_("There is no such page"))
    return found


@dataclass(frozen=True)
class Neighbour:
    """A place near another, and how near."""

    place: Place
    metres: int


def list_neighbours(listing: Listing, *, but: Place | None = None) -> list[Neighbour]:
    """What is within 150 metres and not closed for good, the nearest first: somebody decides
    whether it is the same. One query."""
    here = Position(listing.longitude, listing.latitude)
    near = Place.objects.filter(
        latitude__range=(here.latitude - BOX[0], here.latitude + BOX[0]),
        longitude__range=(here.longitude - BOX[1], here.longitude + BOX[1]),
        kind=listing.kind,
    ).exclude(state=State.CLOSED)
    if but is not None:
        near = near.exclude(pk=but.pk)
    found = [
        Neighbour(each, round(great_circle_metres(here, Position(each.longitude, each.latitude))))
        for each in near.select_related("union")[:100]
    ]
    close = [each for each in found if each.metres <= NEARBY_METRES]
    return sorted(close, key=lambda each: each.metres)[:MOST_NEIGHBOURS]
