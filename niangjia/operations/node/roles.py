"""The two accounts of the database: the owner, and the app, which owns nothing (promise 2, ADR 60).

The owner makes tables, backs up and restores. Everything that serves people or works off jobs is
the app: no superuser, no exemption from row-level security, no right to change a table.
"""

import base64
import hashlib
import hmac

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

ATTRIBUTES = sql.SQL(
    "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION NOINHERIT"
)
ROLE = """
SELECT rolcanlogin AND NOT (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb
       OR rolreplication OR rolinherit)
FROM pg_roles WHERE rolname = %s
"""
#: Why row-level security would not hold for whoever asks; NULL when it does.
UNBOUND = """
SELECT string_agg(why, ', ') FROM (
    SELECT 'it is a superuser' AS why FROM pg_roles WHERE rolname = session_user AND rolsuper
    UNION ALL
    SELECT 'it bypasses row-level security' FROM pg_roles
    WHERE rolname = session_user AND rolbypassrls
    UNION ALL
    SELECT 'it owns ' || count(*) || ' tables, or may act as their owner' FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND pg_has_role(session_user, relowner, 'MEMBER')
    HAVING count(*) > 0
) AS reasons
"""
#: What Django and procrastinate do with tables at run time. TRUNCATE is not among it; nor are
#: temporary tables, whose names stand before all others and would deceive functions that policies
#: call.
RIGHTS = """
REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC, {app};
GRANT USAGE ON SCHEMA public TO {app};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app};
"""
#: The keys by which the database knows the app, which it must not read; and the list of
#: migrations, which only the owner makes.
WITHHELD = {
    "core_scopekey": "REVOKE ALL ON core_scopekey FROM {app}",
    "django_migrations": "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {app}",
}
#: Two processes that make the account at once wait for each other at this advisory lock.
LOCK = 7_466_003


class WrongRole(Exception):
    """The node's accounts are not what they must be; the message says what to do."""


def app_of(owner_url: str) -> str:
    """The app's account, one for each database: `niangjia_app` for the database `niangjia`."""
    return f"{conninfo_to_dict(owner_url)['dbname']}_app"


def app_url(owner_url: str, app: str = "") -> str:
    """Where the app finds the owner's database; its account is made, or made right, first.

    Raises `WrongRole` when the owner may not do that.
    """
    app = app or app_of(owner_url)
    url = make_conninfo(owner_url, user=app, password=password_of(app))
    with psycopg.connect(owner_url, autocommit=True, connect_timeout=10) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            ensure(owner, app, url)
        except psycopg.errors.InsufficientPrivilege as error:
            raise WrongRole(
                f"The account of NIANGJIA_DATABASE_URL cannot make the account {app}. Give it "
                "CREATEROLE, or make both accounts yourself and name the owner's in "
                f"NIANGJIA_DATABASE_OWNER_URL. ({error.diag.message_primary})"
            ) from error
    return url


def ensure(owner: "psycopg.Connection[tuple[object, ...]]", app: str, url: str) -> None:
    """Make the app's account, or what was changed about it as it must be."""
    name = sql.Identifier(app)
    said = owner.execute(ROLE, [app]).fetchone()
    if said is None:
        owner.execute(sql.SQL("CREATE ROLE {} {}").format(name, ATTRIBUTES))
        # The tables may be older than the account.
        grant(owner, app)
    elif not said[0]:
        owner.execute(sql.SQL("ALTER ROLE {} {}").format(name, ATTRIBUTES))
    if said is None or not answers(url):
        # Only its digest travels: a server that logs statements does not log a password.
        digest = owner.pgconn.encrypt_password(
            password_of(app).encode(), app.encode(), b"scram-sha-256"
        )
        change = sql.SQL("ALTER ROLE {} PASSWORD {}")
        owner.execute(change.format(name, sql.Literal(digest.decode())))


def password_of(app: str) -> str:
    """The account's password: from the node's keys, so that every machine of a node knows it and
    no second secret has to be kept."""
    from niangjia.core.crypto import keys

    _number, key = keys.ring().current_key("database")
    return base64.urlsafe_b64encode(hmac.digest(key, app.encode(), hashlib.sha256)).decode()


def answers(url: str) -> bool:
    """Whether the server lets this account in."""
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.OperationalError:
        return False
    return True


def check(url: str) -> None:
    """Raise `WrongRole` when row-level security would not bind the account that serves."""
    with psycopg.connect(url, connect_timeout=10) as app:
        found = app.execute(UNBOUND).fetchone()
    if found != (None,):
        raise WrongRole(
            f"The account of NIANGJIA_DATABASE_URL must not serve: {found and found[0]}. Name an "
            "account without these rights there, and the owner's in NIANGJIA_DATABASE_OWNER_URL."
        )


def grant(owner: "psycopg.Connection[tuple[object, ...]]", app: str) -> None:
    """Give the app what it needs of every table that is there or will be, and nothing more."""
    name = sql.Identifier(app)
    with owner.transaction():
        database = sql.Identifier(owner.info.dbname)
        owner.execute(sql.SQL(RIGHTS).format(app=name, database=database))
        for table, change in WITHHELD.items():
            if owner.execute("SELECT to_regclass(%s)", [f"public.{table}"]).fetchone() != (None,):
                owner.execute(sql.SQL(change).format(app=name))
