"""Numbers that call again and again: marked, never shut out.

Somebody in danger may call from a number that was abused before. A marked number is shown as such,
behind all others that wait, and an abusive call is ended with one key; it still rings.
Silence is not abuse: whoever cannot speak may have a reason, and is called back.
"""

import datetime as dt

#: So many silent calls from one number within `SILENT_SPAN`, and somebody calls back.
SILENT_CALLS = 3
SILENT_SPAN = dt.timedelta(days=1)
#: By when a caller who hung up while waiting, or was silent again and again, is called back (ours).
CALL_BACK_WITHIN = dt.timedelta(hours=2)


def is_marked(abusive: int, limit: int) -> bool:
    """Whether a number that was abusive so often within the line's span is marked."""
    return abusive >= limit


def calls_for_help(silent: int) -> bool:
    """Whether a number that was silent so often within `SILENT_SPAN` is called back."""
    return silent >= SILENT_CALLS
