"""Names of items that many subjects share.

An invitation's `item_name` may name the very thing that was rated ("the station at the river"); in
a union's scores all of them are one item, which needs a name of its own.
"""

from collections.abc import Mapping

from django.utils.translation import override

from niangjia.core.errors import Text

LANGUAGES = (("zh", "zh-hans"), ("en", "en"))
NAMES: dict[str, Text] = {}


def register(names: Mapping[str, Text]) -> None:
    """Name items by their key. Called when a room is ready; again changes nothing."""
    NAMES.update(names)


def name_of(key: str) -> dict[str, str] | None:
    """An item's name in both languages; None for one that takes its name from what was rated."""
    if key not in NAMES:
        return None
    both = {}
    for language, code in LANGUAGES:
        with override(code):
            both[language] = str(NAMES[key])
    return both
