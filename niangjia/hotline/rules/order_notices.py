"""What officers are told about work orders. Numbers only: a notice lies in the clear."""

from django.utils.translation import gettext_lazy as _

from niangjia.members.rules.notices import Wording

WORDINGS = {
    "desk.order_urgent": Wording(
        _("Urgent on 12351: somebody is needed now"),
        _("Work order {order}: whoever is on call is being paged. Look at it at once."),
    ),
    "desk.order_settled": Wording(
        _("The result of a work order has come up"),
        _("Work order {order}, case {number}, is settled. The line calls back."),
    ),
    "desk.order_returned": Wording(
        _("A work order is back at the line"),
        _("Work order {order}, case {number}, has come back. Read why, and give it on."),
    ),
    "desk.order_kept": Wording(
        _("A work order you returned stays with you"),
        _("Work order {order}, case {number}: the line finds that it is yours. Read why."),
    ),
}

LABELS = {
    "asked_at": _("Asked at"),
    "sent_at": _("Sent at"),
    "acknowledged_at": _("Answered at"),
    "from_time": _("From"),
    "until_time": _("Until"),
    "added_at": _("Added at"),
}
