"""Statements that wait for the next one: in order, never lost, never after what must come later."""

import threading

import pytest
from django.db import IntegrityError, connection, connections, transaction

from niangjia.core import clock, prepared, transactions
from niangjia.core.errors import Conflict
from niangjia.core.models import AuditLane, OutboxEvent
from niangjia.core.tests.races import at_once

pytestmark = pytest.mark.django_db
NOTHING = "DELETE FROM core_outboxevent WHERE false"


def event(kind="test"):
    return OutboxEvent(type=kind, payload={"é": ["值", 1]}, at=clock.now())


def kinds():
    return list(OutboxEvent.objects.order_by("id").values_list("type", flat=True))


def test_what_waits_goes_in_one_trip_before_the_next_statement(django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(2):
        for kind in ("one", "two", "three"):
            prepared.write_later(event(kind))
        assert kinds() == ["one", "two", "three"]
    assert OutboxEvent.objects.first().payload == {"é": ["值", 1]}


def test_a_row_is_written_as_django_would_write_it():
    with transaction.atomic():
        prepared.write_later(event())
    event().save()
    first, second = OutboxEvent.objects.values("type", "payload").order_by("id")
    assert first == second


def test_a_cursor_that_was_there_before_comes_after_what_waits():
    with transaction.atomic(), connection.cursor() as cursor:
        prepared.write_later(event())
        cursor.execute("SELECT count(*) FROM core_outboxevent")
        assert cursor.fetchone() == (1,)


def test_what_is_rolled_back_was_never_said():
    with transaction.atomic():
        prepared.write_later(event("kept"))
        with transaction.atomic():
            prepared.write_later(event("lost"))
            transaction.set_rollback(True)
    assert kinds() == ["kept"]


def test_a_refusal_is_heard_where_the_service_ends_and_leaves_nothing():
    def refuse(cursor):
        assert cursor.rowcount == 0
        raise Conflict("no")

    @transactions.atomic
    def service():
        prepared.write_later(event())
        connection.later(NOTHING, [], refuse)

    with pytest.raises(Conflict):
        service()
    assert kinds() == []


def test_what_the_database_refuses_breaks_the_transaction():
    lane = AuditLane.objects.values_list("lane", flat=True).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.later("INSERT INTO core_auditlane (lane) VALUES (%s)", [lane])
    assert connection.waiting == []


def test_outside_a_transaction_nothing_waits(transactional_db):
    connection.later(NOTHING, [])
    assert connection.waiting == []


def test_a_commit_takes_along_what_waits_and_a_refusal_there_rolls_back(transactional_db):
    def refuse(cursor):
        raise Conflict("no")

    with transaction.atomic():
        prepared.write_later(event("committed"))

    @transaction.atomic
    def plain():
        prepared.write_later(event("refused"))
        connection.later(NOTHING, [], refuse)

    with pytest.raises(Conflict):
        plain()
    seen = []

    def look():
        seen.extend(kinds())
        connections.close_all()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == ["committed"]


@pytest.mark.django_db(transaction=True)
class TestLast:
    def test_it_is_there_for_others_before_this_process_says_its_end(self):
        with transaction.atomic():
            prepared.write_later(event())
            connection.send_last()
            assert at_once(kinds) == [["test"]]

    def test_what_is_refused_is_not_committed(self):
        def write_and_be_refused():
            with transaction.atomic():
                prepared.write_later(event("written"))
                connection.later("INSERT INTO core_outboxevent (type) VALUES (%s)", ["x"])
                connection.send_last()

        with pytest.raises(IntegrityError):
            write_and_be_refused()
        assert kinds() == []

    def test_within_the_transaction_of_another_it_commits_nothing(self):
        with transaction.atomic():
            with transaction.atomic():
                prepared.write_later(event())
                connection.send_last()
            transaction.set_rollback(True)
        assert kinds() == []
