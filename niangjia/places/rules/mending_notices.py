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
    "place.fewer_stars": Wording(
        _("{name}: {stars} stars instead of {before}"),
        _("The page says why. If something is not so, you may object until {until_at}."),
    ),
    "place.stars_objected": Wording(
        _("{name}: somebody objects to fewer stars"),
        _("Please decide, with the reason. Until then the stars stay as they are."),
    ),
    "place.stars_stay": Wording(
        _("{name}: {before} stars, as before"), _("The union above agrees with the objection.")
    ),
    "place.stars_refused": Wording(
        _("{name}: {stars} stars from now on"),
        _("The union above has looked at the objection; the page says why it stays so."),
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
    "stars": _("Stars"),
    "made_at": _("Made at"),
    "answer": _("Answer to it"),
    "kind": _("What was done"),
}
