"""Lists of places as the officers who send them see them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids, scope
from niangjia.core.errors import NotFound
from niangjia.members.models import Post
from niangjia.members.selectors.posts import reaches
from niangjia.places.models import ListRow, PlaceList, RowState
from niangjia.places.selectors.desk import KEEPS

ENTERED = (RowState.MADE, RowState.UPDATED)


def list_lists_within(posts: Iterable[Post]) -> QuerySet[PlaceList]:
    """The lists of the unions that `posts` reach. Order by "-id"."""
    found = PlaceList.objects.filter(scope.within(reaches(posts, KEEPS), field="union__path"))
    return found.select_related("union")


def access_list_within(posts: Iterable[Post], list_id: str) -> PlaceList:
    """A list within reach. Raises `NotFound`."""
    number = ids.parse_uuid(list_id)
    found = number and list_lists_within(posts).filter(pk=number).first()
    if not found:
        raise NotFound(_("There is no such page"))
    return found


@dataclass(frozen=True)
class Mend:
    """What was proposed to so many rows alike; `example` says what is wrong with the first."""

    key: str
    count: int
    example: dict[str, str]


def counts_of(place_list: PlaceList) -> dict[str, int]:
    """How many rows of each state. One query."""
    found = place_list.rows.values_list("state").annotate(count=Count("pk")).order_by()
    return {**dict.fromkeys(RowState.values, 0), **dict(found)}


def list_rows(place_list: PlaceList, state: str) -> QuerySet[ListRow]:
    """The rows of a state. Order by "number" and "id"."""
    return place_list.rows.filter(state=state).select_related("place")


def mends_of(place_list: PlaceList) -> list[Mend]:
    """What would put rows right at once, the most useful first. One query."""
    counts: Counter[str] = Counter()
    examples: dict[str, dict[str, str]] = {}
    wrong = place_list.rows.filter(state=RowState.WRONG).values_list("problems", flat=True)
    for problems in wrong:
        for each in problems:
            if each["mend"]:
                counts[each["mend"]] += 1
                examples.setdefault(each["mend"], each)
    return [Mend(key, count, examples[key]) for key, count in counts.most_common()]
