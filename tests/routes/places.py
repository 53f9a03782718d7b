"""Routes of the places room."""

PUBLIC = {*(f"places:{name}" for name in ("find", "place", "report"))}
SELF: set[str] = set()
OWN: dict[str, str] = {}
OFFICER: dict[str, tuple[str, str]] = {}
