"""Rows that wait for others of their kind: as if each had been written by itself."""

import datetime as dt
import uuid
from contextlib import nullcontext
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from niangjia.core import clock, prepared, protection
from niangjia.core.database.rows import Many
from niangjia.core.models import CalendarYear, OutboxEvent, WorkingDay

pytestmark = pytest.mark.django_db
DAYS = [dt.date(2031, 3, 3) + dt.timedelta(days=n) for n in range(3)]
#: What quotes, backslashes, braces and signs of other scripts would break.
ODD = {"a": 'quo"te', "b": "back\\slash", "c": "{brace,}", "d": "工会\n", "e": None, "f": [1, 2.5]}


def day(date, **fields):
    return WorkingDay(date=date, province="33", is_working=False, **fields)


def days():
    return list(WorkingDay.objects.filter(date__in=DAYS).order_by("date"))


def event(kind="test", at=None):
    return OutboxEvent(type=kind, payload=ODD, at=at or clock.now())


def test_rows_of_a_kind_are_one_statement_and_stand_as_django_would_have_written_them():
    at = clock.now()
    with transaction.atomic(), connection.rows_together():
        for date in DAYS:
            prepared.write_later(day(date, name='名"\\{}'))
            prepared.write_later(event(at=at))
        assert {len(rows) for rows in connection.rows.values()} == {3}
        connection.line_up_rows()
        assert len(connection.waiting) == 2
    event(at=at).save()
    assert [each.name for each in days()] == ['名"\\{}'] * 3
    assert set(OutboxEvent.objects.values_list("at", "type")) == {(at, "test")}
    assert [each.payload for each in OutboxEvent.objects.all()] == [ODD] * 4


@pytest.mark.parametrize("together", [True, False])
def test_a_row_without_an_instance_is_as_one_with(together):
    date, at = DAYS[0], clock.now()
    with transaction.atomic(), connection.rows_together() if together else nullcontext():
        prepared.add_later(WorkingDay, date=date, province="33", is_working=False)
        prepared.add_later(OutboxEvent, type="test", payload=ODD, at=at)
    [found] = days()
    assert (found.pk is not None, found.name, found.is_working) == (True, "", False)
    assert list(OutboxEvent.objects.values_list("type", "payload", "at")) == [("test", ODD, at)]


@pytest.mark.parametrize("together", [True, False])
def test_a_row_without_an_instance_has_no_attribute_that_there_is_not(together):
    with (
        transaction.atomic(),
        connection.rows_together() if together else nullcontext(),
        pytest.raises(TypeError),
    ):
        prepared.add_later(WorkingDay, date=DAYS[0], province="33", is_working=False, colour="red")
    assert days() == []


def test_what_is_asked_meanwhile_sees_what_was_written_before():
    with transaction.atomic(), connection.rows_together():
        prepared.write_later(day(DAYS[0]))
        assert len(days()) == 1
        prepared.write_later(day(DAYS[1]))
        connection.later("DELETE FROM core_workingday WHERE date = %s", [DAYS[1]])
        prepared.write_later(day(DAYS[2]))
    assert [each.date for each in days()] == [DAYS[0], DAYS[2]]
    assert connection.rows is None


@transaction.atomic
def rename(some):
    with connection.rows_together():
        for each in some:
            each.name = "new"
            prepared.save_later(each, ["name"])


def test_rows_change_together_each_by_its_key_and_one_that_is_gone_is_refused():
    made = [day(date) for date in DAYS]
    for each in made:
        each.save()
    with transaction.atomic(), connection.rows_together():
        for number, each in enumerate(made):
            each.name = f"{number}"
            prepared.save_later(each, ["name"])
    assert [each.name for each in days()] == ["0", "1", "2"]
    made[1].delete()
    made[1].pk = uuid.uuid4()
    with pytest.raises(DatabaseError, match="gone"):
        rename(made)
    assert [each.name for each in days()] == ["0", "2"]


def test_a_block_that_fails_leaves_nothing_waiting():
    with pytest.raises(TypeError), transaction.atomic(), connection.rows_together():
        prepared.write_later(day(DAYS[0], name=object()))
    assert connection.rows is None
    assert days() == []


def test_what_is_taken_back_within_the_block_was_never_said():
    with transaction.atomic(), connection.rows_together():
        with transaction.atomic():
            prepared.write_later(day(DAYS[0]))
            transaction.set_rollback(True)
        prepared.write_later(day(DAYS[1]))
    assert [each.date for each in days()] == [DAYS[1]]


def test_rows_wait_in_one_transaction_and_one_block_alone(transactional_db):
    with pytest.raises(RuntimeError), connection.rows_together():
        pass
    refused = pytest.raises(RuntimeError)
    with transaction.atomic(), connection.rows_together(), refused, connection.rows_together():
        pass


def test_rows_go_under_the_scope_they_were_written_in():
    """A scope within the block ends; what was written in it is still written as its viewer."""
    kind = Many(
        "INSERT INTO core_calendaryear (year, source)"
        " SELECT year, coalesce(core_viewer_work(), 'nobody')"
        " FROM json_populate_recordset(NULL::core_calendaryear, %s::json)"
    )
    with transaction.atomic(), connection.rows_together():
        with protection.working("inner"):
            connection.row_later(kind, {"year": 2031})
        connection.row_later(kind, {"year": 2032})
    assert dict(CalendarYear.objects.filter(year__gt=2030).values_list("year", "source")) == {
        2031: "inner",
        2032: "nobody",
    }


@pytest.mark.parametrize(
    ("type_name", "value"),
    [
        ("uuid", uuid.UUID(int=5)),
        ("timestamptz", dt.datetime(2031, 3, 3, 4, 5, 6, 789_012, tzinfo=dt.UTC)),
        ("date", DAYS[0]),
        ("bytea", b"\x00\xff\\"),
        ("numeric", Decimal("12.340")),
        ("text[]", ["a", 'b"', "{c}"]),
        ("boolean", True),
        ("smallint", None),
    ],
)
def test_a_value_arrives_as_it_was_given(type_name, value):
    given = Many(f"SELECT v FROM json_to_recordset(%s::json) AS given(v {type_name})")  # noqa: S608
    [rows] = connection.together((given.sql, given.params([{"v": value}])))
    found = rows[0][0]
    assert (bytes(found) if isinstance(value, bytes) else found) == value


def test_a_value_that_nobody_knows_is_refused_instead_of_being_guessed():
    with pytest.raises(TypeError, match="object"):
        Many("").params([{"v": object()}])
