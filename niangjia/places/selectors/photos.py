"""Photos of places: as everybody sees them, and as keepers and officers do."""

from collections.abc import Iterable
from functools import cache

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids, scope
from niangjia.core.errors import NotFound
from niangjia.core.prepared import Asked, Given, Prepared
from niangjia.members.models import Account, Post
from niangjia.members.selectors.posts import reaches
from niangjia.places.models import Place, PlacePhoto, State
from niangjia.places.selectors.desk import KEEPS


def list_on_page(place: Place) -> list[PlacePhoto]:
    """Those of its page in their turn; the first is the cover. One query."""
    return list(place.photos.filter(report=None).order_by("position", "id"))


def list_waiting(place: Place) -> list[PlacePhoto]:
    """Those that came with a word and nobody has looked at, the oldest first. One query."""
    waiting = place.photos.filter(report__isnull=False, shown_at=None)
    return list(waiting.select_related("report").order_by("id"))


@cache
def shown_photos() -> Prepared[PlacePhoto]:
    """The photos of a place that everybody may see."""
    shown = PlacePhoto.objects.filter(place_id=Given("place"), shown_at__isnull=False)
    return Prepared(shown.order_by("position", "id"))


def shown_of(place: Place) -> Asked[list[PlacePhoto]]:
    """The question which photos of a place everybody may see, to be asked together with others."""
    return shown_photos().asked_for_instances(place=place.pk)


def access_shown(photo_id: str) -> PlacePhoto:
    """A photo that everybody may see. Raises `NotFound`, as for one that nobody has looked at."""
    return access(
        PlacePhoto.objects.filter(
            shown_at__isnull=False,
            place__state__in=[State.PUBLISHED, State.CLOSED],
            place__published_at__isnull=False,
        ),
        photo_id,
    )


def access_within(posts: Iterable[Post], photo_id: str) -> PlacePhoto:
    """A photo of a place within reach. Raises `NotFound`."""
    within = scope.within(reaches(posts, KEEPS), field="place__union__path")
    return access(PlacePhoto.objects.filter(within), photo_id)


def access_kept(account: Account, photo_id: str) -> PlacePhoto:
    """A photo of a place that somebody keeps now. Raises `NotFound`."""
    mine = Q(place__keepers__account=account, place__keepers__ended_at=None)
    return access(PlacePhoto.objects.filter(mine), photo_id)


def access(photos: QuerySet[PlacePhoto], photo_id: str) -> PlacePhoto:
    """The one among these. Raises `NotFound`."""
    key = ids.parse_uuid(photo_id)
    rows = photos.select_related("stored", "small", "place__union")
    found = rows.filter(pk=key).first() if key else None
    if found is None:
        raise NotFound(_("There is no such page"))
    return found
