"""What columns of this room are called in an export."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "channel": _("How you reached us"),
    "rang_at": _("Called at"),
    "answered_at": _("Answered at"),
    "ending": _("How the call ended"),
    "topic_id": _("About"),
    "grade": _("How hard it is"),
    "began_at": _("Began at"),
    "edited_at": _("Edited at"),
    "note": _("What was said"),
    "title": _("Title"),
    "pressed": _("The key you pressed to rate it"),
}
