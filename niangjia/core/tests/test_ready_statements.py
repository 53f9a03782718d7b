"""Statements that the server keeps ready, and the lists that are given to them."""

import uuid

import psycopg
import pytest
from django.db import DataError, connection

from niangjia.core.database import arrays

pytestmark = pytest.mark.django_db
TEXTS = ["plain", 'with "quotes"', "back\\slash", "{a,b}", "NULL", "", " space ", "中文", None]


@pytest.mark.parametrize(
    ("written", "type_name", "values"),
    [
        (arrays.of_texts, "text", TEXTS),
        (arrays.of_ids, "uuid", [uuid.uuid4(), None]),
        (arrays.of_plain, "bigint", [1, None, -(2**40)]),
        (arrays.of_texts, "text", []),
    ],
)
def test_a_list_arrives_as_it_was_given(written, type_name, values):
    with connection.ready_cursor() as cursor:
        cursor.execute(f"SELECT %s::{type_name}[]", [written(values)])
        assert cursor.fetchone() == (values,)


def test_a_statement_is_planned_once_and_kept():
    question = "SELECT %s::int + 7466"
    for number in range(3):
        with connection.ready_cursor() as cursor:
            cursor.execute(question, [number])
            assert cursor.fetchone() == (number + 7466,)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%7466%'")
        assert cursor.fetchone() == (1,)


def test_several_questions_are_answered_in_their_order(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = connection.together(
            ("SELECT %s::int", [1]), ("SELECT n FROM generate_series(1, %s::int) n", [2])
        )
    assert found == [[(1,)], [(1,), (2,)]]


def test_what_waits_is_done_before_they_are_asked():
    connection.later("SELECT set_config('niangjia.test', %s, true)", ["said"])
    assert connection.together(("SELECT current_setting('niangjia.test')", [])) == [[("said",)]]


def test_one_that_fails_is_an_error_like_any_other():
    with pytest.raises(DataError) as caught:
        connection.together(("SELECT 1", []), ("SELECT 1 / %s::int", [0]))
    assert isinstance(caught.value.__cause__, psycopg.errors.DivisionByZero)
