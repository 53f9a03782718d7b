"""Lists as the search of a map vendor answers them: JSON with a list of places, made a table."""

from typing import Any

from django.utils.translation import gettext as _

from niangjia.core import strict_json
from niangjia.core.files.headed import refused
from niangjia.core.files.tables import plain

#: Where AMap, Tencent and Baidu put the places, and where some do who gather several answers.
HOLDERS = ("pois", "data", "results", "result", "items")
DEEPEST = 3


def is_json(head: bytes) -> bool:
    """Whether a file begins like JSON."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}


def table_of(content: bytes) -> list[list[str]]:
    """The places of an answer as a table: headings first, what lies deeper as "location.lat".
    Raises `Invalid` on `file` for JSON that holds none."""
    try:
        told = strict_json.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        raise unread() from error
    for name in HOLDERS:
        if isinstance(told, dict) and isinstance(told.get(name), list | dict):
            told = told[name]
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        raise unread()
    places = [flat(each) for each in told]
    headings = list(dict.fromkeys(key for each in places for key in each))
    return [headings, *([each.get(key, "") for key in headings] for each in places)]


def unread() -> Exception:
    return refused(_("There are no places in this file as AMap, Tencent or Baidu give them."))


def flat(told: dict[str, Any], above: str = "", depth: int = 0) -> dict[str, str]:
    """One place as texts. Empty lists, which AMap writes for nothing, are nothing."""
    found: dict[str, str] = {}
    for key, value in told.items():
        name = f"{above}{key}"
        if isinstance(value, dict):
            if depth < DEEPEST:
                found |= flat(value, f"{name}.", depth + 1)
        elif isinstance(value, list):
            texts = [plain(each) for each in value if isinstance(each, str | int | float)]
            found[name] = ";".join(texts)
        elif value is not None:
            found[name] = plain(value)
    return found
