"""Whether a node is well: for load balancers, supervisors and whoever is on call."""

from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection


@dataclass(frozen=True)
class Health:
    """`worker_seconds`: since the last sign of life of any worker; None when there is none."""

    database: bool
    worker_seconds: float | None = None
    dead_letters: int = 0

    @property
    def has_worker(self) -> bool:
        limit = settings.PROCRASTINATE_WORKER_DEFAULTS["stalled_worker_timeout"]
        return self.worker_seconds is not None and self.worker_seconds < limit

    @property
    def is_well(self) -> bool:
        return self.database and self.has_worker

    def as_json(self) -> dict[str, object]:
        """What `/healthz` answers."""
        return {
            "status": "ok" if self.is_well else "failing",
            "database": "ok" if self.database else "unreachable",
            "worker": "ok" if self.has_worker else "silent",
            "dead_letters": self.dead_letters,
        }


def check() -> Health:
    """Ask the database, in one query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT (SELECT extract(epoch FROM now() - max(last_heartbeat))"
                " FROM procrastinate_workers),"
                " (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed')"
            )
            seconds, failed = cursor.fetchone()
    except DatabaseError:
        return Health(database=False)
    return Health(
        database=True,
        worker_seconds=None if seconds is None else float(seconds),
        dead_letters=failed,
    )
