"""What the database itself refuses about work orders, and that it is the guard that refuses."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from niangjia.hotline.tests.aftercare import make_world, settled

CHANGES = (
    "UPDATE hotline_orderentry SET facts = '{}'",
    "DELETE FROM hotline_orderentry",
)


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


@pytest.mark.parametrize("statement", CHANGES)
def test_even_the_owner_of_the_tables_changes_no_history(as_owner, statement):
    settled(make_world())
    with pytest.raises(ProgrammingError, match="never changed"):
        run(statement)


def test_nor_is_all_of_it_emptied(as_owner):
    with pytest.raises(ProgrammingError, match="never changed"):
        run("TRUNCATE hotline_orderentry")


def test_even_the_owner_lets_no_order_skip_a_state_and_without_the_guards_can(as_owner):
    settled(make_world())
    skip = "UPDATE hotline_workorder SET state = 'closed', closed_at = now()"
    with pytest.raises(IntegrityError, match="does not go from handled to closed"):
        run(skip)
    run("SET LOCAL session_replication_role = replica")
    assert run(skip) == 1
    assert run(CHANGES[0]) >= 1
