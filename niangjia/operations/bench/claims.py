"""`niangjia bench claims`: one hot pool over HTTP, beside the hot row in the database alone."""

import datetime as dt
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from django.db import connection

from niangjia.allocation import services
from niangjia.allocation.models import Claim, Pool
from niangjia.allocation.services import PoolDraft
from niangjia.core import clock
from niangjia.operations import postgres
from niangjia.operations.bench import Result, burst, claim_load, crowd, hot_row, plot
from niangjia.operations.bench.load import Measured
from niangjia.operations.bench.stage import ROUNDS, Stage
from niangjia.organisations.models import Union

#: How many claim at the same time.
SWEEP = (8, 32, 100, 200, 400, 800)
#: The aim says what has to be answered within which time at so many.
CLIENTS = 200
#: The server takes 200 connections, and the site needs some.
PGBENCH_MOST = 150
SECONDS = 3.0
SUPPLY = 1_000_000


@dataclass
class Line:
    """What was measured at one number of clients: ours, with the processor's seconds it cost, and
    the rounds of both yardsticks in claims a second."""

    clients: int
    ours: Measured = field(default_factory=Measured)
    cpu_seconds: float = 0.0
    single: list[float] = field(default_factory=list)
    batched: list[float] = field(default_factory=list)

    @property
    def single_per_second(self) -> float | None:
        return sum(self.single) / len(self.single) if self.single else None

    @property
    def batched_per_second(self) -> float | None:
        return sum(self.batched) / len(self.batched) if self.batched else None


def run(stage: Stage) -> Result:
    """The sweep, then a burst with sudden ends; see docs/benchmarks.md."""
    lines = [Line(clients) for clients in SWEEP]
    with TemporaryDirectory() as folder:
        sessions = Path(folder) / "sessions"
        crowd.sign_everybody_in(sessions)
        with stage.served() as port, hot_row.tables():
            ours(stage, Line(CLIENTS), port, sessions)
            for _round in range(ROUNDS):
                for line in lines:
                    ours(stage, line, port, sessions)
                    yardsticks(line)
        survived = burst.survive(stage, open_pool(burst.SUPPLY), sessions)
    return told(stage, lines, survived)


def open_pool(supply: int) -> Pool:
    """A hot pool for checked members of thirty days within the province, one each."""
    now = clock.now()
    province = Union.objects.get(depth=1)
    draft = PoolDraft(
        name="高温慰问券",
        opens_at=now - dt.timedelta(minutes=1),
        closes_at=now + dt.timedelta(days=1),
        reach=province,
        needs_real_name=True,
        member_days=30,
    )
    return services.open_pool(
        subject=f"bench:{secrets.token_hex(8)}", union=province, supply=supply, draft=draft, by=None
    )


def ours(stage: Stage, line: Line, port: int, sessions: Path) -> None:
    """Add a round over HTTP, of a pool of its own. Raises `ValueError` when anybody was answered
    anything but that their claim was granted, or when not exactly those claims are there."""
    pool = open_pool(SUPPLY)
    before = cpu_seconds(stage)
    measured = claim_load.measure(
        claim_load.ClaimOrder(port, str(pool.pk), str(sessions), SECONDS, line.clients)
    )
    line.cpu_seconds += cpu_seconds(stage) - before
    written = Claim.objects.filter(pool=pool).count()
    pool.stock.refresh_from_db()
    if measured.statuses != {"201": written} or pool.stock.taken != written:
        raise ValueError(f"{written} claims, {pool.stock.taken} taken, {measured.statuses}")
    connection.close()
    line.ours.add(measured)


def cpu_seconds(stage: Stage) -> float:
    """What the web server and the database have computed so far, in seconds of a processor."""
    server = psutil.Process(postgres.pid(stage.home.postgres))
    busy = [*burst.web_processes(), server, *server.children()]
    total = 0.0
    for process in busy:
        times = process.cpu_times()
        total += times.user + times.system
    return total


def yardsticks(line: Line) -> None:
    """Add a round of both, as far as the database takes so many connections."""
    if line.clients > PGBENCH_MOST:
        return
    for batched, rounds in ((False, line.single), (True, line.batched)):
        rounds.append(
            hot_row.claims_per_second(batched=batched, clients=line.clients, seconds=SECONDS)
        )


def told(stage: Stage, lines: list[Line], survived: burst.Survived) -> Result:
    """Everything as a table, ratios and figures."""
    result = Result(
        "claims",
        ["clients", "claims/s", "p50 ms", "p99 ms", "a CPU second", "single row/s", "batched/s"],
    )
    for line in lines:
        per_cpu = len(line.ours.latencies_ms) / line.cpu_seconds
        result.rows.append(
            [
                line.clients,
                round(line.ours.per_second),
                f"{line.ours.percentile_ms(50):.1f}",
                f"{line.ours.percentile_ms(99):.1f}",
                round(per_cpu),
                round(line.single_per_second) if line.single_per_second else "",
                round(line.batched_per_second) if line.batched_per_second else "",
            ]
        )
        result.figures[f"per_s_{line.clients}"] = line.ours.per_second
    by_clients = {line.clients: line for line in lines}
    most, row = by_clients[CLIENTS], by_clients[32].single_per_second or 0.0
    limit = max(line.batched_per_second or 0.0 for line in lines)
    result.ratios["claims.http_over_single_row_32"] = most.ours.per_second / row
    best = max(line.ours.per_second for line in lines)
    result.ratios["claims.http_most_over_single_row_32"] = best / row
    result.ratios["claims.http_over_batched_limit"] = most.ours.per_second / limit
    result.figures |= {
        "single_row_8_per_s": by_clients[8].single_per_second or 0.0,
        "single_row_32_per_s": row,
        "batched_per_s": limit,
        "p99_ms": most.ours.percentile_ms(99),
        "per_cpu_second": len(most.ours.latencies_ms) / most.cpu_seconds,
        **survived.figures(),
    }
    picture = stage.home.path / "claims.svg"
    picture.write_text(plot.svg(result.ratios["claims.http_over_single_row_32"], curves(lines)))
    print(f"The plot: {picture}")
    return result


def curves(lines: list[Line]) -> list[plot.Curve]:
    """The plot's curves."""
    single = [(line.clients, line.single_per_second) for line in lines if line.single_per_second]
    batched = [(line.clients, line.batched_per_second) for line in lines if line.batched_per_second]
    return [
        plot.Curve("批量提交，仅数据库 batched, database alone", "#8a8f98", batched),
        plot.Curve(
            "娘家，全程 HTTP Niangjia over HTTP",
            "#c8161d",
            [(line.clients, line.ours.per_second) for line in lines],
        ),
        plot.Curve("逐笔提交，仅数据库 one row at a time", "#3d6fa5", single),
    ]
