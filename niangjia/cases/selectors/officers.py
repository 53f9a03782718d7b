"""People who work at unions, as somebody who complains about one of them calls them."""

import re
import uuid
from collections.abc import Collection, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.cases.rules.titles import roles_in
from niangjia.cases.selectors.surroundings import ROLES, choices_among
from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.members.models import Post
from niangjia.members.selectors.ties import untied
from niangjia.members.selectors.unions_within_reach import Choices
from niangjia.organisations.models import Status, Union
from niangjia.organisations.rules.paths import ancestor_paths

#: What people put between the parts of a name, or leave out.
BETWEEN = re.compile(r"[\s·•・‧.]+")


def list_unions() -> QuerySet[Union]:
    """The unions at which somebody may work whom a case is about: every one there is."""
    return Union.objects.filter(status=Status.ACTIVE)


def access_officer_union(number: str) -> Union:
    """The one of this number. Raises `Invalid` on `officer_union`."""
    found = list_unions().filter(number=number.strip()).first()
    if found is None:
        problem = _("There is no union of this number.")
        raise Invalid(problem, code="unknown-union", fields={"officer_union": problem})
    return found


def offered_unions(words: str, *, near: Union) -> Choices:
    """Those that `words` may mean; without a word `near` and those above it, from there up. One
    query."""
    if words.strip():
        return choices_among(list_unions(), words)
    above = list_unions().filter(path__in=ancestor_paths(near.path))
    return Choices(list(above.select_related("division").order_by("-depth")))


def accounts_called(union: Union, words: str) -> set[uuid.UUID]:
    """The accounts of those whose name stands in `words` and who hold a post at `union` or at one
    above it, or ever held one: whoever complains may be wrong about which of these it is. Of two of
    the same name it is both, since what one of them is kept from by mistake a colleague does, and
    what is shown by mistake cannot be taken back. One query."""
    said = plain(words)
    posts = Post.objects.filter(union__path__in=ancestor_paths(union.path))
    named = posts.filter(account__person__isnull=False).values_list(
        "account", "account__person__name"
    )
    return {account for account, name in named if is_called(name, said)}


def accounts_meant(union: Union, words: str) -> set[uuid.UUID]:
    """Those whom `words` mean: whoever is called so (`accounts_called`), and where nobody is,
    whoever holds the post at `union` that stands in them, lent ones too. Two queries at most."""
    if called := accounts_called(union, words):
        return called
    roles = roles_in(plain(words))
    if not roles:
        return set()
    posts = Post.objects.filter(union=union, role__in=roles, ended_at=None)
    return set(posts.values_list("account", flat=True))


def is_called(name: str, words: str) -> bool:
    """Whether a whole name stands in `words` (`plain`). A name of one letter is no name."""
    bare = plain(name)
    return len(bare) > 1 and bare in words


def plain(words: str) -> str:
    """`words` without what may stand between the parts of a name."""
    return BETWEEN.sub("", words).casefold()


def deserted(
    unions: Sequence[Union], excluded: Collection[uuid.UUID], accused: Collection[uuid.UUID]
) -> set[uuid.UUID]:
    """Those of `unions` whose every officer who handles cases is `excluded` or tied to an employer
    that is `accused`. A union without officers is none of them: those above see to it. Two queries
    at most, none where nobody is excluded."""
    if not excluded:
        return set()
    posts = Post.objects.filter(
        union__in=unions, ended_at=None, role__in=ROLES, account__is_active=True
    ).exclude(until__lte=clock.now())
    held = list(posts.values_list("union", "account"))
    free = {account for _union, account in held} - set(excluded)
    if free and accused:
        free = untied(free, accused)
    return {union for union, _account in held} - {union for union, each in held if each in free}


def unions_about(about: Collection[uuid.UUID]) -> list[Union]:
    """The unions at which somebody works whom a case is about. One query, none for others."""
    return list(Union.objects.filter(pk__in=about).order_by("path")) if about else []
