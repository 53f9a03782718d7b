"""Promise 2: without a verified scope the database shows no protected row and takes none."""

import uuid

import pytest
from django.db import ProgrammingError, connection, transaction

from niangjia.core import protection
from niangjia.core.tests.protected import ALL, ANNA, BORIS, NAME, READ, RECEIPT, ask, seen, table

__all__ = ["table"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("table")]


class TestWhoSees:
    def test_nobody_sees_nothing(self):
        assert seen() == []

    def test_an_account_sees_what_is_its_own(self):
        with protection.viewing(account=ANNA):
            assert seen() == ["by Anna"]
            assert ask("SELECT core_viewer_account()") == [(ANNA,)]
            assert ask("SELECT core_viewer_receipt(), core_viewer_work()") == [(None, None)]

    def test_a_receipt_sees_what_was_filed_with_it(self):
        with protection.viewing(receipt=RECEIPT):
            assert seen() == ["by x"]
        with protection.viewing(receipt=b"\x02" * 32):
            assert seen() == []

    def test_background_work_sees_what_policies_show_it(self):
        with protection.working("test.sweep"):
            assert seen() == ALL
        with protection.working("test.other"):
            assert seen() == []

    def test_a_stranger_sees_nothing(self):
        with protection.viewing(account=uuid.uuid4()):
            assert seen() == []

    @pytest.mark.parametrize("given", [{}, {"account": ANNA, "receipt": RECEIPT}])
    def test_a_viewer_is_one_of_the_two(self, given):
        with pytest.raises(ValueError, match="account or a receipt"):
            protection.viewing(**given)

    @pytest.mark.parametrize("name", ["", "two words", "a|b", "x" * 200, "work\naccount"])
    def test_a_name_that_could_be_read_as_another_is_refused(self, name):
        with pytest.raises(ValueError, match="cannot be a viewer"), protection.working(name):
            pass


class TestWhoWrites:
    def test_nobody_writes_nothing(self):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            ask("INSERT INTO test_protected (account_id, words) VALUES (%s, '')", ANNA)
        assert ask("UPDATE test_protected SET words = ''") == 0
        assert ask("DELETE FROM test_protected") == 0

    def test_an_account_writes_what_is_its_own(self):
        with protection.viewing(account=ANNA):
            assert ask("UPDATE test_protected SET words = 'new'") == 1
            assert seen() == ["new"]
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                ask("UPDATE test_protected SET account_id = %s", BORIS)

    def test_what_it_leaves_alone_stays(self):
        with protection.viewing(account=ANNA):
            ask("DELETE FROM test_protected")
        with protection.working("test.sweep"):
            assert seen() == ["by Boris", "by x"]


class TestBlocks:
    def test_the_viewer_from_before_looks_again(self):
        with protection.viewing(account=ANNA):
            with protection.viewing(account=BORIS):
                assert seen() == ["by Boris"]
                with protection.working("test.sweep"):
                    assert seen() == ALL
                assert seen() == ["by Boris"]
            assert seen() == ["by Anna"]
        assert seen() == []

    def test_after_an_error_of_ours_nobody_looks(self):
        with pytest.raises(KeyError), protection.viewing(account=ANNA):
            raise KeyError
        assert seen() == []

    def test_after_an_error_of_the_database_nobody_looks(self):
        with pytest.raises(ProgrammingError, match="no_such"), transaction.atomic():  # noqa: SIM117
            with protection.viewing(account=ANNA):
                ask("SELECT no_such")
        assert seen() == []

    def test_a_savepoint_that_is_rolled_back_inside_changes_nothing(self):
        with protection.viewing(account=ANNA):
            with pytest.raises(ProgrammingError), transaction.atomic():
                ask("SELECT no_such")
            assert seen() == ["by Anna"]

    def test_within_a_transaction_it_goes_with_what_is_asked(self, django_assert_num_queries):
        with django_assert_num_queries(2):
            with protection.viewing(account=ANNA):
                assert seen() == ["by Anna"]
            assert connection.waiting

    def test_where_nothing_is_asked_nobody_looks(self, django_assert_num_queries):
        with django_assert_num_queries(0), protection.viewing(account=ANNA):
            pass
        assert connection.waiting == []
        assert seen() == []

    def test_what_waited_in_a_block_is_said_by_its_viewer_and_no_other(self):
        who = "SELECT core_viewer_account()"
        said = []

        def hear(cursor):
            said.append(cursor.fetchone()[0])

        with protection.viewing(account=ANNA):
            connection.later(who, [], hear)
        connection.later(who, [], hear)
        connection.send_waiting()
        assert said == [ANNA, None]


def nodes(plan):
    """Every node of a plan, outermost first."""
    yield plan
    for inner in plan.get("Plans", []):
        yield from nodes(inner)


def loops(question):
    """How often each InitPlan of a statement ran, as EXPLAIN ANALYZE saw it."""
    [(text,)] = ask(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, FORMAT JSON) {question}")
    found = nodes(text[0]["Plan"])
    return [node["Actual Loops"] for node in found if "InitPlan" in node.get("Subplan Name", "")]


class TestPlan:
    def test_each_function_is_asked_once_a_statement_not_once_a_row(self):
        with protection.working("test.sweep"):
            ask("INSERT INTO test_protected (words) SELECT 'more' FROM generate_series(1, 100)")
            assert loops(READ) == [1, 1, 1]

    def test_control_a_call_without_its_select_is_no_plan_of_its_own(self):
        assert loops("SELECT 1 FROM generate_series(1, 9) WHERE core_viewer_work() = 'x'") == []


class TestCatalogue:
    def test_protected_tables_are_listed(self):
        assert NAME in protection.protected_tables()
        assert "core_auditentry" not in protection.protected_tables()
