"""Unions as an officer sees them: those within reach, and nothing of the others."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import scope
from niangjia.core.errors import NotFound
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import reaches
from niangjia.organisations.models import Status, Union


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


def find_named_union_within(posts: Iterable[Post], action: Action, text: str) -> Union | None:
    """The one union within reach with this number or this whole name, or None: a name that several
    bear does not say which."""
    words = text.strip()
    if words.isdigit():
        return find_union_within(posts, action, words)
    unions = list_unions_within(posts, action).exclude(status=Status.DISSOLVED)
    found = list(unions.filter(name=words)[:2])
    return found[0] if len(found) == 1 else None


def within_reach(posts: Iterable[Post], action: Action, path: str) -> bool:
    """Whether the union at `path` lies within reach for `action`. No query."""
    return any(reach.covers(path) for reach in reaches(posts, action))
