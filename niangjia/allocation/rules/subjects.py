"""What pools are of: rooms above say where it is shown, and so the pages here lead back to it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

#: By the kind in a subject ("session:<id>"): the address of its page, from its id.
_pages: dict[str, Callable[[str], str]] = {}
PAGES: Mapping[str, Callable[[str], str]] = MappingProxyType(_pages)
#: The same for officers, by the kind of a pool's subject or of a gate's occasion.
_desks: dict[str, Callable[[str], str]] = {}


def register(kind: str, page: Callable[[str], str]) -> None:
    """Declare subjects of the calling room. Called from its AppConfig. What somebody has of them is
    given back there alone, because that room knows until when it may be."""
    _pages[kind] = page


def register_desk(kind: str, page: Callable[[str], str]) -> None:
    """Declare where officers run what a pool or a gate is of. Called from an AppConfig."""
    _desks[kind] = page


def desk_page_of(named: str) -> str:
    """Where officers run it; "" where no room has said."""
    kind, _, named_id = named.partition(":")
    page = _desks.get(kind)
    return page(named_id) if page else ""


def page_of(subject: str) -> str:
    """The address of what a pool is of; "" where no room has said."""
    kind, _, subject_id = subject.partition(":")
    page = PAGES.get(kind)
    return page(subject_id) if page else ""


def is_known(subject: str) -> bool:
    """Whether a room above has a page, and ways of its own, for this."""
    return subject.partition(":")[0] in PAGES
