"""Who waits for whom when the trees change.

Whoever adds a union or folds figures holds the trees still together with others of their sort;
whoever moves a subtree has the trees to themselves. Without it a union founded below a subtree
while that subtree moves would keep the old path.
"""

from django.db import OperationalError, connection
from django.utils.translation import gettext_lazy as _
from psycopg.errors import LockNotAvailable

from niangjia.core.errors import Conflict

#: Advisory lock keys, in a space of our own: the room's initials in ASCII, then a number.
TREES = 0x4F52_4701
FOLDING = 0x4F52_4702
LONGEST_WAIT = "5s"


def hold_trees_still() -> None:
    """Until this transaction ends, no subtree moves."""
    _execute("SELECT pg_advisory_xact_lock_shared(%s)", TREES)


def take_trees() -> None:
    """Until this transaction ends, nobody else founds, moves or folds.

    Raises `Conflict` when somebody else keeps the trees for longer than a person waits.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LONGEST_WAIT])
    try:
        _execute("SELECT pg_advisory_xact_lock(%s)", TREES)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise Conflict(
                _("The tree is being changed by somebody else. Please try again in a moment."),
                code="tree-busy",
            ) from error
        raise


def try_folding() -> bool:
    """Whether this transaction may fold; at most one does at a time, the others need not."""
    return bool(_execute("SELECT pg_try_advisory_xact_lock(%s)", FOLDING))


def _execute(query: str, key: int) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query, [key])
        return cursor.fetchone()[0]
