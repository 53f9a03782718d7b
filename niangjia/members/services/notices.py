"""Telling people: into their in-app inbox."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from niangjia.core import prepared, transactions
from niangjia.core.errors import NotFound
from niangjia.members.models import Account, Notice, Post
from niangjia.members.rules import permissions
from niangjia.members.rules.notices import WORDINGS
from niangjia.members.rules.permissions import Action
from niangjia.organisations.models import Union

BATCH = 1_000


def notify(
    *,
    account: Account | uuid.UUID,
    kind: str,
    facts: Mapping[str, Any],
    url: str = "",
    now: dt.datetime,
) -> None:
    """Put a notice into the inbox of `account`, or of the one of this id, in the caller's
    transaction.

    `kind` is a key of `rules.notices.WORDINGS`, whose text says which `facts` it needs; they are
    stored as JSON and put into words in the reader's language. `url` is a path of this site.
    Raises `KeyError` for an unknown kind or a missing fact: a mistake in our own code.
    """
    WORDINGS[kind].check(facts)
    prepared.add_later(
        Notice,
        account_id=account.pk if isinstance(account, Account) else account,
        kind=kind,
        facts=dict(facts),
        url=url,
        created_at=now,
    )


def notify_many(
    *,
    accounts: Iterable[Account],
    kind: str,
    facts: Mapping[str, Any],
    url: str = "",
    now: dt.datetime,
) -> int:
    """`notify` many people with the same words, a thousand at a time; says how many."""
    WORDINGS[kind].check(facts)
    total = 0
    for batch in batched(accounts, BATCH):
        Notice.objects.bulk_create(
            Notice(account=account, kind=kind, facts=dict(facts), url=url, created_at=now)
            for account in batch
        )
        total += len(batch)
    return total


def notify_officers(
    *,
    union: Union,
    action: Action,
    kind: str,
    facts: Mapping[str, Any],
    url: str = "",
    now: dt.datetime,
) -> int:
    """`notify` everyone with a post at `union` itself that entitles to `action`; says how many."""
    roles = [role for role, actions in permissions.MAY.items() if action in actions]
    posts = Post.objects.filter(
        union=union, ended_at__isnull=True, role__in=roles, account__is_active=True
    ).select_related("account")
    accounts = {post.account_id: post.account for post in posts}
    for account in accounts.values():
        notify(account=account, kind=kind, facts=facts, url=url, now=now)
    return len(accounts)


def batched(accounts: Iterable[Account], size: int) -> Iterator[list[Account]]:
    """Lists of at most `size`."""
    waiting = iter(accounts)
    while batch := list(islice(waiting, size)):
        yield batch


@transactions.atomic
def read_notice(*, account: Account, notice_id: uuid.UUID, now: dt.datetime) -> Notice:
    """Mark one notice of `account` as read; again is no error. Raises `NotFound` for another's."""
    notice = Notice.objects.select_for_update().filter(account=account, pk=notice_id).first()
    if notice is None:
        raise NotFound("no such notice")
    if notice.read_at is None:
        notice.read_at = now
        notice.save(update_fields=["read_at"])
    return notice


def read_all_notices(*, account: Account, now: dt.datetime) -> int:
    """Mark every notice of `account` as read; says how many were not."""
    return Notice.objects.filter(account=account, read_at__isnull=True).update(read_at=now)
