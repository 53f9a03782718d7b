"""Checking the chain from outside: plain SQL, the audit key, and the signed checkpoints."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from niangjia.core.audit import chain, checkpoints
from niangjia.core.crypto import keys

SELECT_LINKS = """
SELECT lane, number, id::text, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
       action, account_id::text, subject, union_id::text, person_id::text, purpose,
       details::text, key, mac
FROM core_auditentry ORDER BY lane, number
"""
SELECT_HEADS = "SELECT lane, number, mac FROM core_auditlane"


@dataclass(frozen=True)
class Problem:
    """One thing that is not as it was written: where, and what."""

    lane: int
    number: int
    entry_id: str
    what: str

    def __str__(self) -> str:
        return f"lane {self.lane}, entry {self.number} {self.entry_id}: {self.what}"


@dataclass
class Report:
    """What a verification saw. `problems` is empty when nothing was touched."""

    entries: int = 0
    checkpoints: int = 0
    last_checkpoint_at: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not self.problems


def verify_node() -> Report:
    """Verify this node's database, over a connection of its own, against its own checkpoints."""
    parameters = connection.get_connection_params()
    wanted = ("host", "port", "dbname", "user", "password")
    conninfo = {name: parameters[name] for name in wanted if parameters.get(name)}
    with psycopg.connect(**conninfo) as outside:
        outside.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        return verify(outside, ring=keys.ring(), file=checkpoints.path())


def verify(outside: Any, *, ring: keys.KeyRing, file: Path) -> Report:
    """Find every entry that was edited, removed, moved, made up or cut off the end (promise 9).

    `outside` is a psycopg connection, at REPEATABLE READ when others are writing. Entries are
    streamed in the order of their lanes; each problem names its lane, number and, while the row
    is there, its id. Without a checkpoint file only what is linked can be judged.
    """
    report = Report()
    marks = read_marks(file, ring, report)
    with outside.cursor() as cursor:
        cursor.execute(SELECT_HEADS)
        heads = {lane: (number, bytes(mac)) for lane, number, mac in cursor.fetchall()}
    with outside.cursor(name="audit_links") as cursor:
        cursor.itersize = 5_000
        cursor.execute(SELECT_LINKS)
        for lane, rows in itertools.groupby(cursor, key=lambda row: row[0]):
            check_lane(lane, rows, heads.pop(lane, None), marks.pop(lane, {}), ring, report)
    for lane in sorted(heads.keys() | marks.keys()):
        check_lane(lane, iter(()), heads.get(lane), marks.get(lane, {}), ring, report)
    return report


def read_marks(
    file: Path, ring: keys.KeyRing, report: Report
) -> dict[int, dict[int, tuple[str, str]]]:
    """What was signed: per lane, number → (code, when)."""
    marks: dict[int, dict[int, tuple[str, str]]] = {}
    if not file.exists():
        return marks
    for checkpoint in checkpoints.read_checkpoints(file, ring):
        report.checkpoints += 1
        report.last_checkpoint_at = checkpoint.at or report.last_checkpoint_at
        if checkpoint.fault:
            report.problems.append(Problem(-1, report.checkpoints, "", checkpoint.fault))
        for lane, (number, mac) in checkpoint.heads.items():
            marks.setdefault(lane, {}).setdefault(number, (mac, checkpoint.at))
    return marks


def check_lane(
    lane: int,
    rows: Iterator[tuple[Any, ...]],
    head: tuple[int, bytes] | None,
    marks: dict[int, tuple[str, str]],
    ring: keys.KeyRing,
    report: Report,
) -> None:
    """Follow one lane from its first entry to its head."""
    number, previous = 0, chain.first_mac(lane)

    def found(at: int, entry_id: str, what: str) -> None:
        report.problems.append(Problem(lane, at, entry_id, what))

    for row in rows:
        link, key_number, stored = read_link(row)
        report.entries += 1
        gap = range(number + 1, link.number)
        for missing in gap[:100]:
            found(missing, "", "the entry is missing")
        number = link.number
        key = ring.keys["audit"].get(str(key_number))
        if key is None:
            found(number, link.id, "written under a key that does not exist")
        elif not gap and chain.mac(key, previous, link) != stored:
            found(number, link.id, "the entry is not as it was written, or not in its place")
        signed = marks.pop(number, None)
        if signed and signed[0] != stored.hex():
            found(number, link.id, f"differs from what was signed at {signed[1]}")
        previous = stored
    if head is None or head[0] < number:
        found(number, "", "the lane's head does not know this entry")
    elif head[0] > number:
        found(head[0], "", f"entries {number + 1} to {head[0]} are missing from the end")
    elif head[1] != previous:
        found(number, "", "the lane's head does not match its last entry")
    for signed_number, (_mac, at) in sorted(marks.items()):
        found(signed_number, "", f"the entry signed at {at} is missing")


def read_link(row: tuple[Any, ...]) -> tuple[chain.Link, int, bytes]:
    """One row of `SELECT_LINKS` as what its code covers, its key's number and its code."""
    fields = dict(zip(chain.Link._fields, row, strict=False))
    link = chain.Link(**{**fields, "details": json.loads(fields["details"])})
    return link, row[-2], bytes(row[-1])
