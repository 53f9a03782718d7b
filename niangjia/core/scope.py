"""Who may see what, as one SQL predicate built from the reaches of whoever asks."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q


@dataclass(frozen=True)
class Reach:
    """One union, or it and everything below it. `path` ends with the separator."""

    path: str
    subtree: bool

    def covers(self, path: str) -> bool:
        """Whether a union at `path` lies within this reach."""
        return path.startswith(self.path) if self.subtree else path == self.path


def subtree(path: str, *, field: str = "path") -> Q:
    """The rows at or below `path`: a range scan on a column with collation "C"."""
    return Q(**{f"{field}__gte": path, f"{field}__lt": after(path)})


def after(path: str) -> str:
    """The first string, in byte order, past everything that begins with `path`."""
    return path[:-1] + chr(ord(path[-1]) + 1)


def within(reaches: Iterable[Reach], *, field: str = "path") -> Q:
    """The rows any of `reaches` covers; with none, no row."""
    predicate = Q(pk__in=[])
    for reach in reaches:
        predicate |= subtree(reach.path, field=field) if reach.subtree else Q(**{field: reach.path})
    return predicate
