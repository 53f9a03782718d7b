"""What stands on a timeline stays."""

import pytest
from django.db import ProgrammingError, connection, transaction

from niangjia.cases.models import CaseEntry, EntryKind
from niangjia.cases.tests.factories import AID, make_case, publish
from niangjia.core import protection
from niangjia.members.tests.factories.joining import MONDAY, make_chain

CHANGES = ("UPDATE cases_caseentry SET kind = 'note'", "DELETE FROM cases_caseentry")


@pytest.fixture
def chain():
    made = make_chain()
    publish(AID)
    return made


def kinds(case):
    with protection.working("test"):
        return list(CaseEntry.objects.filter(case=case).values_list("kind", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("statement", CHANGES)
def test_the_app_finds_no_entry_to_change(chain, statement):
    case = make_case(union=chain[3], now=MONDAY)
    with protection.working("test"), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 0
    assert kinds(case) == [EntryKind.OPENED]


@pytest.mark.parametrize("statement", CHANGES)
def test_even_the_owner_of_the_tables_is_refused(as_owner, chain, statement):
    case = make_case(union=chain[3], now=MONDAY)
    with (
        pytest.raises(ProgrammingError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert kinds(case) == [EntryKind.OPENED]


def test_nor_is_all_of_it_emptied(as_owner):
    with (
        pytest.raises(ProgrammingError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE cases_caseentry CASCADE")


def test_control_without_the_trigger_the_owner_can(as_owner, chain):
    make_case(union=chain[3], now=MONDAY)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(CHANGES[0])
        assert cursor.rowcount == 1
