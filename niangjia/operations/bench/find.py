"""`niangjia bench find`: searching 340,000 unions by words and nearest first."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from niangjia.operations.bench import Result, bare, load
from niangjia.operations.bench.stage import ROUNDS, Stage
from niangjia.operations.node import database
from niangjia.organisations import selectors
from niangjia.organisations.models import Kind, Union
from niangjia.organisations.rules.positions import Position
from niangjia.regions.models import Division, Level

#: What matches everything, nearly everything, nothing, or is longer than any name.
WORST = (
    *("工会", "有限公司工会", "zgh", "gonghui", "义", "市", "y", "公司 学校", "合作社 医院"),
    *("没有这个词啊", "qqqzzz", "a b c d e f g h", "工" * 60, "义乌市" * 20, "中国 山东 广东"),
    *("快递", "有限公司", "总工会", "义 乌 市 总 工 会", "yxgs"),
)
SAMPLES = 20
SECONDS = 3.0
CONNECTIONS = 8
TIMES = 3


@dataclass
class Statements:
    """What one search asked of the database, and how long each statement took, in milliseconds."""

    texts: list[str] = field(default_factory=list)
    milliseconds: float = 0.0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        cursor = context["cursor"].cursor
        self.texts.append(cursor.mogrify(sql, params))
        began = time.perf_counter()
        answer = execute(sql, params, many, context)
        self.milliseconds += (time.perf_counter() - began) * 1000
        return answer


@contextmanager
def watched() -> Iterator[Statements]:
    """Within the block every statement is kept and timed."""
    statements = Statements()
    with connection.execute_wrapper(statements):
        yield statements


def words() -> list[str]:
    """What people type: places, parts of names, pinyin and initials, and the worst of it."""
    unions = Union.objects.filter(kind=Kind.GRASSROOTS).order_by("number")
    everyone = list(unions.values_list("name", flat=True))
    names = everyone[:: max(1, len(everyone) // SAMPLES)][:SAMPLES]
    counties = list(Division.objects.filter(level=Level.COUNTY).order_by("code"))
    sampled = counties[:: max(1, len(counties) // SAMPLES)][:SAMPLES]
    return [
        *(name[:4] for name in names),
        *(name[2:8] for name in names),
        *(f"{county.short_name} 快递" for county in sampled),
        *(county.name for county in sampled),
        *(county.pinyin for county in sampled),
        *(f"{county.initials}zgh" for county in sampled),
        *WORST,
    ]


def positions() -> list[Position]:
    """Where people stand: near the seats of counties all over the country."""
    counties = list(Division.objects.filter(level=Level.COUNTY).order_by("code"))
    return [
        Position(county.longitude + 0.01, county.latitude - 0.01)
        for county in counties[:: max(1, len(counties) // (5 * SAMPLES))]
        if county.longitude is not None and county.latitude is not None
    ]


@dataclass(frozen=True)
class Case:
    """A kind of search: its questions, and the same as addresses of the find page."""

    name: str
    criteria: list[selectors.Criteria]

    @property
    def paths(self) -> list[str]:
        base = reverse("organisations:find")
        return [f"{base}?{urlencode(parameters(each))}" for each in self.criteria]


def parameters(criteria: selectors.Criteria) -> dict[str, str]:
    """A question as the find page takes it."""
    asked = {"q": criteria.words} if criteria.words else {}
    if criteria.near:
        asked["near"] = f"{criteria.near.latitude:.6f},{criteria.near.longitude:.6f}"
    return asked


def cases() -> list[Case]:
    """By words; nearest first; and both at once, which only the database is asked for."""
    typed, stood = words(), positions()
    return [
        Case("words", [selectors.Criteria(words=each) for each in typed]),
        Case("nearest", [selectors.Criteria(near=each) for each in stood]),
        Case(
            "words, nearest first",
            [
                selectors.Criteria(words=each, near=stood[place % len(stood)])
                for place, each in enumerate(typed)
            ],
        ),
    ]


def in_database(case: Case) -> tuple[list[float], list[list[str]]]:
    """How long each question takes in the database (the median of a few times, over the socket,
    rows fetched), in milliseconds and in order; and its statements."""
    milliseconds, searches = [], []
    for criteria in case.criteria:
        taken = []
        for _time in range(TIMES):
            with watched() as statements:
                selectors.find_unions(criteria)
            taken.append(statements.milliseconds)
        milliseconds.append(sorted(taken)[TIMES // 2])
        searches.append(statements.texts)
    return sorted(milliseconds), searches


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The value that so many percent do not exceed."""
    return ordered[min(int(len(ordered) * percent / 100), len(ordered) - 1)]


def run(stage: Stage) -> Result:
    """The 95th percentile in the database, and for the find page as a visitor sees it the
    throughput over HTTP beside that of its bare SQL at the same concurrency."""
    columns = ["search", "questions", "p50 ms", "p95 ms", "max ms", "SQL/s", "HTTP/s", "ratio"]
    result = Result("find", columns)
    with stage.served() as port:
        for case in cases():
            ordered, searches = in_database(case)
            name = case.name.replace(", ", "_").replace(" ", "_")
            result.figures |= {
                f"{name}_p50_ms": percentile(ordered, 50),
                f"{name}_p95_ms": percentile(ordered, 95),
                f"{name}_max_ms": ordered[-1],
            }
            row: list[object] = [case.name, len(ordered)]
            row += [f"{percentile(ordered, percent):.1f}" for percent in (50, 95, 100)]
            if case.name in {"words", "nearest"}:
                sql, http = throughput(case, searches, port)
                result.ratios[f"find.{name}_http_over_sql"] = http / sql
                result.figures |= {f"{name}_sql_per_s": sql, f"{name}_http_per_s": http}
                row += [round(sql), round(http), f"{http / sql:.2f}"]
            else:
                row += ["", "", ""]
            result.rows.append(row)
    return result


def throughput(case: Case, searches: list[list[str]], port: int) -> tuple[float, float]:
    """Searches a second as bare SQL and over HTTP, in turns, after one round to warm up."""
    conninfo = os.environ[database.URL]
    sql_order = bare.BareOrder(conninfo, searches, SECONDS, CONNECTIONS)
    http_order = load.Order(port, case.paths, SECONDS, CONNECTIONS)
    sql, http = load.Measured(), load.Measured()
    for turn in range(ROUNDS + 1):
        for total, measured in (
            (sql, bare.measure(sql_order)),
            (http, load.measure(http_order)),
        ):
            if turn:
                total.add(measured)
    if set(http.statuses) != {"200"}:
        raise ValueError(f"{case.paths[0]} answered {http.statuses}")
    return sql.per_second, http.per_second
