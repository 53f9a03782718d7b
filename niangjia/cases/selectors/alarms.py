"""Where decoys were planted, and who opened one: for those above."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from niangjia.core import scope
from niangjia.core.models import AuditEntry
from niangjia.members.models import Account, Post
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors.posts import holding
from niangjia.organisations.models import Union

SHOWN = 50


@dataclass(frozen=True)
class Alarm:
    """Something that happened with decoys at one union; `number` is of the case that was opened,
    "" where one was planted: which one it was is told to nobody."""

    entry: AuditEntry
    union: str
    officer: str
    number: str


def list_alarms(posts: Sequence[Post], account: Account) -> list[Alarm]:
    """The last openings of decoys at unions below those where `posts` decide cases, never of the
    asker's own openings. Three queries."""
    return told(entries("decoy.opened", posts).exclude(account_id=account.pk))


def list_plantings(posts: Sequence[Post]) -> list[Alarm]:
    """Where decoys were planted last, and by whom. Three queries."""
    return told(entries("decoy.planted", posts))


def entries(action: str, posts: Sequence[Post]) -> QuerySet[AuditEntry]:
    """What the audit chain says of unions below: nobody watches over their own."""
    below = Union.objects.none()
    for post in holding(posts, Action.DECIDE_CASES):
        if post.scope.subtree:
            within = Union.objects.filter(scope.subtree(post.union.path)).exclude(pk=post.union_id)
            below = below | within
    return AuditEntry.objects.filter(action=action, union_id__in=below.values("pk")).order_by("-at")


def told(found: QuerySet[AuditEntry]) -> list[Alarm]:
    """The last of them, with names."""
    rows = list(found[:SHOWN])
    officers = names(Account, {row.account_id for row in rows if row.account_id})
    unions = names(Union, {row.union_id for row in rows if row.union_id})
    return [
        Alarm(
            entry=row,
            union=unions.get(row.union_id, "—") if row.union_id else "—",
            officer=officers.get(row.account_id, "—") if row.account_id else "—",
            number=str(row.details.get("number", "")),
        )
        for row in rows
    ]


def names(model: type[Account | Union], wanted: set[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    column = "person__name" if model is Account else "name"
    found = model._default_manager.filter(pk__in=wanted).values_list("pk", column)
    return {pk: name or "—" for pk, name in found}
