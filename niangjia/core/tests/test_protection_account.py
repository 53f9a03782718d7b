"""The app's account cannot free itself: it owns nothing, and reads no key (promise 2)."""

import pytest
from django.db import ProgrammingError, transaction

from niangjia.core.tests.protected import ANNA, READ, ask, table
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
        "CREATE TEMP TABLE members_post (a int)",
        "CREATE SCHEMA own",
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


SHADOW = """
CREATE TEMP TABLE core_scopekey (number text, inner_pad bytea, outer_pad bytea);
INSERT INTO pg_temp.core_scopekey VALUES ('7', sha256(''), sha256(''));
GRANT SELECT ON pg_temp.core_scopekey TO PUBLIC;
SET LOCAL search_path = pg_temp, public
"""
SEAL = """
SELECT set_config('niangjia.viewer', concat_ws(' ', 'account', %(who)s::text, number, encode(
    sha256(outer_pad || sha256(inner_pad || convert_to(concat_ws(' ', 'seal account',
        %(who)s::text, number, pg_backend_pid(), current_database(),
        extract(epoch FROM transaction_timestamp())), 'UTF8'))), 'hex')), true)
FROM core_scopekey LIMIT 1
"""


def shown_under(owner, prepared):
    """What the app is shown with a seal made from the keys that a plain name leads to."""
    with owner.transaction(force_rollback=True):
        owner.execute(prepared)
        owner.execute(SEAL, {"who": str(ANNA)})
        owner.execute(f"SET LOCAL ROLE {APP}")
        return [words for (words,) in owner.execute(READ)]


def test_a_table_in_front_of_the_keys_deceives_nobody(owner):
    """Were the app able to make one: the functions keep to a path of their own."""
    assert shown_under(owner, SHADOW) == []


def test_control_that_seal_under_a_true_key_is_believed(owner):
    assert shown_under(owner, "SELECT") == ["by Anna"]
