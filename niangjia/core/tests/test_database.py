"""What this project adds to Django's connection."""

import datetime as dt
import gc

import psycopg
import pytest
from django.db import (
    DataError,
    OperationalError,
    ProgrammingError,
    connection,
    connections,
    transaction,
)

from niangjia.core import garbage
from niangjia.core.database.base import check
from niangjia.core.database.moments import MomentLoader


@pytest.fixture
def other(django_db_setup, django_db_blocker):
    """A connection of its own, as the pool would keep one."""
    with django_db_blocker.unblock():
        parameters = connection.get_connection_params()
        with psycopg.connect(**parameters, autocommit=True) as made:
            yield made


def end(pid):
    """What a server that stops does to its clients."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_a_living_connection_passes_without_being_asked(other, monkeypatch):
    monkeypatch.setattr(other, "execute", lambda *_: pytest.fail("a needless question"))
    check(other)


@pytest.mark.django_db
def test_a_connection_whose_server_hung_up_does_not_pass(other):
    end(other.info.backend_pid)
    with pytest.raises(psycopg.OperationalError):
        check(other)


@pytest.mark.django_db(transaction=True)
def test_the_pool_gives_another_one_instead(other):
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    connection.close()
    other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    assert connections["default"].pool is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone()[0] != pid


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "Asia/Kolkata"])
def test_moments_are_read_as_they_are_in_whatever_zone_the_server_says_them(zone):
    said = ["2026-12-02 15:59:59+00", "1999-01-01 00:00:00.5+00", "2026-12-02 15:59:59.000001+00"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('TimeZone', %s, true)", [zone])
        cursor.execute("SELECT unnest(%s::timestamptz[])", [said])
        found = [row[0] for row in cursor.fetchall()]
        loader = cursor.connection.adapters.get_loader(1184, psycopg.pq.Format.TEXT)
    assert issubclass(loader, MomentLoader)
    assert found == [dt.datetime.fromisoformat(each) for each in said]
    assert {each.tzinfo for each in found} == {dt.UTC}


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["infinity", "0044-03-15 12:00:00+00 BC"])
def test_moments_that_python_has_not_are_refused_as_ever(moment):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [moment])
        with pytest.raises(DataError):
            cursor.fetchone()


def test_what_there_was_is_garbage_again_afterwards():
    with garbage.set_aside():
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0


@pytest.mark.django_db
class TestOneWord:
    def test_sees_what_waits_and_is_counted(self, django_assert_num_queries):
        with django_assert_num_queries(2):
            connection.later("SELECT set_config('niangjia.said', 'before', true)", [])
            assert connection.word("SELECT current_setting('niangjia.said')") == "before"

    def test_what_the_server_refuses_is_django_s_error(self):
        with pytest.raises(ProgrammingError), transaction.atomic():
            connection.word("SELECT nothing_there")


@pytest.mark.django_db(transaction=True)
def test_a_server_that_hung_up_is_away_for_one_word_too(other):
    connection.ensure_connection()
    other.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
    with pytest.raises(OperationalError):
        connection.word("SELECT 1")
    connection.close()
