"""Keeping the search index in step with the unions."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import islice
from typing import Any

from django.db import connection

from niangjia.core import transactions
from niangjia.organisations.models import Status, Union, UnionSearch
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.rules.search_documents import Document
from niangjia.regions.models import Division, Level
from niangjia.regions.rules.codes import COUNTRY_CODE, is_pseudo

BATCH = 2_000
#: From here on, rebuilding the indexes once is faster than keeping them while rows arrive.
MANY = 20_000

UNIONS = """
    SELECT u.id, u.number, u.name, u.kind, u.trade, u.admits_directly, u.longitude, u.latitude,
           d.path, d.level, d.longitude, d.latitude,
           ARRAY(SELECT e.name || ' ' || e.trade FROM organisations_union_employers ue
                 JOIN organisations_employer e ON e.id = ue.employer_id WHERE ue.union_id = u.id)
    FROM organisations_union u JOIN regions_division d ON d.code = u.division_id
    WHERE u.id = ANY(%s) AND u.status <> %s
"""
ENTRIES = """
    INSERT INTO organisations_unionsearch
        (union_id, rank, tokens, place, longitude, latitude, is_approximate, easting, northing)
    SELECT id, rank, tokens::tsvector, place, longitude, latitude, is_approximate, easting, northing
    FROM unnest(%s::uuid[], %s::bigint[], %s::text[], %s::text[], %s::float8[], %s::float8[],
                %s::boolean[], %s::float8[], %s::float8[])
        AS entry(id, rank, tokens, place, longitude, latitude, is_approximate, easting, northing)
    ON CONFLICT (union_id) DO UPDATE SET
        rank = excluded.rank, tokens = excluded.tokens, place = excluded.place,
        longitude = excluded.longitude, latitude = excluded.latitude,
        is_approximate = excluded.is_approximate,
        easting = excluded.easting, northing = excluded.northing
"""
OWNS = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = %s::regclass"

Names = dict[str, str]


def index_union(union_id: uuid.UUID) -> None:
    """Bring the entry of one union up to date; a dissolved union is found no longer.

    Call it in the transaction that changed the union, its division or its employers.
    """
    index_unions([union_id])


@transactions.atomic
def index_unions(union_ids: Collection[uuid.UUID]) -> None:
    """Bring the entries of these unions up to date.

    For many at once the indexes are dropped and built again, by the table's owner; searches wait
    meanwhile. The app has no right to that and takes its time instead.
    """
    names: Names = {}
    with indexes_away() if len(union_ids) >= MANY and owns_the_table() else nullcontext():
        for batch in in_batches(union_ids):
            write_entries(batch, names)


@transactions.atomic
def index_all() -> int:
    """Write every entry anew, for instance after divisions got other names. Returns how many."""
    union_ids = list(Union.objects.exclude(status=Status.DISSOLVED).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM organisations_unionsearch")
    index_unions(union_ids)
    return len(union_ids)


def owns_the_table() -> bool:
    """Whether who is connected may drop its indexes."""
    with connection.cursor() as cursor:
        cursor.execute(OWNS, [UnionSearch._meta.db_table])
        owns: bool = cursor.fetchone()[0]
    return owns


@contextmanager
def indexes_away() -> Iterator[None]:
    """The search table without its indexes within the block, and with them after it."""
    with connection.cursor() as cursor:
        # Checks that wait for the end of the transaction would stand in the way.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
    with connection.schema_editor() as editor:
        for index in UnionSearch._meta.indexes:
            editor.remove_index(UnionSearch, index)
        yield
        for index in UnionSearch._meta.indexes:
            editor.add_index(UnionSearch, index)


def in_batches(union_ids: Iterable[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    """Lists of at most `BATCH`."""
    rest = iter(union_ids)
    while batch := list(islice(rest, BATCH)):
        yield batch


def write_entries(union_ids: list[uuid.UUID], names: Names) -> None:
    """Insert or update the entries of these unions, and delete those of the dissolved among them.
    `names` remembers divisions between calls."""
    with connection.cursor() as cursor:
        cursor.execute(UNIONS, [union_ids, Status.DISSOLVED])
        unions = cursor.fetchall()
        if dissolved := set(union_ids) - {union[0] for union in unions}:
            UnionSearch.objects.filter(union__in=dissolved).delete()
        wanted = {code for union in unions for code in codes_of(union[8])} - names.keys()
        if wanted:
            divisions = Division.objects.filter(code__in=wanted)
            names.update(divisions.values_list("code", "name"))
        if unions:
            entries = [entry_of(union, names) for union in unions]
            cursor.execute(ENTRIES, [list(column) for column in zip(*entries, strict=True)])


def codes_of(path: str) -> list[str]:
    """The divisions on a path, without the country."""
    return [code for code in path.split("/") if code and code != COUNTRY_CODE]


def entry_of(union: Any, names: Names) -> tuple[Any, ...]:
    """The values of one entry, in the order `ENTRIES` takes them."""
    key, number, name, kind, trade, admits, *point, path, level, longitude, latitude, jobs = union
    document = Document(
        name=name,
        number=number,
        kind=kind,
        level=Level(level),
        places={code: names[code] for code in codes_of(path)},
        trade=trade,
        employers=jobs,
        admits_directly=admits,
    )
    is_approximate = None in point
    if is_approximate:
        point = [longitude, latitude]
    plane: tuple[float | None, float | None] = (None, None)
    if None not in point:
        position = Position(*point)
        plane = (position.easting, position.northing)
    tokens = " ".join(f"'{key}'" for key in document.lexemes())
    place = "".join(name for name in document.places.values() if not is_pseudo(name))
    return (key, document.rank, tokens, place, *point, is_approximate, *plane)
