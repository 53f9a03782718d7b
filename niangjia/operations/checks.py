"""What no linter of ours knows: `python -m niangjia.operations.checks` lists what is wrong."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from niangjia.operations import messages

ROOT = Path(__file__).parent.parent.parent
LONGEST_FILE = 400
ROOMS = {"core", "regions", "organisations", "members"}
#: Where packages come from is the machine's business, so no file may name an index; nor a folder
#: that exists on one machine only. The brackets keep this line from matching itself.
FOREIGN = re.compile(r"py[p]i\.org|pythonhos[t]ed|registry\.np[m]js|deb\.debia[n]\.org|/wor[k]/")


def tracked_texts() -> Iterator[tuple[str, str]]:
    """Path and text of every file under version control that is text."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        try:
            yield name, (ROOT / name).read_text()
        except (UnicodeDecodeError, FileNotFoundError):
            continue


def foreign_names(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Lines that name a package index or a folder of one machine."""
    return [
        f"{name}:{number}: names {found.group()}"
        for name, text in texts
        for number, line in enumerate(text.splitlines(), 1)
        if (found := FOREIGN.search(line))
    ]


def long_files(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Source files that ought to be a package split by use case."""
    return [
        f"{name}: {lines} lines, at most {LONGEST_FILE}"
        for name, text in texts
        if name.endswith((".py", ".html", ".js", ".css")) and "/migrations/" not in name
        if (lines := text.count("\n")) > LONGEST_FILE
    ]


def missing_migrations() -> list[str]:
    """Rooms whose models say something that no migration does. Asks no database."""
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState
    from django.utils import translation

    # Migrations hold the message ids, not what they read like in one language.
    with translation.override(None):
        loader = MigrationLoader(None)
        detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        changed = detector.changes(graph=loader.graph).keys() | loader.detect_conflicts().keys()
    return [f"{room}: models without their migration" for room in sorted(changed & ROOMS)]


def main() -> None:
    """Print every finding; fail when there is one."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "niangjia.settings")
    django.setup()
    texts = list(tracked_texts())
    findings = [
        *foreign_names(texts),
        *long_files(texts),
        *missing_migrations(),
        *(f"untranslated: {message}" for message in messages.missing()),
    ]
    if findings:
        sys.exit("\n".join(findings))
    print(f"{len(texts)} files checked.")


if __name__ == "__main__":
    main()
