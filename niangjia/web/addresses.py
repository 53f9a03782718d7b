"""Which view an address leads to, found without looking through all of them.

Django asks one pattern after the other, and of a site with two thousand it keeps a list of all that
did not fit, on every request. Here only those are asked that begin as the address does.
"""

from collections.abc import Iterable

from django.urls import ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern
from django.utils.functional import cached_property

Entry = URLPattern | URLResolver


def shelved(entries: Iterable[Entry]) -> list[Entry]:
    """The same addresses in the same order, found faster. Resolvers of Django's own below them are
    replaced; patterns stay what they are."""
    return [
        Shelves(
            entry.pattern,
            entry.urlconf_name,
            entry.default_kwargs,
            entry.app_name,
            entry.namespace,
        )
        if type(entry) is URLResolver
        else entry
        for entry in entries
    ]


class Shelves(URLResolver):
    """Answers as Django's resolver does: the first pattern that fits. `Resolver404` names only
    those it has asked."""

    def resolve(self, path: str) -> ResolverMatch:
        path = str(path)
        match = self.pattern.match(path)
        return self.shelf_for(match[0] if match else "").resolve(path)

    def shelf_for(self, rest: str) -> URLResolver:
        """The patterns that `rest` may fit, and few others."""
        if rest in self.shelves:
            return self.shelves[rest]
        shelf, end = self.shelves[""], rest.find("/") + 1
        while end and (deeper := self.shelves.get(rest[:end])):
            shelf, end = deeper, rest.find("/", end) + 1
        return shelf

    @cached_property
    def shelves(self) -> dict[str, URLResolver]:
        """How an address begins, in whole steps → what begins so or less far. With each beginning
        all shorter ones are there."""
        entries = [(beginning(entry), entry) for entry in shelved(self.url_patterns)]
        begun = {said[:end] for said, _entry in entries for end in ends(said)}
        return {
            each: URLResolver(
                self.pattern,
                [entry for said, entry in entries if each.startswith(said)],
                self.default_kwargs,
                self.app_name,
                self.namespace,
            )
            for each in begun
        }


def beginning(entry: Entry) -> str:
    """What every address of this entry begins with: whole steps, or all of it."""
    if not isinstance(entry.pattern, RoutePattern):
        return ""
    route = str(entry.pattern)
    fixed, parameter, _rest = route.partition("<")
    if isinstance(entry, URLPattern) and not parameter:
        return route
    return fixed[: fixed.rfind("/") + 1]


def ends(said: str) -> set[int]:
    """Where a beginning may be cut: before it, after each step, and after all of it."""
    return {0, len(said), *(at + 1 for at, letter in enumerate(said) if letter == "/")}
