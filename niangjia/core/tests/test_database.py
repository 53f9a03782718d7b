"""A pooled connection that outlived its server is not handed out."""

import psycopg
import pytest
from django.db import OperationalError, ProgrammingError, connection, connections, transaction

from niangjia.core.database.base import check


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
