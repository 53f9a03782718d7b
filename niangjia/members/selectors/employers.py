"""Employers as an officer sees them: those that unions within reach are there for."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.core import ids
from niangjia.core.errors import NotFound
from niangjia.members.models import Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import holding
from niangjia.members.selectors.unions_within_reach import list_unions_within
from niangjia.organisations.models import Employer, PastEmployer, Union

#: Whoever does not find it among so many writes another word.
OFFERED = 8


@dataclass(frozen=True)
class KnownEmployer:
    """An employer, the names it had, and the unions there for it, of which `beyond` lie out of
    reach: then nobody among `posts` speaks for all of them, and `is_ours` is false."""

    employer: Employer
    former_names: list[str]
    unions: list[Union]
    beyond: list[Union]

    @property
    def is_ours(self) -> bool:
        """Whether it may be renamed and merged from here."""
        return not self.beyond and self.employer.merged_into_id is None


def list_employers_within(posts: Iterable[Post]) -> QuerySet[Employer]:
    """The employers that a union within reach is there for, and those that went into another while
    one was: whoever asks for such a one is told where it went."""
    unions = list_unions_within(posts, Action.EDIT_UNION)
    named = Union.employers.through.objects.filter(employer=OuterRef("pk"), union__in=unions)
    once = PastEmployer.objects.filter(employer=OuterRef("pk"), union__in=unions)
    found = Employer.objects.filter(Exists(named))
    merged = Employer.objects.filter(Exists(once), merged_into__isnull=False)
    return found | merged


def access_employer_within(posts: Iterable[Post], employer_id: str) -> Employer:
    """The employer with this id, or `NotFound`: out of reach answers like missing."""
    key = ids.parse_uuid(employer_id)
    found = key and (
        list_employers_within(posts)
        .select_related("division", "merged_into")
        .filter(pk=key)
        .first()
    )
    if not found:
        raise NotFound(_("There is no such page"))
    return found


def find_employers_within(
    posts: Iterable[Post], words: str, *, but: Employer
) -> tuple[list[Employer], bool]:
    """Up to eight employers within reach whose name has `words` in it, or that have this code, but
    not the one itself; and whether there are more. One query, none without words."""
    words = " ".join(words.split())
    if not words:
        return [], False
    standing = list_employers_within(posts).filter(merged_into=None).exclude(pk=but.pk)
    found = standing.filter(name__icontains=words) | standing.filter(uscc=words.upper())
    shown = list(found.select_related("division").order_by("name", "id")[: OFFERED + 1])
    return shown[:OFFERED], len(shown) > OFFERED


def know(posts: Sequence[Post], employer: Employer) -> KnownEmployer:
    """All that its page says. Two queries."""
    unions = list(employer.unions.select_related("division").order_by("path"))
    names = employer.former_names.order_by("-until").values_list("name", flat=True)
    return KnownEmployer(
        employer=employer,
        former_names=[name for name in names if name != employer.name],
        unions=unions,
        beyond=[] if find_speaker(posts, [u.path for u in unions]) else beyond(posts, unions),
    )


def beyond(posts: Iterable[Post], unions: Iterable[Union]) -> list[Union]:
    """Those of `unions` that the widest of `posts` does not reach."""
    return min(
        (
            [union for union in unions if not post.scope.covers(union.path)]
            for post in holding(posts, Action.EDIT_UNION)
        ),
        key=len,
    )


def find_speaker(posts: Iterable[Post], paths: Collection[str]) -> Post | None:
    """The nearest of `posts` that may edit every union at `paths`; None when none may."""
    able = [
        post
        for post in holding(posts, Action.EDIT_UNION)
        if all(post.scope.covers(path) for path in paths)
    ]
    return max(able, key=lambda post: post.union.depth, default=None)


def paths_of(employer_ids: Collection[uuid.UUID]) -> list[str]:
    """Where the unions stand that are there for one of these employers. One query."""
    named = Union.employers.through.objects.filter(employer__in=employer_ids)
    return list(named.values_list("union__path", flat=True).distinct())
