"""The app's account cannot free itself: it owns nothing, and reads no key (promise 2)."""

import pytest
from django.db import ProgrammingError, connection, transaction

from niangjia.core.tests.protected import ANNA, READ, ask, seen, table
from tests.database import APP

__all__ = ["table"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("table")]


def test_the_tests_are_the_app():
    assert ask("SELECT session_user, current_user") == [(APP, APP)]
    [rights] = ask(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit "
        "FROM pg_roles WHERE rolname = current_user"
    )
    assert not any(rights)
    assert ask("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole") == [(0,)]
    assert ask("SELECT count(*) FROM pg_proc WHERE proowner = current_user::regrole") == [(0,)]
    assert ask("SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole") == [
        (0,)
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM core_scopekey",
        "INSERT INTO core_scopekey VALUES ('9', sha256(''), sha256(''))",
        "DELETE FROM core_scopekey",
        "SELECT core_scope_code('1', 'anything')",
        "SELECT core_scope_seal('1', 'account me 1')",
        "SET ROLE postgres",
        "SET SESSION AUTHORIZATION postgres",
        "SET session_replication_role = replica",
        f"ALTER ROLE {APP} BYPASSRLS",
        f"ALTER ROLE {APP} SUPERUSER",
        f"GRANT pg_read_all_data TO {APP}",
        "CREATE ROLE accomplice",
        "ALTER TABLE test_protected DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE test_protected NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE test_protected OWNER TO {APP}",
        "CREATE POLICY hole ON test_protected USING (true)",
        "DROP POLICY test_protected_read ON test_protected",
        "TRUNCATE test_protected",
        "CREATE TABLE public.own (a int)",
        "CREATE OR REPLACE FUNCTION core_viewer(wanted text) RETURNS text LANGUAGE sql RETURN ''",
        "CREATE OR REPLACE FUNCTION core_viewer_account() RETURNS uuid LANGUAGE sql RETURN null",
        "DELETE FROM django_migrations",
        "COPY test_protected TO '/dev/null'",
    ],
)
def test_it_may_not(statement):
    with pytest.raises(ProgrammingError) as refused, transaction.atomic():
        ask(statement)
    assert refused.value.__cause__.sqlstate == "42501", "insufficient privilege"


def test_switching_row_level_security_off_shows_an_error_instead_of_rows():
    ask("SET LOCAL row_security = off")
    with pytest.raises(ProgrammingError, match="would be affected by row-level security"):
        ask(READ)


def test_names_of_its_own_in_front_of_the_path_deceive_no_function():
    """A temporary table is the one thing the app may make."""
    ask("CREATE TEMP TABLE core_scopekey (number text, inner_pad bytea, outer_pad bytea)")
    ask("INSERT INTO pg_temp.core_scopekey VALUES ('7', sha256(''), sha256(''))")
    ask("SET LOCAL search_path = pg_temp, public")
    # What the seal would be if the functions took the table above for theirs.
    [(seal,)] = ask(
        "SELECT encode(sha256(outer_pad || sha256(inner_pad || convert_to(format("
        "'seal account %%s 7 %%s %%s %%s', %s::text, pg_backend_pid(), current_database(), "
        "extract(epoch FROM transaction_timestamp())), 'UTF8'))), 'hex') "
        "FROM pg_temp.core_scopekey",
        str(ANNA),
    )
    ask("SELECT set_config('niangjia.viewer', %s, true)", f"account {ANNA} 7 {seal}")
    assert seen() == []


def test_control_that_seal_under_a_true_key_is_believed(owner):
    info = connection.connection.info
    [(began,)] = ask("SELECT extract(epoch FROM transaction_timestamp())::text")
    [number, seal] = owner.execute(
        "SELECT number, encode(core_scope_code(number, concat_ws(' ', 'seal account', %s::text, "
        "number, %s::text, %s::text, %s::text)), 'hex') FROM core_scopekey LIMIT 1",
        [str(ANNA), str(info.backend_pid), info.dbname, began],
    ).fetchone()
    ask("SELECT set_config('niangjia.viewer', %s, true)", f"account {ANNA} {number} {seal}")
    assert seen() == ["by Anna"]
