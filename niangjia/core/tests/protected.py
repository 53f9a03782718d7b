"""A protected table for tests, as a room's migration would make one."""

import uuid

import pytest
from django.db import connection

from niangjia.core import protection
from tests.database import own_name, owners_connection

NAME = "test_protected"
ANNA, BORIS = (uuid.UUID(int=number) for number in (1, 2))
RECEIPT = b"\x01" * 32
SEES = """
    account_id = (SELECT core_viewer_account())
    OR receipt = (SELECT core_viewer_receipt())
    OR (SELECT core_viewer_work()) = 'test.sweep'
"""
MAKE = """
CREATE TABLE test_protected (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, account_id uuid, receipt bytea, words text
)
"""
FILL = """
INSERT INTO test_protected (account_id, receipt, words) VALUES
    (%s, NULL, 'by Anna'), (%s, NULL, 'by Boris'), (NULL, %s, 'by x')
"""
READ = "SELECT words FROM test_protected ORDER BY id"
ALL = ["by Anna", "by Boris", "by x"]


def make(owner):
    """Make it and fill it; `owner` is a connection of the owner's."""
    owner.execute("DROP TABLE IF EXISTS test_protected")
    owner.execute(MAKE)
    for operation in protection.enable(NAME, read=SEES, write=SEES):
        owner.execute(operation.sql)
    owner.execute(FILL, [ANNA, BORIS, RECEIPT])


@pytest.fixture(scope="module")
def table(django_db_setup):
    """The table, for the tests of a module that commit nothing."""
    with owners_connection(own_name()) as owner:
        make(owner)
        yield
        owner.execute("DROP TABLE test_protected")


def ask(question, *values):
    """What the app is answered: rows, or how many were written."""
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def seen():
    """The words of the rows that are shown."""
    return [words for (words,) in ask(READ)]


def setting():
    """What this transaction says of its viewer."""
    return ask("SELECT current_setting('niangjia.viewer', true)")[0][0] or ""


def set_to(value):
    """What anybody with the app's account may write there."""
    ask("SELECT set_config('niangjia.viewer', %s, true)", value)
