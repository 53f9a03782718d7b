"""Who is tied to which employer: one rule, written once, in the database (see migration 0004)."""

import uuid
from collections.abc import Collection

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BooleanField, Func, UUIDField, Value


class TiedTo(Func):
    """What `tied_employers` answers, as part of a larger question: found once for all its rows."""

    template = "(SELECT members_tied_employers(%(expressions)s))"
    output_field = ArrayField(UUIDField())

    @classmethod
    def of(cls, account_id: uuid.UUID) -> "TiedTo":
        """For the account of this id."""
        return cls(Value(account_id, output_field=UUIDField()))


class Overlaps(Func):
    """Whether two arrays have something in common."""

    template = "(%(expressions)s)"
    arg_joiner = " && "
    output_field = BooleanField()
    conditional = True


def tied_employers(account_id: uuid.UUID) -> list[uuid.UUID]:
    """The employers `account_id` is tied to: by a post at their union or below it (held now, or
    until two years ago), by a membership there that has not ended, by a declared tie; and what
    those were merged from or into. One query. The database's own answer ends with the account
    itself: whoever is complained about is tied to the complaint (ADR 158)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT members_tied_employers(%s)", [account_id])
        return [found for found in cursor.fetchone()[0] if found != account_id]


def ties_of(accounts: Collection[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """The employers each of `accounts` is tied to. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account, members_tied_employers(account) FROM unnest(%s::uuid[]) AS account",
            [list(accounts)],
        )
        return {account: {*employers} - {account} for account, employers in cursor.fetchall()}


def untied(accounts: Collection[uuid.UUID], employers: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of `accounts` that are tied to none of `employers`. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account FROM unnest(%s::uuid[]) AS account "
            "WHERE NOT members_tied_employers(account) && %s::uuid[]",
            [list(accounts), list(employers)],
        )
        return {row[0] for row in cursor.fetchall()}
