"""What somebody signed in with, in words they know, from how their browser names itself.

Browsers name each other's names besides their own, so the order decides. What is not known stands
as it is: somebody who reads their list of devices must be able to tell a stranger's.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("Android", gettext_lazy("Android phone")),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", gettext_lazy("Windows computer")),
    ("Macintosh", gettext_lazy("Mac")),
    ("Linux", gettext_lazy("Linux computer")),
)
BROWSERS = (
    ("MicroMessenger", gettext_lazy("WeChat")),
    ("DingTalk", gettext_lazy("DingTalk")),
    ("AlipayClient", gettext_lazy("Alipay")),
    ("QQBrowser", gettext_lazy("QQ Browser")),
    ("HuaweiBrowser", gettext_lazy("Huawei Browser")),
    ("MiuiBrowser", gettext_lazy("Mi Browser")),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
LONGEST = 60


def in_words(user_agent: str) -> str:
    """As "Android phone · WeChat"; the beginning of the name itself where neither is known."""
    told = [
        str(next((word for sign, word in known if sign in user_agent), ""))
        for known in (SYSTEMS, BROWSERS)
    ]
    return " · ".join(filter(None, told)) or user_agent[:LONGEST] or _("A device without a name")
