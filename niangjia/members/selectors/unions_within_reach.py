"""Unions as an officer sees them: those within reach, and nothing of the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import scope
from niangjia.core.errors import NotFound
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import holding, reaches
from niangjia.organisations.models import Kind, Status, Union
from niangjia.organisations.selectors import list_entries

#: Whoever does not find it among so many writes another word.
OFFERED = 8
#: `rules.applications.is_joinable`, for the database.
JOINABLE = Q(status=Status.ACTIVE) & (
    Q(kind__in=(Kind.GRASSROOTS, Kind.JOINT)) | ~Q(admits_directly=[])
)


def list_unions_within(posts: Iterable[Post], action: Action) -> QuerySet[Union]:
    """The unions on which `posts` entitle to `action`."""
    return Union.objects.filter(scope.within(reaches(posts, action))).select_related("division")


def find_union_within(posts: Iterable[Post], action: Action, number: str) -> Union | None:
    """The union with this number if it lies within reach for `action`."""
    return list_unions_within(posts, action).filter(number=number).first()


def access_union_within(posts: Iterable[Post], action: Action, number: str) -> Union:
    """`find_union_within`, or `NotFound`: out of reach answers like missing."""
    if union := find_union_within(posts, action, number):
        return union
    raise NotFound(_("There is no such page"))


def access_asked_union(posts: Sequence[Post], action: Action, number: str | None) -> Union:
    """The union a page is about: the one with this number, else that of the highest post. Raises
    `NotFound`."""
    return access_union_within(posts, action, number or holding(posts, action)[0].union.number)


def find_named_union_within(posts: Iterable[Post], action: Action, text: str) -> Union | None:
    """The one union within reach with this number or this whole name, or None: a name that several
    bear does not say which."""
    words = text.strip()
    if words.isdigit():
        return find_union_within(posts, action, words)
    unions = list_unions_within(posts, action).exclude(status=Status.DISSOLVED)
    found = list(unions.filter(name=words)[:2])
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class Choices:
    """Unions to choose from, the likeliest first; `more` says that there are others."""

    unions: list[Union]
    more: bool = False


def find_joinable_within(posts: Iterable[Post], action: Action, text: str) -> Choices:
    """The unions within reach that have members of their own and that `text` may mean: the
    beginning of a number, or words, pinyin or initials, as on the public page. One query."""
    words = text.strip()
    found = list_unions_within(posts, action).filter(JOINABLE)
    if words.isdecimal():
        unions = list(found.filter(number__startswith=words).order_by("number")[: OFFERED + 1])
    else:
        entries = list_entries(words).filter(union__in=found)
        unions = [
            entry.union
            for entry in entries.defer("tokens").select_related("union__division")[: OFFERED + 1]
        ]
    return Choices(unions[:OFFERED], more=len(unions) > OFFERED)


def within_reach(posts: Iterable[Post], action: Action, path: str) -> bool:
    """Whether the union at `path` lies within reach for `action`. No query."""
    return any(reach.covers(path) for reach in reaches(posts, action))
