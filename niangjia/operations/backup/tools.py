"""PostgreSQL's own programs, told where the database is without showing its password."""

import hashlib
import os
import subprocess
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from niangjia.operations import postgres
from niangjia.operations.backup.manifest import Refused

BLOCK = 1 << 20


def run(name: str, url: str, *arguments: str) -> None:
    """Run pg_dump or pg_restore on the database `url`. Raises `Refused` with what it said."""
    parts = conninfo_to_dict(url)
    # A password among the arguments would stand in the machine's list of processes.
    password = str(parts.pop("password", "") or "")
    environment = {**os.environ, "PGPASSWORD": password} if password else dict(os.environ)
    done = subprocess.run(
        [postgres.program(name), *arguments, "--dbname", make_conninfo("", **parts)],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Refused(f"{name} failed: {done.stderr.strip()[-2000:]}")


def sha256(file: Path) -> str:
    """The digest of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while block := opened.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
