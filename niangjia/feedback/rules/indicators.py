"""What is asked beside the level: the indicators of 好差评, for services done online or not."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Invalid
from niangjia.feedback.models import Channel, Level

ONLINE: dict[str, Promise] = {
    "efficiency": _("How quickly it was done"),
    "guide_accuracy": _("Whether the guide was right"),
    "convenience": _("How convenient it was"),
    "usability": _("How easy the site was to use"),
}
OFFLINE: dict[str, Promise] = {
    "service_speed": _("How quickly it was done"),
    "service_skill": _("How well they knew their work"),
    "attitude": _("How you were treated"),
}
LABELS = ONLINE | OFFLINE
#: At a counter and on the phone one has met people; elsewhere, pages.
MET = frozenset({Channel.COUNTER, Channel.CALL_BACK})


def asked(channel: Channel | str) -> dict[str, Promise]:
    """The indicators asked of whoever rates through `channel`, with their labels."""
    return OFFLINE if channel in MET else ONLINE


def checked(given: Mapping[str, int], channel: Channel | str) -> dict[str, int]:
    """`given` if each is an indicator of `channel` at one of the five levels. Raises `Invalid`."""
    wanted = asked(channel)
    for name, level in given.items():
        if name not in wanted or level not in Level.values:
            problem = _("Choose one of the five, or leave it open.")
            raise Invalid(problem, code="bad-indicator", fields={name: problem})
    return dict(given)
