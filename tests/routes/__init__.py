"""Every route of the site and who may use it. A new route without a line here fails the tests."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.routes import activities, allocation, benefits, officers, people, places

__all__ = ["OFFICER", "OWN", "PUBLIC", "SELF", "routes", "unclassified"]

PUBLIC = people.PUBLIC | allocation.PUBLIC | activities.PUBLIC | benefits.PUBLIC | places.PUBLIC
SELF = people.SELF | allocation.SELF | activities.SELF | benefits.SELF | places.SELF
OWN = people.OWN | allocation.OWN | activities.OWN | benefits.OWN | places.OWN
OFFICER = (
    officers.OFFICER | allocation.OFFICER | activities.OFFICER | benefits.OFFICER | places.OFFICER
)


def routes(
    resolver: URLResolver | None = None, spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern]]:
    """Every route of the URLconf: its full name and its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from routes(entry, inner)
        else:
            yield ":".join((*spaces, entry.name or str(entry.pattern))), entry


def unclassified() -> set[str]:
    """The routes that stand in no table, or in more than one."""
    tables = (PUBLIC, SELF, set(OWN), set(OFFICER))
    return {name for name, _pattern in routes() if sum(name in table for table in tables) != 1}
