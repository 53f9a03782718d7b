"""Routes of the places room."""

PUBLIC = {
    *(f"places:{name}" for name in ("find", "place", "report")),
    *(f"api-1:{name}" for name in ("list_places", "show_public_place", "report_found")),
}
SELF: set[str] = set()
OWN: dict[str, str] = {}
OFFICER: dict[str, tuple[str, str]] = {}
