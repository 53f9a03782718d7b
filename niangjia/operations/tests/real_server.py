"""A server as a database team would run it: passwords are asked for, and nobody is superuser."""

import psycopg
from psycopg.conninfo import make_conninfo

from niangjia.operations import postgres

#: As docs/running.md asks for it.
OWNER = "CREATE ROLE niangjia_owner LOGIN PASSWORD 'of the owner' CREATEDB CREATEROLE BYPASSRLS"
ACCESS = "local all postgres trust\nlocal all all scram-sha-256\n"


def start(data):
    """Start one whose files lie in `data`; the address of its database "union" for the owner."""
    postgres.start(data)
    with as_superuser(data) as superuser:
        superuser.execute(OWNER)
        superuser.execute('CREATE DATABASE "union" OWNER niangjia_owner')
        (data / "pg_hba.conf").write_text(ACCESS)
        superuser.execute("SELECT pg_reload_conf()")
    return address(data, "niangjia_owner", "of the owner")


def address(data, user, password):
    return make_conninfo(postgres.url(data, "union"), user=user, password=password)


def as_superuser(data, name="postgres"):
    """Whoever looks after the server."""
    return psycopg.connect(postgres.url(data, name), autocommit=True)
