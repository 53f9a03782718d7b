"""What an account did and saw: the pack for whoever has to answer for a data incident (ADR 147)."""

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet

from niangjia.core import audit
from niangjia.core.models import AuditEntry
from niangjia.core.sheets import Value, csv_lines
from niangjia.members.models import Account, Person, Post
from niangjia.organisations import selectors as organisations

#: Why people's names are read here; they are told in these words (`members.rules.purposes`).
PURPOSE = "incident"
#: People are read and written so many at a time.
AT_ONCE = 1_000


@dataclass(frozen=True)
class Span:
    """From a moment up to another, the latter not included."""

    since: dt.datetime
    until: dt.datetime


@dataclass(frozen=True)
class Pack:
    """What was written: how many acts of the account, and how many people they concern."""

    acts: int
    people: int


def entries_of(account: Account, span: Span) -> QuerySet[AuditEntry]:
    """What the account did within the span, oldest first."""
    return AuditEntry.objects.filter(
        account_id=account.pk, at__gte=span.since, at__lt=span.until
    ).order_by("at", "id")


@transaction.atomic
def write_pack(*, account: Account, span: Span, report: audit.Report, folder: Path) -> Pack:
    """Write who, what and how many into a new folder that its owner alone may read (Personal
    Information Protection Law, Articles 51 and 57): `summary.txt`, `acts.csv` and `people.csv`,
    with whom to tell and by which number. Each of these people can read that it was looked at,
    and why (promise 6). `report` says whether the log it rests on is whole."""
    folder.mkdir(mode=0o700, parents=True)
    found = entries_of(account, span)
    acts = write(folder / "acts.csv", act_rows(found))
    people = write(folder / "people.csv", people_rows(found))
    root = organisations.access_root()
    audit.record_all(
        [
            audit.Act(
                action="incident.gathered",
                by=None,
                subject=f"account:{account.pk}",
                union_id=root.pk,
                person_id=person_id,
                purpose=PURPOSE,
            )
            for person_id in concerned(found)
        ]
    )
    write_text(folder / "summary.txt", summary(account, span, found, report, people))
    return Pack(acts=acts, people=people)


def concerned(found: QuerySet[AuditEntry]) -> list[UUID]:
    """Whose data it was."""
    ids = found.filter(person_id__isnull=False).order_by().values_list("person_id", flat=True)
    return sorted(person_id for person_id in ids.distinct() if person_id)


def act_rows(found: QuerySet[AuditEntry]) -> Iterator[list[Value]]:
    yield ["at", "action", "subject", "union", "person", "purpose"]
    for entry in found.iterator(AT_ONCE):
        at = entry.at.isoformat(timespec="seconds")
        told = entry.action, entry.subject, str(entry.union_id or ""), str(entry.person_id or "")
        yield [at, *told, entry.purpose]


def people_rows(found: QuerySet[AuditEntry]) -> Iterator[list[Value]]:
    """Whom it concerns, how often and when. Whoever has been erased has no name or number."""
    yield ["person", "name", "phone", "times", "first", "last"]
    seen: dict[UUID, Any] = {
        row["person_id"]: row
        for row in found.filter(person_id__isnull=False)
        .order_by()
        .values("person_id")
        .annotate(times=Count("pk"), first=Min("at"), last=Max("at"))
        if row["person_id"]
    }
    ids = sorted(seen)
    for begin in range(0, len(ids), AT_ONCE):
        known = Person.objects.in_bulk(ids[begin : begin + AT_ONCE])
        for person_id in ids[begin : begin + AT_ONCE]:
            person, row = known.get(person_id), seen[person_id]
            name, phone = (person.name, person.phone) if person else ("", "")
            moments = [row[each].isoformat(timespec="seconds") for each in ("first", "last")]
            yield [str(person_id), name, phone or "", row["times"], *moments]


def summary(
    account: Account, span: Span, found: QuerySet[AuditEntry], report: audit.Report, people: int
) -> str:
    """Who, what and how many, on one page."""
    posts = Post.objects.select_related("union").filter(
        Q(ended_at=None) | Q(ended_at__gte=span.since),
        account=account,
        appointed_at__lt=span.until,
    )
    actions = Counter(found.order_by().values_list("action", flat=True).iterator())
    held = [
        f"  {post.role}, {post.union.name}, from {post.appointed_at:%Y-%m-%d}"
        + (f" to {post.ended_at:%Y-%m-%d}" if post.ended_at else "")
        for post in posts
    ]
    whole = "every entry is as it was written"
    if not report.is_clean:
        whole = f"{len(report.problems)} entries are NOT as they were written: see verify-audit"
    return "\n".join(
        [
            f"Account {account.pk}",
            f"From {span.since.isoformat()} up to {span.until.isoformat()}",
            f"People concerned: {people}",
            f"Acts: {actions.total()}",
            *(f"  {count:>6} {action}" for action, count in actions.most_common()),
            "Posts held:",
            *(held or ["  none"]),
            f"The log this rests on: {whole}.",
            "",
        ]
    )


def write(path: Path, rows: Iterable[list[Value]]) -> int:
    """Rows as CSV for their owner's eyes only; how many there are below the heading."""
    count = -1
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for count, line in enumerate(csv_lines(rows), start=-1):  # noqa: B007
            file.write(line)
    # The first line is the byte order mark, the second the heading.
    return count


def write_text(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
