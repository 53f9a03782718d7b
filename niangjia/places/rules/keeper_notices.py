"""What keepers, and the officers who open places, are told."""

from django.utils.translation import gettext_lazy as _

from niangjia.members.rules.notices import Wording

WORDINGS = {
    "place.applied": Wording(
        _("{name} asks to open"),
        _("Have somebody look at it on site, then approve it or send it back."),
    ),
    "place.approved": Wording(
        _("{name} is approved"), _("Put it on the map from the day it opens.")
    ),
    "place.returned": Wording(_("{name} was sent back"), _("The union above says: {words}")),
    "place.tick": Wording(
        _("Is {name} open today?"), _("One tap says so. People look before they come.")
    ),
    "place.unticked": Wording(
        _("Nobody has said that {name} is open today"),
        _("Its keeper has been asked. Please call, or say on its page that it is shut."),
    ),
    "place.supply": Wording(
        _("{name}: see to {what} by {day}"),
        _("Have it checked or bring a new one. Once it has expired it is shown as missing."),
    ),
    "place.door_forced": Wording(
        _("The door of {name} was forced"),
        _("Its lock says so. Please go and look."),
    ),
    "place.plate_away": Wording(
        _("The plate of {name} may hang somewhere else"),
        _("Phones that scanned it were far away. Go and look: renew it, or say that it is there."),
    ),
}
#: What whoever asked for supplies is told; and the keepers of the place.
SUPPLIES = {
    "place.supply_asked": Wording(
        _("{name}: {what} is needed"),
        _("Say when it comes, or why not. Whoever asks for the same joins in."),
    ),
    "place.supply_on_way": Wording(
        _("{what} is on its way to {name}"),
        _("Its page says by when it should be there."),
    ),
    "place.supply_arrived": Wording(
        _("{what} has arrived at {name}"), _("Thank you for saying that it was missing.")
    ),
    "place.supply_raised": Wording(
        _("{what} at {name} is a case now: somebody sees to it"),
        _("You are told what comes of it."),
    ),
    "place.supply_declined": Wording(
        _("{what} is not brought to {name}"), _("Its union says: {reason}")
    ),
}
LABELS = {
    "what": _("What was needed"),
    "place_name": _("Name of the place"),
    "since_at": _("Kept since"),
    "known_as": _("What the union calls you"),
    "date": _("Day"),
    "ticked_at": _("Ticked at"),
    "to": _("What came of it"),
    "shown_at": _("Shown since"),
}
