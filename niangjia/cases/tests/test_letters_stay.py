"""A letter that went out is never changed, not by whoever owns the tables."""

import pytest
from django.db import ProgrammingError, connection, transaction

from niangjia.cases.tests.letters import MONDAY, make_supervision
from niangjia.cases.tests.test_letters import CHANGES


def served():
    matter = make_supervision()
    matter.serve(matter.write("reminder"), MONDAY.date(), MONDAY)


@pytest.mark.parametrize("change", CHANGES)
def test_even_the_owner_of_the_tables_is_refused(as_owner, change):
    served()
    with (
        pytest.raises(ProgrammingError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_control_without_the_trigger_the_owner_can(as_owner):
    served()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(CHANGES[0])
        assert cursor.rowcount == 1
