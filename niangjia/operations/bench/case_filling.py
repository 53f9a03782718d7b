"""Writing the cases of the benchmark: by as many processes as there are cores, the indexes after.

(`python -m niangjia.operations.bench.case_filling` is one of them.)
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import psycopg

from niangjia.operations.node import database

if TYPE_CHECKING:
    from niangjia.operations.bench.case_rows import Writer

#: So many cases in one transaction: a connection copies into one table at once.
SLICE = 10_000
STAGED = """
CREATE TEMP TABLE bench_words (case_id uuid, words integer[], made_under smallint) ON COMMIT DROP
"""
SEARCH = """
INSERT INTO cases_casesearch (case_id, words, marks, made_under)
SELECT w.case_id, w.words, cases_marks(c), w.made_under
FROM bench_words w JOIN cases_case c ON c.id = w.case_id
"""
#: Indexes that no constraint stands on are made afterwards, all at once.
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY (%s::regclass[]) AND NOT indisprimary
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""
TABLES = ["cases_case", "cases_caseentry", "cases_casesearch", "cases_caseunit"]


@dataclass(frozen=True)
class Part:
    """Of `count` cases those slices that fall to one of several processes."""

    count: int
    place: int = 0
    among: int = 1

    def slices(self) -> Iterator[range]:
        """In turn with the others, so that all write about the same time."""
        for start in range(self.place * SLICE, self.count, self.among * SLICE):
            yield range(start, min(start + SLICE, self.count))


def load(count: int, progress: Callable[[int, int], None], *, processes: int = 1) -> None:
    """Write `count` cases, one entry of the timeline each, and what they are found by. As the
    owner of a server of one's own: triggers and foreign keys look at nothing meanwhile."""
    from niangjia.operations.bench import scale

    with without_indexes(processes):
        done = 0
        parts = [Part(count, place, processes) for place in range(processes)]
        for written in carry_out(parts[0]) if processes == 1 else by_others(parts):
            done += written
            progress(done, count)
    scale.tidy_up()


@contextmanager
def without_indexes(connections: int) -> Iterator[None]:
    """Within the block the tables have only the indexes that constraints stand on; afterwards the
    others are made, over one connection or several."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(INDEXES, [TABLES])
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        # The largest first, so that the others are made beside it.
        definitions = sorted((made for _name, made in indexes), key=lambda made: "gin" not in made)
        if connections == 1:
            for definition in definitions:
                cursor.execute(definition)
    if connections > 1:
        with ThreadPoolExecutor(connections) as pool:
            list(pool.map(make_index, definitions))


def make_index(definition: str) -> None:
    """Make one index over a connection of its own."""
    with psycopg.connect(os.environ[database.OWNER_URL], autocommit=True) as owner:
        owner.execute("SET maintenance_work_mem = '1GB'")
        owner.execute(definition.encode())


def by_others(parts: Sequence[Part]) -> Iterator[int]:
    """Have each part carried out by a process of its own; yields how many cases were written, time
    and again. Raises `RuntimeError` when one of them died."""
    command = [sys.executable, "-m", "niangjia.operations.bench.case_filling"]
    children = [
        subprocess.Popen([*command, json.dumps(asdict(part))], stdout=subprocess.PIPE, text=True)
        for part in parts
    ]
    for child in children:
        assert child.stdout is not None  # noqa: S101 - a pipe, as asked for
        for line in child.stdout:
            yield int(line)
        if child.wait() != 0:
            raise RuntimeError("a process that was to write cases died")


def carry_out(part: Part) -> Iterator[int]:
    """Write slice after slice; yields how many cases were in each."""
    from niangjia.operations.bench.case_rows import Writer

    writer = Writer(part.count)
    for numbers in part.slices():
        write(writer, numbers)
        yield len(numbers)


def write(writer: "Writer", numbers: range) -> None:
    """Write the rows of one slice."""
    from django.db import connection, transaction

    from niangjia.cases.models import Case, CaseEntry, CaseUnit
    from niangjia.cases.selectors.search_terms import made_under

    made = list(writer.cases(numbers))
    under = made_under()
    # Not retried: nobody else is there.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute(STAGED)
        copy(cursor, Case, [each.row for each in made])
        copy(cursor, CaseEntry, [each.entry() for each in made])
        raised = [each for each in made if each.row["raised_to_id"]]
        copy(cursor, CaseUnit, [each.shared_with_above() for each in raised])
        with cursor.copy("COPY bench_words FROM STDIN") as copying:
            for each in made:
                copying.write_row(each.words(under))
        cursor.execute(SEARCH)
        cursor.execute("DROP TABLE bench_words")
        cursor.execute("SET LOCAL session_replication_role = origin")


def copy(cursor: Any, model: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Write rows by COPY; what they do not say stands in every row as in a new instance."""
    columns, plain = template(model)
    statement = f"COPY {model._meta.db_table} ({columns}) FROM STDIN"
    with cursor.copy(statement) as copying:
        for row in rows:
            copying.write_row([row.get(name, value) for name, value in plain.items()])


@cache
def template(model: Any) -> tuple[str, dict[str, Any]]:
    """The columns of a table, and what stands in a row of which nothing is said."""
    from niangjia.operations.bench.province import value_of

    blank, fields = model(), model._meta.concrete_fields
    columns = ", ".join(str(field.column) for field in fields)
    return columns, {
        field.attname: None if field.primary_key else value_of(field, blank) for field in fields
    }


if __name__ == "__main__":
    import django

    django.setup()
    with database.as_owner():
        for written in carry_out(Part(**json.loads(sys.argv[1]))):
            print(written, flush=True)
