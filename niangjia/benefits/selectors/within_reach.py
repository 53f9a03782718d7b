"""What officers reach, for every selector of this room."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import scope
from niangjia.core.errors import NotFound
from niangjia.members.models import Post
from niangjia.members.rules import Action
from niangjia.members.selectors.posts import reaches

M = TypeVar("M", bound=Model)


def within(posts: Iterable[Post], field: str = "union__path") -> Q:
    """The rows of unions within reach of whoever may give benefits."""
    return scope.within(reaches(posts, Action.GIVE_BENEFITS), field=field)


def one(found: QuerySet[M]) -> M:
    """The only row. Raises `NotFound`."""
    row = found.first()
    if row is None:
        raise NotFound(_("There is no such page"))
    return row
