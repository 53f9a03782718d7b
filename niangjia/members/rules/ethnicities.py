"""The 56 ethnic groups with their numeric codes and romanised names (GB/T 3304)."""

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "texts" / "ethnicities.csv"


@cache
def rows() -> tuple[tuple[str, str, str], ...]:
    """Code, Chinese name, romanised name, in the standard's order."""
    with FILE.open(encoding="utf-8", newline="") as opened:
        return tuple(
            (row["code"], row["chinese"], row["english"]) for row in csv.DictReader(opened)
        )


def choices(language: str) -> list[tuple[str, str]]:
    """Code and name in `language` ("en", or anything else for Chinese), for a form."""
    return [(code, english if language == "en" else chinese) for code, chinese, english in rows()]


def name_of(code: str, language: str) -> str:
    """The name of one code, or "" for a code that does not exist."""
    return dict(choices(language)).get(code, "")
