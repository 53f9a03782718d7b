"""Reads for the frame and the home page."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from niangjia.core.prepared import Given, Prepared
from niangjia.members import selectors as members
from niangjia.members.models import Account, Application, Membership, MembershipStatus, Post
from niangjia.members.rules import mine
from niangjia.organisations import selectors as organisations


@dataclass(frozen=True)
class Viewer:
    """Whoever is signed in, as far as the frame needs to know."""

    name: str
    unread: int
    has_post: bool
    place_code: str = ""


def find_viewer(account_id: UUID) -> Viewer | None:
    """Name, unread notices, whether there is a desk to go to, and where their union is: one
    query."""
    for name, unread, has_post, place_code in viewer_of().rows(account=account_id):
        return Viewer(name or "", unread, has_post, place_code or "")
    return None


@cache
def viewer_of() -> Prepared[Account]:
    """The question of `find_viewer`."""
    return Prepared(
        Account.objects.filter(pk=Given("account"))
        .annotate(
            unread=Count("notices", filter=Q(notices__read_at__isnull=True)),
            has_post=Exists(Post.objects.filter(account=OuterRef("pk"), ended_at__isnull=True)),
            division=Subquery(
                Membership.objects.filter(person=OuterRef("person"))
                .exclude(status=MembershipStatus.ENDED)
                .values("union__division_id")[:1]
            ),
        )
        .values_list("person__name", "unread", "has_post", "division")
    )


@dataclass(frozen=True)
class Needs:
    """What somebody should see first: what they began, what waits for them in any room, and where
    they belong."""

    application: Application | None
    membership: Membership | None
    waiting: list[mine.Line]

    @property
    def path(self) -> str:
        """Where they are a member; "" for nowhere."""
        return self.membership.union.path if self.membership else ""


def find_needs(account: Account, *, now: dt.datetime) -> Needs:
    """The open application and the membership of an account, two queries, and what Mine says waits
    for them."""
    waiting, _owned = mine.lines(account, now)
    return Needs(
        application=members.find_open_application(account),
        membership=members.find_membership(account),
        waiting=waiting,
    )


@dataclass(frozen=True)
class Nation:
    """The country in three numbers, exact at this moment."""

    unions: int
    members: int
    open_applications: int


def nation() -> Nation | None:
    """The three numbers, or None on a node whose tree is still empty. One query."""
    figures = organisations.national_figures()
    if not figures:
        return None
    return Nation(
        unions=sum(value for name, value in figures.items() if name.startswith("unions:")),
        members=figures.get("members", 0),
        open_applications=figures.get("applications:open", 0),
    )
