"""`niangjia bench cases`: a million running cases in a province of 3,000 unions."""

import datetime as dt
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.cases import selectors, services
from niangjia.cases.models import Case, State
from niangjia.core import clock, protection
from niangjia.core.working_calendar import clear_working_day, set_working_day
from niangjia.members.models import Post
from niangjia.operations.bench import Result, case_questions, load, opening, scale
from niangjia.operations.bench.stage import ROUNDS, Stage
from niangjia.operations.demo.answers import answers_to
from niangjia.operations.demo.chance import Dice
from niangjia.operations.node import database

CLIENTS = 4
SECONDS = 6.0
PATTERNS = 60
TIMES = 3
STEPS = 150
CITY = "3307"
#: Of all running cases, how many come up in the second sweep.
SHARE_DUE = 0.01


@dataclass(frozen=True)
class Asked:
    """One kind of question: what the services are asked, and the bare statements beside it."""

    name: str
    ours: Sequence[Callable[[], object]]
    bare: Sequence[Sequence[tuple[str, Sequence[object]]]]


def run(stage: Stage) -> Result:
    """Reads, opening, steps, and the clock; see docs/benchmarks.md for what stands beside what."""
    result = Result(
        "cases", ["what", "queries", "p50 ms", "p95 ms", "per s", "bare per s", "ratio"]
    )
    running = Case.objects.filter(state__in=[State.OPEN, State.PAUSED])
    with protection.working("bench"):
        result.figures["running_cases"] = running.count()
    for asked in (queue(), search()):
        compared(result, asked)
    opened(result)
    stepped(result)
    swept(result, int(result.figures["running_cases"] * SHARE_DUE))
    recounted(result)
    return result


def queue() -> Asked:
    """The queue as its page reads it: the first page and the numbers of all tabs."""
    posts = case_questions.officers()
    return Asked(
        "queue",
        [lambda post=post: case_questions.queue_of(post) for post in posts],  # type: ignore[misc]
        [case_questions.bare_queue(post) for post in posts],
    )


def search() -> Asked:
    """Words, employers, services and days, alone and together, by officers of every level."""
    posts = case_questions.officers()
    asked = [(post, each) for post in posts for each in case_questions.sought()]
    return Asked(
        "search",
        [lambda post=post, each=each: case_questions.found(post, each) for post, each in asked],  # type: ignore[misc]
        [case_questions.bare_search(post, each) for post, each in asked],
    )


def compared(result: Result, asked: Asked) -> None:
    """Ask all of it through the services and bare, in turns, one client at a time; the time of
    each question is the middle one of a few."""
    with CaptureQueriesContext(connection) as captured:
        asked.ours[0]()
    ours: list[list[float]] = [[] for _question in asked.ours]
    bare: list[list[float]] = [[] for _question in asked.bare]
    with psycopg.connect(os.environ[database.OWNER_URL], autocommit=True) as owner:
        for turn in range(TIMES + 1):
            for place, question in enumerate(asked.ours):
                began = time.perf_counter()
                question()
                took = time.perf_counter() - began
                began = time.perf_counter()
                for statement, values in asked.bare[place]:
                    owner.execute(statement.encode(), values).fetchall()
                if turn:
                    ours[place].append(took * 1000)
                    bare[place].append((time.perf_counter() - began) * 1000)
    middle = [sorted(times)[TIMES // 2] for times in ours]
    beside = [sorted(times)[TIMES // 2] for times in bare]
    write(result, asked.name, len(captured), middle, beside)


def write(result: Result, name: str, queries: int, ours: list[float], bare: list[float]) -> None:
    """One line: throughput of one client, and its ratio to the bare statements."""
    per_s, bare_per_s = 1000 * len(ours) / sum(ours), 1000 * len(bare) / sum(bare)
    measured, beside = load.Measured(1.0, ours), load.Measured(1.0, bare)
    result.ratios[f"cases.{name}_over_sql"] = per_s / bare_per_s
    result.figures |= {
        f"{name}_queries": queries,
        f"{name}_p50_ms": measured.percentile_ms(50),
        f"{name}_p95_ms": measured.percentile_ms(95),
        f"{name}_bare_p95_ms": beside.percentile_ms(95),
    }
    line(result, name, queries, measured, per_s, bare_per_s)


def line(
    result: Result,
    name: str,
    queries: int,
    measured: load.Measured,
    per_s: float,
    bare_per_s: float | None = None,
) -> None:
    result.rows.append(
        [
            name,
            queries,
            f"{measured.percentile_ms(50):.1f}",
            f"{measured.percentile_ms(95):.1f}",
            round(per_s),
            round(bare_per_s) if bare_per_s else "",
            f"{per_s / bare_per_s:.2f}" if bare_per_s else "",
        ]
    )


def opened(result: Result) -> None:
    """Cases opened by as many clients through the service, and as bare rows, in turns."""
    ours = [opening.OpeningOrder(SECONDS, client) for client in range(CLIENTS)]
    first = opening.measure(ours)
    with protection.working("bench"):
        newest = Case.objects.order_by("-id").values_list("id", "number")[:PATTERNS]
        patterns = [(str(case), number) for case, number in newest]
    bare = [
        opening.OpeningOrder(SECONDS, client, os.environ[database.OWNER_URL], patterns)
        for client in range(CLIENTS)
    ]
    opening.measure(bare)
    total, beside = load.Measured(), load.Measured()
    for _round in range(ROUNDS):
        total.add(opening.measure(ours))
        beside.add(opening.measure(bare))
    opening.remove_bare_rows(os.environ[database.OWNER_URL])
    result.ratios["cases.open_over_bare"] = total.per_second / beside.per_second
    with CaptureQueriesContext(connection) as captured:
        opening.through_the_service(99)(0)
    queries = statements_of_last(captured)
    result.figures |= {
        "open_queries": queries,
        "open_per_s": total.per_second,
        "open_bare_per_s": beside.per_second,
        "open_p95_ms": total.percentile_ms(95),
        "open_first_round_per_s": first.per_second,
    }
    line(result, "open", queries, total, total.per_second, beside.per_second)


def statements_of_last(captured: CaptureQueriesContext) -> int:
    """How many statements the last transaction took, its beginning and its end included."""
    texts = [each["sql"] for each in captured.captured_queries]
    begun = max(place for place, text in enumerate(texts) if text == "BEGIN")
    return len(texts) - begun


def stepped(result: Result) -> None:
    """Officers end the first step of the newest cases, as a file that is whole."""
    posts = [post for post in case_questions.officers() if post.union.depth > 1]
    latencies, counts = [], []
    for turn in range(STEPS):
        post = posts[turn % len(posts)]
        with protection.viewing(account=post.account_id):
            case = (
                selectors.list_queue([post], account=post.account, now=clock.now())
                .filter(handler_path__startswith=post.union.path)
                .order_by("-id")
                .first()
            )
        if case is None:
            continue
        step = selectors.document_of(case.snapshot_id).steps[0]
        outcome = step.outcomes[0]
        answers = {}
        if step.form is not None and outcome.needs_answers:
            answers = answers_to(step.form, Dice("step", turn), clock.today())
        with CaptureQueriesContext(connection) as captured:
            began = time.perf_counter()
            taken = take(post, case, step.key, outcome.key, answers)
            took = (time.perf_counter() - began) * 1000
        if taken:
            latencies.append(took)
            counts.append(len(captured))
    if not counts:
        return
    measured = load.Measured(sum(latencies) / 1000, latencies)
    result.figures |= {
        "step_queries": sorted(counts)[len(counts) // 2],
        "step_p95_ms": measured.percentile_ms(95),
    }
    line(result, "step", sorted(counts)[len(counts) // 2], measured, measured.per_second)


def take(post: Post, case: Case, step: str, outcome: str, answers: Mapping[str, Any]) -> bool:
    """End a step; False when it has been ended before, or is not theirs to end."""
    from niangjia.core.errors import DomainError

    try:
        services.take_step(
            by=post,
            case_id=case.pk,
            step=step,
            outcome=outcome,
            answers=answers,
            words="材料齐全，情况属实，已与本人核对",
            now=clock.now(),
        )
    except DomainError:
        return False
    return True


def swept(result: Result, due: int) -> None:
    """The clock over all running cases: when nothing is due; in the morning before many terms end,
    when officers are reminded; in the evening, when they all are late; and when there is nothing
    left to do."""
    sweep(result, "idle", moment(0))
    sweep(result, "reminded", moment(due))
    evening = first_end()
    # What comes up between that morning and that evening.
    services.sweep(now=evening - dt.timedelta(seconds=1))
    sweep(result, "late", evening)
    sweep(result, "again", evening)


def sweep(result: Result, name: str, now: dt.datetime) -> None:
    """One line: on how many cases something was to be done, and how long it took."""
    began = time.perf_counter()
    done = services.sweep(now=now)
    seconds = time.perf_counter() - began
    result.figures |= {f"sweep_{name}_s": seconds, f"sweep_{name}_cases": done}
    result.rows.append([f"sweep, {name}", "", "", "", "", "", f"{done} in {seconds:.1f} s"])


def first_end() -> dt.datetime:
    """When the first term ends of which officers have been reminded."""
    with protection.working("bench"):
        reminded = Case.objects.filter(state=State.OPEN, reminded=True).order_by("clock_at")
        return reminded.values_list("clock_at", flat=True)[0]


def moment(due: int) -> dt.datetime:
    """When the clock of so many running cases has come up."""
    with protection.working("bench"):
        waiting = Case.objects.filter(state__in=[State.OPEN, State.PAUSED]).order_by("clock_at")
        return waiting.values_list("clock_at", flat=True)[max(due - 1, 0)] - dt.timedelta(
            seconds=0 if due else 1
        )


def recounted(result: Result) -> None:
    """A working day becomes a day off and a working day again: a city's terms across it move,
    twice. (A whole province is as many cities, one batch after the other.)"""
    day = clock.today() + dt.timedelta(days=7)
    while day.weekday() > 4:
        day += dt.timedelta(days=1)
    now = clock.now()
    for name in ("off", "on"):
        if name == "off":
            off(day, now)
        else:
            clear_working_day(date=day, province="33", by=None, now=now)
        began = time.perf_counter()
        moved = services.recount(date=day, province=CITY, now=now)
        seconds = time.perf_counter() - began
        result.figures |= {f"recount_{name}_s": seconds, f"recount_{name}_cases": moved}
        told = f"{moved} in {seconds:.1f} s"
        result.rows.append([f"recount of a city, {name}", "", "", "", "", "", told])
    scale.tidy_up()


def off(day: dt.date, now: dt.datetime) -> None:
    set_working_day(
        date=day, province="33", is_working=False, name="台风", source="bench", by=None, now=now
    )
