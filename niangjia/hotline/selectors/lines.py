"""Hotlines and who answers them."""

import uuid
from collections.abc import Collection, Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import clock
from niangjia.core.errors import NotFound
from niangjia.hotline.models import Line
from niangjia.members.models import Post
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import reaches
from niangjia.organisations.models import Status
from niangjia.organisations.rules.paths import ancestor_paths

ROLES = [role for role, may in permissions.MAY.items() if Action.ANSWER_HOTLINE in may]


def lines_of(posts: Sequence[Post]) -> QuerySet[Line]:
    """The lines that `posts` may answer: at their unions, and below where they reach so far. The
    database says the same (`hotline_lines`, migration 0002). The highest first."""
    wanted = Q(pk__in=[])
    for reach in reaches(posts, Action.ANSWER_HOTLINE):
        wanted |= (
            Q(union__path__startswith=reach.path) if reach.subtree else Q(union__path=reach.path)
        )
    return Line.objects.filter(wanted).select_related("union__division").order_by("union__path")


def access_line(posts: Sequence[Post], number: str) -> Line:
    """The line of this number, for who may answer it. Raises `NotFound`."""
    found = lines_of(posts).filter(number=number).first()
    if found is None:
        raise NotFound(_("There is no such page"))
    return found


def find_line_near(place: str) -> Line | None:
    """The open line for a division code: the nearest above it, else the highest there is. One or
    two queries."""
    found = Line.objects.filter(is_open=True, union__status=Status.ACTIVE)
    found = found.select_related("union__division")
    codes = [place, f"{place[:4]}00", f"{place[:2]}0000"] if place else []
    near = found.filter(union__division__code__in=codes).order_by("-union__depth").first()
    return near or found.order_by("union__depth", "number").first()


def line_left(line: Line, excluded: Collection[uuid.UUID]) -> Line:
    """Where a message waits that is kept from the accounts `excluded`: at `line`; or where they are
    everybody who answers that, at the nearest open line above that somebody else answers. Where
    there is none it waits at `line` for whoever answers it later. Two queries, none where nobody is
    excluded."""
    if not excluded:
        return line
    paths = ancestor_paths(line.union.path)
    held = Post.objects.filter(
        union__path__in=paths, role__in=ROLES, ended_at=None, account__is_active=True
    )
    posts = held.exclude(account__in=excluded).exclude(until__lte=clock.now())
    free = [post.scope for post in posts.select_related("union")]
    open_ones = Line.objects.filter(is_open=True, union__status=Status.ACTIVE)
    above = open_ones.filter(union__path__in=paths).select_related("union__division")
    answered = (
        each
        for each in above.order_by("-union__depth")
        if any(scope.covers(each.union.path) for scope in free)
    )
    return next(answered, line)
