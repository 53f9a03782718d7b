"""Promise 2, over every protected table: without a viewer no row is shown and none is taken."""

import psycopg
import pytest
from psycopg import sql

from niangjia.core import protection
from niangjia.core.tests import protected
from tests.database import APP

pytestmark = pytest.mark.django_db

#: A primary key goes before what says that its columns are not null; an identity always is.
CONSTRAINTS = """
SELECT conname FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
WHERE conrelid = %s::regclass AND NOT (contype = 'n' AND attidentity <> '')
ORDER BY contype = 'n' LIMIT 1
"""
INDEXES = "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = %s::regclass"
COLUMNS = """
SELECT attname, format_type(atttypid, NULL), typcategory FROM pg_attribute
JOIN pg_type ON pg_type.oid = atttypid
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
  AND attgenerated = '' AND attidentity = ''
"""
#: Two values of each kind, so that a policy that lets some constant through is found.
BY_CATEGORY = {
    "B": ("false", "true"),
    "N": ("0", "1"),
    "S": ("", "x"),
    "D": ("epoch", "infinity"),
    "T": ("0", "1 day"),
    "I": ("::", "127.0.0.1"),
    "A": ("{}", "{NULL}"),
}
BY_TYPE = {
    "uuid": ("00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
    "bytea": ("", "\\x01"),
    "jsonb": ("{}", "[]"),
}


def bare(owner, table):
    """Take away whatever could refuse a made-up row, policies excepted; returns the columns."""
    name = sql.Identifier(table)
    owner.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER ALL").format(name))
    while found := owner.execute(CONSTRAINTS, [table]).fetchone():
        drop = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {} CASCADE")
        owner.execute(drop.format(name, sql.Identifier(found[0])))
    for (index,) in owner.execute(INDEXES, [table]).fetchall():
        owner.execute(f"DROP INDEX {index}")
    return owner.execute(COLUMNS, [table]).fetchall()


def made_up_rows(columns):
    """A row of nothing, and two of constants. In a table where only some rows are protected, and
    say so, those are meant."""
    yield [None] * len(columns)
    for which in (0, 1):
        yield [
            "true" if name == "is_protected" else constant(kind, category, which)
            for name, kind, category in columns
        ]


def constant(kind, category, which):
    """One of two values of a type."""
    values = BY_TYPE.get(kind, BY_CATEGORY.get(category))
    return values[which] if values else None


def insert_into(table, columns):
    return sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(sql.Identifier(name) for name, _kind, _category in columns),
        sql.SQL(", ").join(sql.SQL("%s") for _column in columns),
    )


def takes(connection, insert, row):
    """Whether the database takes a row; whatever is not its policies' refusal is an error."""
    try:
        with connection.transaction():
            connection.execute(insert, row)
    except psycopg.errors.InsufficientPrivilege as refused:
        if "row-level security" not in str(refused):
            raise
        return False
    return True


def open_doors(owner, table):
    """What the app can do with `table` without a viewer. Everything is taken back."""
    name = sql.Identifier(table)
    with owner.transaction(force_rollback=True):
        columns = bare(owner, table)
        insert, rows = insert_into(table, columns), list(made_up_rows(columns))
        for row in rows:
            owner.execute(insert, row)
        there = owner.execute(sql.SQL("SELECT count(*) FROM {}").format(name)).fetchone()[0]
        assert there >= len(rows), "the control: without a guard there are rows to see"
        owner.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(APP)))
        first = sql.Identifier(columns[0][0])
        done = {
            "shows": sql.SQL("SELECT FROM {}").format(name),
            "changes": sql.SQL("UPDATE {} SET {} = NULL").format(name, first),
            "deletes": sql.SQL("DELETE FROM {}").format(name),
        }
        doors = [what for what, statement in done.items() if owner.execute(statement).rowcount]
        return doors + ["takes" for row in rows if takes(owner, insert, row)]


@pytest.fixture
def tables(owner):
    """Every protected table, and one of this test's, so that there is always one."""
    protected.make(owner)
    yield protection.protected_tables()
    owner.execute(f"DROP TABLE {protected.NAME}")


def test_every_protected_table_is_shut_to_nobody_in_particular(owner, tables):
    assert protected.NAME in tables
    assert {table: open_doors(owner, table) for table in tables} == {table: [] for table in tables}


@pytest.mark.parametrize(
    ("policy", "doors"),
    [
        ({"read": "true", "write": "false"}, {"shows"}),
        ({"read": "true", "write": "true"}, {"shows", "changes", "deletes", "takes"}),
        ({"read": "words = 'x'", "write": "false"}, {"shows"}),
        ({"read": "account_id IS NULL", "write": "false", "insert": "true"}, {"shows", "takes"}),
    ],
)
def test_control_a_policy_with_a_hole_is_found(owner, tables, policy, doors):
    with owner.transaction(force_rollback=True):
        for operation in protection.enable(protected.NAME, **policy_for(owner, policy)):
            owner.execute(operation.sql)
        assert set(open_doors(owner, protected.NAME)) == doors


def policy_for(owner, policy):
    """Make room for another policy on the test's table."""
    for operation in protection.enable(protected.NAME, read="", write=""):
        owner.execute(operation.reverse_sql)
    return policy


def count_as(owner, role):
    """How many rows of the test's table an account sees."""
    owner.execute(f"SET LOCAL ROLE {role}")
    count = owner.execute("SELECT count(*) FROM test_protected").fetchone()[0]
    owner.execute("RESET ROLE")
    return count


def test_control_whom_row_level_security_does_not_bind_sees_everything(owner, tables):
    """So who connects matters: the table's own owner is bound by FORCE alone, and a superuser or
    whoever has BYPASSRLS by nothing."""
    with owner.transaction(force_rollback=True):
        owner.execute("CREATE ROLE test_keeper")
        owner.execute("GRANT CREATE, USAGE ON SCHEMA public TO test_keeper")
        owner.execute("ALTER TABLE test_protected OWNER TO test_keeper")
        assert count_as(owner, "test_keeper") == 0
        owner.execute("ALTER TABLE test_protected NO FORCE ROW LEVEL SECURITY")
        assert count_as(owner, "test_keeper") == 3
        owner.execute("CREATE ROLE test_passer BYPASSRLS")
        owner.execute("GRANT SELECT ON test_protected TO test_passer")
        assert count_as(owner, "test_passer") == 3
        assert count_as(owner, owner.info.user) == 3
