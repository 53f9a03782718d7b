"""Lock files: `requirements/<name>.in` says what we want, `<name>.txt` what exactly that is.

`python -m niangjia.operations.locks` resolves anew; with `--check` it only says whether the locks
still fit what they were resolved from. The index is whatever this machine's pip uses.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent.parent
REQUIREMENTS = ROOT / "requirements"
NAMES = ("tools", "base", "dev", "node")
#: pip's settings that uv does not read, and its own names for them.
INDEX_SETTINGS = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
}


def pip_settings(listing: str) -> dict[str, str]:
    """uv's environment from the answer of `pip config list`: lines as `global.index-url='…'`.

    A machine that keeps packages in a folder (find-links) keeps doing so.
    """
    environment = {}
    for line in listing.splitlines():
        name, _, value = line.partition("=")
        setting = INDEX_SETTINGS.get(name.rpartition(".")[2].lower().replace("_", "-"))
        if setting:
            parts = value.strip("'\"").replace("\\n", " ").split()
            environment[setting] = (
                ",".join(parts) if setting == "UV_FIND_LINKS" else " ".join(parts)
            )
    return environment


def resolve(name: str, target: Path) -> None:
    """Resolve `<name>.in` into `target`, keeping the versions that `target` already holds."""
    listing = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    )
    shown = f"uv pip compile --universal --python-version 3.11 --generate-hashes {name}.in"
    subprocess.run(
        [
            *(Path(sys.executable).parent / "uv", "pip", "compile", "--quiet", "--universal"),
            *("--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"),
            *("--index-strategy", "unsafe-best-match", "--custom-compile-command", shown),
            *(f"requirements/{name}.in", "--output-file", str(target)),
        ],
        cwd=ROOT,
        env={**pip_settings(listing.stdout), **os.environ},
        check=True,
    )


def pins(text: str) -> list[str]:
    """The `name==version ; marker` lines of a lock, without hashes and comments."""
    return [line.rstrip(" \\") for line in text.splitlines() if line[:1].isalnum()]


def stale_requirements() -> list[str]:
    """Which lock would come out differently. Raises `CalledProcessError` when nothing can be
    resolved here."""
    stale = []
    with TemporaryDirectory() as folder:
        for name in NAMES:
            there = (REQUIREMENTS / f"{name}.txt").read_text()
            again = Path(folder) / f"{name}.txt"
            again.write_text(there)
            resolve(name, again)
            if pins(again.read_text()) != pins(there):
                stale.append(f"requirements/{name}.txt")
    return stale


def stale_packages() -> list[str]:
    """Whether package-lock.json was made from this package.json; needs no network."""
    wanted = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"][""]
    agree = all(
        wanted.get(part, {}) == locked.get(part, {}) for part in ("dependencies", "devDependencies")
    )
    return [] if agree else ["package-lock.json"]


def main() -> None:
    """Lock, or with `--check` fail when a lock is stale."""
    if "--check" not in sys.argv:
        for name in NAMES:
            resolve(name, REQUIREMENTS / f"{name}.txt")
        return
    try:
        stale = [*stale_packages(), *stale_requirements()]
    except subprocess.CalledProcessError:
        sys.exit("Nothing can be resolved: is there a package index within reach?")
    if stale:
        sys.exit(f"Stale, run `make lock`: {', '.join(stale)}")
    print("Locks are fresh.")


if __name__ == "__main__":
    main()
