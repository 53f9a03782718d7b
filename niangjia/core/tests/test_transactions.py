"""Transactions that met are tried again, a bounded number of times (promise 27)."""

import itertools
import re
import threading
from pathlib import Path

import pytest
from django.db import OperationalError, connection, transaction

from niangjia.core import errors, transactions
from niangjia.core.models import CalendarYear
from niangjia.core.tests.races import at_once


class Met(Exception):
    def __init__(self, sqlstate):
        self.sqlstate = sqlstate


def failing(times, sqlstate="40001"):
    calls = []

    def service():
        calls.append(1)
        if len(calls) <= times:
            raise OperationalError("met") from Met(sqlstate)
        return len(calls)

    return service, calls


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(transactions, "FIRST_WAIT_SECONDS", 0)


@pytest.mark.django_db(transaction=True)
class TestRetrying:
    @pytest.mark.parametrize("sqlstate", sorted(transactions.PASSING))
    @pytest.mark.parametrize("times", [0, 1, 3])
    def test_what_passes_is_tried_again(self, sqlstate, times):
        service, _ = failing(times, sqlstate)
        assert transactions.retrying(service)() == times + 1

    def test_it_ends(self):
        service, calls = failing(99)
        with pytest.raises(errors.Conflict) as refusal:
            transactions.retrying(service)()
        assert refusal.value.code == "busy"
        assert len(calls) == transactions.TRIES

    def test_what_does_not_pass_is_raised_at_once(self):
        service, calls = failing(99, "53300")
        with pytest.raises(OperationalError):
            transactions.retrying(service)()
        assert len(calls) == 1

    def test_inside_a_transaction_the_whole_of_it_would_have_to_be_tried(self):
        service, calls = failing(1)
        with pytest.raises(OperationalError), transaction.atomic():
            transactions.retrying(service)()
        assert len(calls) == 1

    @pytest.mark.parametrize("guard", [transactions.retrying, lambda service: service])
    def test_two_that_serialise_badly_both_succeed_and_only_with_the_guard(self, guard):
        CalendarYear.objects.all().delete()
        CalendarYear.objects.create(year=1, source="0")
        barrier = threading.Barrier(2, timeout=60)
        first_tries = threading.local()

        @guard
        @transaction.atomic
        def add():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
            row = CalendarYear.objects.get(year=1)
            if not getattr(first_tries, "over", False):
                first_tries.over = True
                barrier.wait()
            row.source = str(int(row.source) + 1)
            row.save()

        failures = [error for error in at_once(add, add) if isinstance(error, OperationalError)]
        total = int(CalendarYear.objects.get(year=1).source)
        assert (len(failures), total) == ((0, 2) if guard is transactions.retrying else (1, 1))


PLAIN = re.compile(r"^\s*(@|with |.*\bwith ).*\btransaction\.atomic")


def unexplained(source):
    """The lines that open a transaction which nobody tries again, without saying why not."""
    lines = source.splitlines()
    return [
        line.strip()
        for before, line in itertools.pairwise(["", *lines])
        if PLAIN.match(line) and "# Not retried" not in before
    ]


def test_whoever_opens_a_plain_transaction_says_why_it_is_not_tried_again():
    rooms = Path(errors.__file__).parent.parent
    services = [*rooms.glob("*/services/**/*.py"), *rooms.glob("*/forms/**/*.py")]
    assert len(services) > 20
    found = {file.name: unexplained(file.read_text()) for file in services}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        "@transaction.atomic",
        "    with transaction.atomic(), a() as b:",
        "with a, transaction.atomic():",
    ],
)
def test_control_a_plain_transaction_is_seen(line):
    assert unexplained(f"import a\n{line}\n    pass") == [line.strip()]
    assert unexplained(f"# Not retried: it only reads.\n{line}") == []
