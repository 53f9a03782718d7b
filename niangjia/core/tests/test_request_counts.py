"""Counting requests for all processes together."""

import pytest
from django.db import connection

from niangjia.core import clock, request_counts
from niangjia.core.models import RequestCount
from niangjia.core.tests.races import at_once


@pytest.mark.django_db(transaction=True)
def test_requests_counted_at_the_same_moment_all_count():
    def count():
        for _ in range(25):
            request_counts.add(who="10.0.0.1", minute=1, count=1)

    at_once(*[count] * 4)
    assert request_counts.add(who="10.0.0.1", minute=1, count=1) == 101


@pytest.mark.django_db
class TestCounting:
    def test_each_asker_and_each_minute_counts_alone(self):
        assert request_counts.add(who="a", minute=1, count=2) == 2
        assert request_counts.add(who="a", minute=2, count=1) == 1
        assert request_counts.add(who="b", minute=1, count=1) == 1

    def test_nobody_is_named_and_past_minutes_are_forgotten(self):
        now = int(clock.now().timestamp()) // 60
        request_counts.add(who="10.0.0.1", minute=now - 2, count=1)
        request_counts.add(who="10.0.0.1", minute=now, count=1)
        assert all(b"10.0.0.1" not in bytes(row.who) for row in RequestCount.objects.all())
        assert request_counts.forget() == 1
        assert RequestCount.objects.get().minute == now

    def test_the_table_costs_no_write_ahead_log(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relpersistence FROM pg_class WHERE relname = 'core_requestcount'"
            )
            assert cursor.fetchone()[0] == "u"
