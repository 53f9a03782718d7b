"""Clients that open cases, each in a process of its own: through the service, or as the bare rows.

(`python -m niangjia.operations.bench.opening`, as the load generator is.)
"""

import itertools
import json
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import psycopg
import psycopg.types.json

from niangjia.operations.bench.load import Measured

#: What one opened case leaves, and how its rows are found. Audit lanes and events are not locked
#: and not chained: the bare rows are written as if nobody else wrote.
LEFT = {
    "cases_case": "id = %(case)s",
    "cases_casesearch": "case_id = %(case)s",
    "cases_caseentry": "case_id = %(case)s",
    "core_auditentry": "subject = 'case:' || %(case)s",
    "core_outboxevent": "payload->>'case_id' = %(case)s::text AND type = 'cases.CaseOpened'",
    "procrastinate_jobs": "args->>'event_id' IN (SELECT id::text FROM core_outboxevent"
    " WHERE payload->>'case_id' = %(case)s::text AND type = 'cases.CaseOpened')",
    "members_notice": "facts->>'number' = %(number)s",
}
#: By what bare rows are known: their ids are of this version, and nothing else's. They name the
#: case that they are copies of, and would be copied with it the next time.
BARE_VERSION = 8
KEYS = {"cases_casesearch": "case_id", "procrastinate_jobs": "(args->>'event_id')::uuid"}
IS_BARE = {
    table: f"uuid_extract_version({KEYS.get(table, 'id')}) = {BARE_VERSION}" for table in LEFT
}
FIGURES = "INSERT INTO organisations_figurechange (union_id, metric, change) VALUES (%s, %s, 1)"
METRICS = ("cases:open", "cases:opened")
GENERATED = """
SELECT column_name FROM information_schema.columns
WHERE table_name = %s
  AND (is_generated = 'ALWAYS' OR is_identity = 'YES' OR column_default LIKE 'nextval%%')
"""


@dataclass(frozen=True)
class OpeningOrder:
    """Open cases for so many seconds; `bare`: the rows that `patterns` left, by this connection."""

    seconds: float
    client: int
    bare: str = ""
    patterns: Sequence[tuple[str, str]] = field(default_factory=tuple)


def remove_bare_rows(owner_url: str) -> None:
    """Take away what was written bare: keys bound to another case open nothing, and the clock would
    stumble over them."""
    with psycopg.connect(owner_url) as owner:
        owner.execute("SET LOCAL session_replication_role = replica")
        for table, is_bare in IS_BARE.items():
            owner.execute(f"DELETE FROM {table} WHERE {is_bare}".encode())  # noqa: S608 - names of ours
        owner.execute(
            "DELETE FROM procrastinate_events e"
            " WHERE NOT EXISTS (SELECT FROM procrastinate_jobs j WHERE j.id = e.job_id)"
        )


def measure(orders: Sequence[OpeningOrder]) -> Measured:
    """Have as many processes carry them out at once; they begin when all are ready."""
    clients = [
        subprocess.Popen(
            [sys.executable, "-m", "niangjia.operations.bench.opening"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _order in orders
    ]
    total = Measured()
    for order, client in zip(orders, clients, strict=True):
        say(client, json.dumps(asdict(order)))
    for client in clients:
        heard(client)
    for client in clients:
        say(client, "go")
    for client in clients:
        one = Measured(**json.loads(heard(client)))
        total.latencies_ms += one.latencies_ms
        total.seconds = max(total.seconds, one.seconds)
        client.wait()
    return total


def say(client: "subprocess.Popen[str]", line: str) -> None:
    assert client.stdin is not None  # noqa: S101 - a pipe, as asked for
    client.stdin.write(line + "\n")
    client.stdin.flush()


def heard(client: "subprocess.Popen[str]") -> str:
    """The next line. Raises `RuntimeError` when the client died instead."""
    assert client.stdout is not None  # noqa: S101 - a pipe, as asked for
    if line := client.stdout.readline():
        return line
    raise RuntimeError("a client that was to open cases died")


def through_the_service(client: int) -> Callable[[int], None]:
    """Opens one case after the other as the site does, for workers of all unions."""
    import django

    django.setup()
    from niangjia.cases import services
    from niangjia.cases.services import Asking, Matter
    from niangjia.core import clock
    from niangjia.members.models import Account
    from niangjia.operations.bench import case_rows, province
    from niangjia.operations.demo.chance import Dice
    from niangjia.organisations.models import Employer, Kind

    writer = case_rows.Writer(1, texts=200)
    said = writer.said
    unions = [union for union in writer.unions if union.kind == Kind.GRASSROOTS]
    # What members alone may ask for would first have to make members of the workers.
    asked_for = [key for key in case_rows.ITEMS if writer.items[key].document.open_to == "anyone"]
    keys = [province.numbered(4, number) for number in range(0, province.WORKERS, 97)]
    accounts = list(Account.objects.filter(pk__in=keys).select_related("person"))
    employers = list(Employer.objects.order_by("pk")[:200])

    def one(turn: int) -> None:
        dice = Dice("open", client, turn, time.time_ns())
        key = dice.pick(asked_for)
        account = dice.pick(accounts)
        assert account.person is not None  # noqa: S101 - every worker of the province has one
        is_complaint = writer.items[key].document.kind == "complaint"
        services.open_case(
            matter=Matter(
                item_key=key,
                union=dice.pick(unions),
                answers=dice.pick(said[key]).answers,
                accused=[dice.pick(employers)] if is_complaint else [],
            ),
            asking=Asking(
                account=account,
                person=account.person,
                name=account.person.name,
                phone=account.phone,
            ),
            now=clock.now(),
        )

    return one


def as_bare_rows(order: OpeningOrder) -> Callable[[int], None]:
    """Writes the rows that cases left once more, under other ids: one statement a row, each
    prepared, in one transaction a case, on one trip as ours go: where processes wait for their
    turn, each trip more would be waited for as well."""
    connection = psycopg.connect(order.bare, autocommit=True)
    patterns = [rows_of(connection, *pattern) for pattern in order.patterns]

    def one(turn: int) -> None:
        case_id, serial = bare_id(), next(SERIAL)
        with connection.pipeline(), connection.transaction():
            for statement, values in patterns[turn % len(patterns)]:
                written = [other(value, case_id, serial) for value in values]
                connection.execute(statement.encode(), written, prepare=True)

    return one


Row = tuple[str, list[Any]]


def rows_of(connection: Any, case: str, number: str) -> list[Row]:
    """What a case left, as statements: values that must be other in each case are marked."""
    rows: list[Row] = []
    for table, condition in LEFT.items():
        found = connection.execute(
            f"SELECT * FROM {table} WHERE {condition} AND NOT {IS_BARE[table]}",  # noqa: S608 - names of ours
            {"case": case, "number": number},
        )
        names = [column.name for column in found.description]
        generated = {name for (name,) in connection.execute(GENERATED, [table]).fetchall()}
        kept = [name for name in names if name not in generated]
        columns, places = ", ".join(kept), ", ".join(["%s"] * len(kept))
        statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - the same
        for row in found.fetchall():
            named = dict(zip(names, row, strict=True))
            rows.append((statement, [marked(table, name, named[name]) for name in kept]))
            if table == "cases_case":
                rows += [(FIGURES, [named["handler_id"], metric]) for metric in METRICS]
    return rows


def marked(table: str, name: str, value: Any) -> Any:
    """`value`, or a mark where each case has its own."""
    if name == "case_id" or (table == "cases_case" and name == "id"):
        return CASE
    if name == "id":
        return ANY
    if name == "number" and table in ("cases_case", "core_auditentry"):
        return NUMBER if table == "cases_case" else LINK
    if table == "procrastinate_jobs" and name == "args":
        return Args(value["handler"])
    return psycopg.types.json.Jsonb(value) if isinstance(value, dict) else value


@dataclass(frozen=True)
class Args:
    """What a job is given, of which the event is another each time."""

    handler: str


CASE, ANY, NUMBER, LINK = object(), object(), object(), object()


#: Numbers that no two clients share: they begin at different moments and count more slowly.
SERIAL = itertools.count(time.time_ns())


def bare_id() -> uuid.UUID:
    """An id that grows with time as the ids of ours do: at random places an index of a million rows
    costs several times as much."""
    moment, version, variant = time.time_ns() // 1_000_000 << 80, BARE_VERSION << 76, 0b10 << 62
    return uuid.UUID(int=moment | version | variant | next(SERIAL) & (1 << 62) - 1)


def other(value: Any, case_id: uuid.UUID, serial: int) -> Any:
    """What stands for a mark in one case."""
    if value is CASE:
        return case_id
    if value is ANY:
        return bare_id()
    if isinstance(value, Args):
        return psycopg.types.json.Jsonb({"event_id": str(bare_id()), **asdict(value)})
    if value is LINK:
        # A lane's number of its own for each entry; nobody chains them.
        return next(SERIAL)
    return serial % 10**16 if value is NUMBER else value


def carry_out(order: OpeningOrder) -> Measured:
    """Say that everything is ready, wait, and open until the time is over."""
    one = as_bare_rows(order) if order.bare else through_the_service(order.client)
    for turn in range(10):
        one(turn)
    print("ready", flush=True)
    sys.stdin.readline()
    latencies, began, turn = [], time.perf_counter(), 10
    while (asked_at := time.perf_counter()) - began < order.seconds:
        one(turn)
        latencies.append((time.perf_counter() - asked_at) * 1000)
        turn += 1
    return Measured(time.perf_counter() - began, latencies, {})


if __name__ == "__main__":
    print(json.dumps(asdict(carry_out(OpeningOrder(**json.loads(sys.stdin.readline()))))))
