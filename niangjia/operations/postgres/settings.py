"""What the embedded server runs with."""

import hashlib
import os
import tempfile
from pathlib import Path

#: A socket's whole name must fit into 107 bytes (`sockaddr_un`).
SOCKET_NAME_BYTES = 107
SOCKET_NAME = ".s.PGSQL.5432"

SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    # Many small requests on few cores: neither compiling nor parallel plans pay, and parallel
    # plans need shared memory that small containers do not have.
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "wal_level": "logical",
    # Nine tenths of what pages that change for the first time cost goes into packing them, for
    # two thirds of the bytes: processors are what a node runs out of first.
    "wal_compression": "off",
    # A page that changes for the first time after a checkpoint is logged whole. When tens of
    # thousands of terms end together, checkpoints after each gigabyte would log the same again.
    "max_wal_size": "8GB",
    "checkpoint_timeout": "15min",
    "idle_in_transaction_session_timeout": "5min",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Promise 33: statements and details of errors carry personal data, so the log has neither.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_line_prefix": "%m [%p] ",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
}
#: What the server may hold in memory at least and at most, in MB.
LEAST_BUFFERS = 256
MOST_BUFFERS = 8192
CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def configuration(data: Path, *, durable: bool) -> str:
    """The text of `postgresql.conf`."""
    # The value is itself a list, in which a quoted name may hold commas and spaces.
    folder = str(socket_folder(data)).replace('"', '""')
    settings = SETTINGS | memory(machine_memory()) | (DURABLE if durable else FAST)
    settings["unix_socket_directories"] = f'"{folder}"'
    lines = [f"{name} = {quoted(value)}" for name, value in settings.items()]
    return "\n".join(["# Written by niangjia at every start.", *lines, ""])


def machine_memory() -> int:
    """What there is for all of us in MB: the machine's, or what the container may have of it."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = CONTAINER_LIMIT.read_text().strip() if CONTAINER_LIMIT.exists() else "max"
    return (machine if limit == "max" else min(machine, int(limit))) >> 20


def memory(megabytes: int) -> dict[str, str]:
    """An eighth for pages that the server keeps itself, and what it may hope to find kept by the
    system. Web processes share the machine, so this is less than a server alone would take."""
    buffers = min(max(megabytes // 8, LEAST_BUFFERS), MOST_BUFFERS)
    return {
        "shared_buffers": f"{buffers}MB",
        "effective_cache_size": f"{max(megabytes // 2, 4 * buffers)}MB",
    }


def quoted(value: str) -> str:
    """A string as `postgresql.conf` reads it."""
    escaped = value.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def socket_folder(data: Path) -> Path:
    """Where the server's socket lies: beside its files, or in a short place when that path is too
    long or holds a comma, which libpq takes for the end of one host of several. Nobody but the
    server's account and root gets in."""
    longest = os.fsencode(data / f"{SOCKET_NAME}.lock")
    if len(longest) <= SOCKET_NAME_BYTES and b"," not in longest:
        return data
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"niangjia-{name}"
