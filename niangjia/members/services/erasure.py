"""Leaving: the account is closed and the identity erased (PIPL, Article 47)."""

import datetime as dt
import json
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from niangjia.core import audit, errors, personal_data, transactions
from niangjia.members.models import Account, Application, ApplicationStatus, Membership, Post
from niangjia.members.models import MembershipStatus as Status
from niangjia.members.services import applications, memberships


def log_file() -> Path:
    """Where erasures are remembered outside the database, as ids only."""
    return Path(settings.HOME) / "erasures.jsonl"


@transactions.atomic
def delete_account(*, account: Account, now: dt.datetime) -> None:
    """Close `account` and erase whose it was.

    Open applications are withdrawn and the membership ends, with the figures that hang on them.
    Kept, because the law asks unions for it, are the membership's dates and union without a name,
    and the audit chain, which knows ids only. Somebody who holds a post hands it over first:
    raises `Conflict` "holds-post". Deleting twice is deleting once.
    """
    account = Account.objects.select_for_update().get(id=account.id)
    if account.closed_at:
        return
    if Post.objects.filter(account=account, ended_at__isnull=True).exists():
        message = _("You hold a post. Ask the upper union to end it, then come back.")
        raise errors.Conflict(message, code="holds-post", fields={"confirmation": message})
    waiting = Application.objects.filter(account=account, status=ApplicationStatus.SUBMITTED)
    for application in waiting:
        applications.withdraw_application(account=account, application=application, now=now)
    applications.discard_draft(account=account)
    if Membership.objects.filter(person__account=account).exclude(status=Status.ENDED).exists():
        memberships.resign(account=account, now=now)
    audit.record(
        action="account.erased",
        by=account.id,
        subject=f"account:{account.id}",
        person_id=account.person_id,
    )
    erase(account, now=now)
    remember(account.id, account.person_id, now=now)


def erase(account: Account, *, now: dt.datetime) -> None:
    """Empty every table of who `account` and its person are."""
    subject = personal_data.Subject(account.id, account.person_id, account.phone)
    personal_data.erase(subject)
    Account.objects.filter(id=account.id).update(is_active=False, closed_at=now, last_login=None)


def remember(account_id: uuid.UUID, person_id: uuid.UUID | None, *, now: dt.datetime) -> None:
    """Append to the log, on disk before the database commits: a backup older than today may be
    restored, and must then forget again. An entry whose commit failed erases only somebody who
    had just asked for it."""
    line = {"account": str(account_id), "person": person_id and str(person_id), "at": str(now)}
    file = log_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a") as opened:
        opened.write(json.dumps(line) + "\n")
        opened.flush()
        os.fsync(opened.fileno())


def remembered() -> Iterator[uuid.UUID]:
    """The accounts the log says were erased."""
    if log_file().exists():
        for line in log_file().read_text().splitlines():
            yield uuid.UUID(json.loads(line)["account"])


def replay_erasures(*, now: dt.datetime) -> int:
    """After a restore: erase again whoever the log names and the backup brought back. Returns how
    many. Nothing can refuse here: they had been let go already."""
    return sum(forget_again(account_id, now=now) for account_id in remembered())


@transactions.atomic
def forget_again(account_id: uuid.UUID, *, now: dt.datetime) -> bool:
    """One account of `replay_erasures`, if it is there: its posts end with it, whoever gave
    them."""
    account = Account.objects.select_for_update().filter(id=account_id).first()
    if account is None or account.closed_at is not None:
        return False
    Post.objects.filter(account=account, ended_at__isnull=True).update(ended_at=now)
    delete_account(account=account, now=now)
    return True
