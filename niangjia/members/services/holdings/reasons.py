"""Why some columns are not in an export, in words for whose data it is."""

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Text

DIGEST = _("a keyed digest, worthless outside this node")
INTERNAL = _("an internal number that says nothing about you")
PROTECTING = _("a secret that protects your account")
EMPTY = _("empty while you are here")
OFFICERS = _("whose account acted is the union's affair")
PARTICULARS = _("internal particulars without personal data")
THEIRS = _("whose data it was is theirs")
SHORT_LIVED = _("deleted within a day")
UNUSED = _("never used here")
TOLD = _("what you were just told; gone in a day")
SEAL = _("the audit chain's own seal")
CHAIN = dict.fromkeys(("lane", "number", "key", "mac"), SEAL)


def internal(*columns: str) -> dict[str, Text]:
    """Columns that say nothing to whom they are about."""
    return dict.fromkeys(columns, INTERNAL)
