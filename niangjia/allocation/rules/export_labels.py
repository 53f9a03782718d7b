"""What exported columns are called in words."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "pool_name": _("What it was of"),
    "parts": _("How many"),
    "place": _("Place"),
    "state": _("Where it stands"),
    "changed_at": _("Since"),
    "used_at": _("Used at"),
    "gate_title": _("What it was"),
    "pseudonym": _("Name of my line"),
    "nonce": _("My private code"),
    "rank": _("Place in the order drawn"),
    "has_won": _("Won"),
}
