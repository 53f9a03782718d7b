"""One limit for all processes, and no query for whoever asks a little."""

import pytest

from niangjia.api_root import throttling
from niangjia.core.models import RequestCount
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import signed_in

pytestmark = pytest.mark.django_db
LIMIT = 600


@pytest.fixture
def processes():
    """Two processes, each with what it has counted itself."""
    return throttling.Counter(), throttling.Counter()


def ask(counter, times, *, who="10.0.0.1", minute=1):
    """How many of so many requests went through."""
    return sum(counter.add(who, minute, LIMIT) <= LIMIT for _ in range(times))


def test_two_processes_share_one_limit(processes):
    let_through = sum(ask(processes[n % 2], 1) for n in range(2 * LIMIT))
    assert LIMIT <= let_through <= LIMIT + 2 * (throttling.REPORT_EVERY - 1)


def test_control_each_on_its_own_would_let_everything_through(processes, monkeypatch):
    totals = {}

    def alone(*, who, minute, count):
        totals[count, who] = totals.get((count, who), 0) + count
        return 0

    monkeypatch.setattr(throttling.request_counts, "add", alone)
    assert ask(processes[0], LIMIT) + ask(processes[1], LIMIT) == 2 * LIMIT


def test_a_visitor_with_a_few_requests_costs_no_query(processes, django_assert_num_queries):
    with django_assert_num_queries(0):
        ask(processes[0], throttling.REPORT_EVERY - 1)
    with django_assert_num_queries(1):
        ask(processes[0], 1)


def test_whoever_is_over_the_limit_costs_no_query_either(processes, django_assert_num_queries):
    ask(processes[0], LIMIT + throttling.REPORT_EVERY)
    with django_assert_num_queries(0):
        assert ask(processes[0], 500) == 0


def test_the_next_minute_begins_anew(processes):
    ask(processes[0], 2 * LIMIT)
    assert ask(processes[0], 10, minute=2) == 10


def test_an_account_counts_for_itself_whatever_its_address(settings):
    settings.NIANGJIA_API_REQUESTS_PER_MINUTE = 1
    for _ in range(2):
        client = signed_in(make_account())
        assert client.get("/api/v1/divisions").status_code != 429
        assert client.get("/api/v1/divisions").status_code == 429
    assert RequestCount.objects.count() == 2


def test_a_refused_write_counts_and_a_wrong_token_does_too(client, settings):
    settings.NIANGJIA_API_REQUESTS_PER_MINUTE = 2
    asked = [
        client.post("/api/v1/applications", headers={"Authorization": "Bearer nj_wrong"})
        for _ in range(3)
    ]
    assert [answer.status_code for answer in asked] == [401, 401, 429]
    assert 1 <= int(asked[-1]["Retry-After"]) <= 60
