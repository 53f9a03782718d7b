"""Protecting a table, and finding those that are."""

from django.db import connection
from django.db.migrations import RunSQL

PROTECTED = """
SELECT relname FROM pg_class
WHERE relrowsecurity AND relforcerowsecurity AND relnamespace = 'public'::regnamespace
ORDER BY relname
"""


def enable(
    table: str,
    *,
    read: str,
    write: str,
    insert: str | None = None,
    update: str | None = None,
    delete: str | None = None,
) -> list[RunSQL]:
    """Operations of a migration that protect `table`: nobody but its policies decides, not even
    for the table's owner.

    `read` and `write` are SQL conditions over a row; `insert`, `update` and `delete` take the place
    of `write` ("false" for what is never done). Write a call as `(SELECT core_viewer_account())`:
    PostgreSQL then asks once a statement instead of once a row. What is inserted or updated must
    satisfy `read` as well, because Django asks for the row back.
    """
    insert, update, delete = (write if each is None else each for each in (insert, update, delete))
    do = f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY {table}_read ON {table} FOR SELECT USING ({read});
        CREATE POLICY {table}_insert ON {table} FOR INSERT WITH CHECK ({insert});
        CREATE POLICY {table}_update ON {table} FOR UPDATE USING ({update}) WITH CHECK ({update});
        CREATE POLICY {table}_delete ON {table} FOR DELETE USING ({delete});
    """
    undo = f"""
        DROP POLICY {table}_read ON {table};
        DROP POLICY {table}_insert ON {table};
        DROP POLICY {table}_update ON {table};
        DROP POLICY {table}_delete ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
    """
    return [RunSQL(do, undo)]


def protected_tables() -> list[str]:
    """The tables whose rows the database shows to verified viewers only."""
    with connection.cursor() as cursor:
        cursor.execute(PROTECTED)
        return [name for (name,) in cursor.fetchall()]
