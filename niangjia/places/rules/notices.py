"""What the keepers of a place are told."""

from django.utils.translation import gettext_lazy as _

from niangjia.members.rules.notices import Wording

WORDINGS = {
    "place.reported": Wording(
        _("{name}: somebody says {what}"),
        _("Have a look, and say on its page how it is: your word outweighs theirs."),
    ),
    "place.shut": Wording(
        _("{name} is shown as shut"),
        _("Three people say so. If it is open, say so on its page: that counts at once."),
    ),
    "place.contradicted": Wording(
        _("{name}: {number} people found it shut, its keeper says it is open"),
        _("All within a day, in its hours. Please call, or have somebody go and look."),
    ),
    "place.photo_sent": Wording(
        _("{name}: a photo waits for you"),
        _("Somebody sent it with their word. Nobody else sees it before you have looked."),
    ),
    "place.lacking": Wording(
        _("{name} is shown without {what}"),
        _("Three people say so. When it is there again, say on its page that it was open."),
    ),
}
