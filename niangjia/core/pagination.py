"""Keyset pages and bounded counts: a long list costs the same on its last page as on its first."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Func, Model, Q, QuerySet, Value
from django.db.models.fields import BooleanField
from django.utils.translation import gettext_lazy as _

from niangjia.core import errors

M = TypeVar("M", bound=Model)
R = TypeVar("R")
FORWARD, BACKWARD = "f", "b"
READERS: dict[str, Callable[[str], Any]] = {
    "uuid": uuid.UUID,
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "decimal": Decimal,
}


@dataclass(frozen=True)
class Page(Generic[R]):
    """Some rows in order. `next` and `previous` are cursors, or None at an end."""

    items: list[R]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class BoundedCount:
    """A count that stopped at a limit when it is not exact. Prints as "37" or "1000+"."""

    value: int
    is_exact: bool

    def __str__(self) -> str:
        return str(self.value) if self.is_exact else f"{self.value}+"


def bounded_count(queryset: QuerySet[Any], limit: int) -> BoundedCount:
    """How many rows, looking at no more than `limit + 1` of them."""
    return bounded_counts([queryset.order_by()], limit)[0]


def bounded_counts(querysets: Sequence[QuerySet[Any]], limit: int) -> list[BoundedCount]:
    """How many rows of each, looking at no more than `limit + 1` of any, in its own order where
    that is what an index is for. One query for all of them."""
    counts: list[str] = []
    params: list[Any] = []
    for queryset in querysets:
        try:
            sql, values = queryset.values("pk")[: limit + 1].query.sql_with_params()
        except EmptyResultSet:
            sql, values = "SELECT WHERE false", ()
        counts.append(f"(SELECT count(*) FROM ({sql}) AS seen)")  # noqa: S608 - Django wrote it
        params += values
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", params)
        found = cursor.fetchone()
    return [BoundedCount(value=min(seen, limit), is_exact=seen <= limit) for seen in found]


@dataclass(frozen=True)
class Tab:
    """One of several lists, and how much is in it."""

    key: str
    label: errors.Text
    count: BoundedCount
    is_current: bool


def tabs_of(
    lists: Mapping[str, QuerySet[Any]],
    *,
    labels: Mapping[str, errors.Text],
    current: str,
    limit: int,
) -> list[Tab]:
    """A tab for each of some lists, by their keys; counted up to `limit`. One query."""
    counts = bounded_counts([each.order_by() for each in lists.values()], limit)
    return [
        Tab(key, labels.get(key, ""), count, key == current)
        for key, count in zip(lists, counts, strict=True)
    ]


def page_of(
    queryset: QuerySet[M], *, order: Sequence[str], cursor: str | None = None, size: int = 25
) -> Page[M]:
    """The page of `queryset` that `cursor` points at; the first one without a cursor.

    `order` names fields, relations' fields or annotations, "-" for descending; the last must be
    unique ("id"), so that ties have one order. None of them may be null in the rows asked for.
    Rows added or removed meanwhile shift nothing: a page goes on from a row, not from a number.
    Raises `Invalid` for a cursor this list did not give out.
    """
    if not cursor:
        return page_after(queryset, order, None, size)
    direction, values = read_cursor(cursor, order)
    if direction == FORWARD:
        return page_after(queryset, order, values, size)
    rows = list(
        queryset.filter(beyond(flipped(order), values)).order_by(*flipped(order))[: size + 1]
    )
    items = rows[:size][::-1]
    if not items:
        return page_after(queryset, order, None, size)
    return Page(
        items=items,
        next=write_cursor(FORWARD, items[-1], order),
        previous=write_cursor(BACKWARD, items[0], order) if len(rows) > size else None,
    )


def page_after(
    queryset: QuerySet[M], order: Sequence[str], values: list[Any] | None, size: int
) -> Page[M]:
    """The page that begins after `values`, or at the beginning."""
    rest = queryset if values is None else queryset.filter(beyond(order, values))
    return page_from(list(rest.order_by(*order)[: size + 1]), order, size, values is None)


def page_from(rows: list[R], order: Sequence[str], size: int, is_first: bool = True) -> Page[R]:
    """The page that begins with `rows`, of which one more than `size` was asked for. They hold
    what `order` names as attributes."""
    items = rows[:size]
    return Page(
        items=items,
        next=write_cursor(FORWARD, items[-1], order) if len(rows) > size else None,
        previous=write_cursor(BACKWARD, items[0], order) if items and not is_first else None,
    )


def flipped(order: Sequence[str]) -> list[str]:
    """The same order read from its end."""
    return [name[1:] if name.startswith("-") else f"-{name}" for name in order]


class RowCompared(Func):
    """`(a, b) > (x, y)`: PostgreSQL answers it with one range of an index on (a, b)."""

    output_field = BooleanField()
    conditional = True

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> Any:
        sides = [compiler.compile(expression) for expression in self.get_source_expressions()]
        half = len(sides) // 2
        left, right = (", ".join(sql for sql, _ in side) for side in (sides[:half], sides[half:]))
        parameters = [value for _, side in sides for value in side]
        return f"(({left}) {self.extra['operator']} ({right}))", tuple(parameters)


def beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    """The rows that come after `values` in `order`."""
    names = [name.removeprefix("-") for name in order]
    descending = [name.startswith("-") for name in order]
    if len(set(descending)) == 1:
        compared = RowCompared(
            *map(F, names), *map(Value, values), operator="<" if descending[0] else ">"
        )
        return Q(compared)
    predicate, equal = Q(pk__in=[]), Q()
    for name, value, is_descending in zip(names, values, descending, strict=True):
        predicate |= equal & Q(**{f"{name}__{'lt' if is_descending else 'gt'}": value})
        equal &= Q(**{name: value})
    return predicate


def write_cursor(direction: str, row: Any, order: Sequence[str]) -> str:
    """An opaque signed cursor at `row`: nobody can make one up."""
    values = [packed(value_at(row, name.removeprefix("-"))) for name in order]
    return signer(order).sign_object([direction, values])


def read_cursor(cursor: str, order: Sequence[str]) -> tuple[str, list[Any]]:
    """Which way from which row. Raises `Invalid`."""
    try:
        direction, values = signer(order).unsign_object(cursor)
    except (signing.BadSignature, ValueError) as error:
        raise errors.Invalid(
            _("This page of the list is no longer there. Start again from the first page."),
            code="bad-cursor",
        ) from error
    return direction, [unpacked(value) for value in values]


def signer(order: Sequence[str]) -> signing.Signer:
    """Signs for one order only: a cursor is no good in a list that is sorted otherwise."""
    return signing.Signer(salt="niangjia.page:" + ",".join(order))


def value_at(row: Any, name: str) -> Any:
    """The value of `name` ("union__name" follows the relation)."""
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def packed(value: Any) -> Any:
    """`value` as JSON that says its type."""
    if isinstance(value, dt.datetime | dt.date):
        return [type(value).__name__, value.isoformat()]
    if isinstance(value, uuid.UUID | Decimal):
        return [type(value).__name__.lower(), str(value)]
    if value is None:
        raise ValueError("a list cannot be paged by a column that is null")
    return value


def unpacked(value: Any) -> Any:
    """The value that `packed` was given."""
    return READERS[value[0]](value[1]) if isinstance(value, list) else value
