"""What is asked beside the level (整体满意度): the indicators of 好差评, for services done online
(办事效率, 办事指南精确度, 办事便捷度, 平台操作性) or not (服务效率, 服务水平, 服务态度)."""

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


def asked(channel: Channel | str, *, is_online: bool = False) -> dict[str, Promise]:
    """The indicators asked of whoever rates through `channel`, with their labels. On the phone one
    can also be asked about a service that was done online; a key that is pressed says one thing."""
    if channel == Channel.KEYPAD:
        return {}
    return OFFLINE if channel in MET and not is_online else ONLINE


def checked(given: Mapping[str, int], channel: Channel | str) -> dict[str, int]:
    """`given` if each is an indicator of `channel` at one of the five levels; on the phone, of
    either way to be served. Raises `Invalid`."""
    wanted = LABELS if channel == Channel.CALL_BACK else asked(channel)
    for name, level in given.items():
        if name not in wanted or level not in Level.values:
            problem = _("Choose one of the five, or leave it open.")
            raise Invalid(problem, code="bad-indicator", fields={name: problem})
    return dict(given)
