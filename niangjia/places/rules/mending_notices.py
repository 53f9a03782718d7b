"""What inspectors, whoever mends and whoever reviews are told."""

from django.utils.translation import gettext_lazy as _

from niangjia.members.rules.notices import Wording

WORDINGS = {
    "place.round": Wording(
        _("A round for you: {name}"), _("On {day}. Everything for it is on your phone.")
    ),
    "place.problem": Wording(
        _("{name}: something has to be mended"),
        _("“{what}” is not so. Please see to it by {due_at}, and say what was done."),
    ),
    "place.sent_back": Wording(
        _("{name}: not mended yet"),
        _("Somebody looked: “{what}” is still not so. Please see to it by {due_at}."),
    ),
    "place.more_time": Wording(_("{name}: more time to mend it"), _("“{what}”: now by {due_at}.")),
    "place.mended": Wording(
        _("{name}: mended, and looked at"), _("“{what}” is all right again. Thank you.")
    ),
    "place.to_review": Wording(
        _("{name}: said to be mended"),
        _("“{what}”: please look whether it is, and say so. Whoever mended it cannot."),
    ),
    "place.late": Wording(
        _("{name}: not mended in time"),
        _("“{what}” was to be mended by {due_at}. Please see that it is."),
    ),
}
LABELS = {
    "place_name": _("Name of the place"),
    "round_name": _("Name of the round"),
    "date": _("Day"),
    "done_at": _("Done at"),
    "found": _("How it was found"),
    "added_at": _("Added at"),
    "mended_at": _("Mended at"),
    "kind": _("What was done"),
}
