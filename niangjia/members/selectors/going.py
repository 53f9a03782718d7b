"""Where an officer may want to go: the application or the unions that typed words mean."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Invalid
from niangjia.members.models import Application, Post, Reach
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.inbox import visible_applications
from niangjia.members.selectors.posts import holding
from niangjia.members.selectors.unions_within_reach import list_unions_within
from niangjia.organisations import selectors as organisations
from niangjia.organisations.models import Kind, Status, Union
from niangjia.regions.rules.codes import COUNTRY_CODE

SHOWN = 8
LONGEST = 60


@dataclass(frozen=True)
class Destinations:
    """What was found within reach; nothing tells what lies outside it (promise 10)."""

    applications: list[Application] = field(default_factory=list)
    unions: list[Union] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.applications) + len(self.unions)

    def __bool__(self) -> bool:
        return self.count > 0


def find_destinations(posts: Sequence[Post], words: str) -> Destinations:
    """An application or a union by its number, spaces and hyphens aside; else unions by name, part
    of a name, employer, trade, pinyin or initials, eight at most. Nothing for nothing. Raises
    `Invalid` for more than 60 characters. Two queries, one more for each post with others below.
    """
    typed = words.strip()
    if len(typed) > LONGEST:
        raise Invalid(_("Please keep to 60 characters."))
    number = typed.replace(" ", "").replace("-", "")
    if number.isascii() and number.isdecimal():
        return Destinations(
            applications=list(
                visible_applications(posts).filter(number=number).select_related("union")
            ),
            unions=list(list_unions_within(posts, Action.BROWSE).filter(number=number)),
        )
    # Marks alone mean everything to the search, and nothing to somebody who wants to go somewhere.
    says_something = any(map(str.isalnum, typed))
    return Destinations(unions=unions_called(posts, typed)) if says_something else Destinations()


def unions_called(posts: Sequence[Post], words: str) -> list[Union]:
    """Unions within reach by words. A federation's whole division goes through the index, as on the
    find page; a post with few unions below it looks through their names, so that none of them is
    crowded out by its neighbours'."""
    within = list_unions_within(posts, Action.BROWSE).exclude(status=Status.DISSOLVED)
    found = [
        union.number
        for division in wide_divisions(posts)
        for union in organisations.find_unions(
            organisations.Criteria(words=words, division=division), size=SHOWN
        ).items
    ]
    by_number = within.in_bulk(found, field_name="number") if found else {}
    unions = [by_number[number] for number in dict.fromkeys(found) if number in by_number]
    narrow = [post for post in holding(posts, Action.BROWSE) if not is_wide(post)]
    if narrow and len(unions) < SHOWN:
        named = list_unions_within(narrow, Action.BROWSE).exclude(status=Status.DISSOLVED)
        named = named.filter(name__contains=words).exclude(number__in=found)
        unions += named.order_by("path")[:SHOWN]
    return unions[:SHOWN]


def is_wide(post: Post) -> bool:
    """Whether a post reaches over a whole division."""
    return post.reach == Reach.SUBTREE and post.union.kind == Kind.FEDERATION


def wide_divisions(posts: Sequence[Post]) -> list[str]:
    """The divisions that posts reach over; nothing narrows a search of the country."""
    codes = {post.union.division_id for post in holding(posts, Action.BROWSE) if is_wide(post)}
    return [""] if codes & {COUNTRY_CODE, None} else sorted(filter(None, codes))
