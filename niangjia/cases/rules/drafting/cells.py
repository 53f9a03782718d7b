"""The values of a document that people write: what each is called, and where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text

KEY_HELP = _("Its name for good, in small letters: later cases are counted by it.")
UNITS = [("working", _("working days")), ("calendar", _("calendar days"))]
Path = tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """A value at `path` in a row. `kind` is words, long, key, name, line, value, code, number,
    flag, choice, several (of the choices), term, body (a text of many lines, in one language),
    names (one a line), lines (words of both languages, one pair a line) or options (a value and its
    words a line). A value that equals `default` is left out of the document."""

    name: str
    kind: str
    label: Text
    help: Text = ""
    required: bool = False
    choices: Sequence[tuple[str, str | Promise]] = ()
    default: Any = None
    most: int = 3650
    least: int = 0

    @property
    def path(self) -> Path:
        return tuple(self.name.split("."))

    @property
    def field(self) -> str:
        """The beginning of the names of its fields."""
        return self.name.replace(".", "__")


def get(row: Mapping[str, Any], path: Path) -> Any:
    """What stands at `path`, or None."""
    found: Any = row
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def put(row: dict[str, Any], path: Path, value: Any) -> None:
    """Write `value` at `path`; None takes away what stands there, and what is empty then."""
    if len(path) > 1:
        below = dict(row.get(path[0]) or {})
        put(below, path[1:], value)
        value = below or None
    if value is None:
        row.pop(path[0], None)
    else:
        row[path[0]] = value
