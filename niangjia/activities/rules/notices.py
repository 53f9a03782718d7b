"""What people are told about activities, and what columns are called in an export."""

from django.utils.translation import gettext_lazy as _

from niangjia.members.rules.notices import Wording

WORDINGS = {
    "activity.granted": Wording(
        _("You have a seat: {name}"), _("It begins on {when}. Your ticket is ready.")
    ),
    "activity.held": Wording(
        _("A seat is held for you: {name}"),
        _("It begins on {when}. Confirm by {until} that you come; after that it goes to the next."),
    ),
    "activity.waiting": Wording(
        _("You are on the waiting list: {name}"),
        _("No seat for you this time. When one comes free, it is offered in order."),
    ),
    "activity.waiting-again": Wording(
        _("You are on the waiting list again: {name}"),
        _("It was put off to {when}, so seats can come free again: they are offered in order."),
    ),
    "activity.offered": Wording(
        _("A seat came free for you: {name}"),
        _("Confirm it before {until}; after that it goes to the next in line."),
    ),
    "activity.lost": Wording(
        _("No seat this time: {name}"), _("All seats are given. See what else is on near you.")
    ),
    "activity.undecided": Wording(
        _("Nobody decided in time: {name}"), _("It is over now. You can call {union} and ask.")
    ),
    "activity.to-decide": Wording(
        _("People ask for a seat: {name}"),
        _("{count} wait for your answer. It begins on {when}. Give seats, or say why not."),
    ),
    "activity.expired": Wording(
        _("The seat has gone on: {name}"), _("It was not confirmed in time.")
    ),
    "activity.refused": Wording(_("You cannot take part: {name}"), _("{union} says: {reason}")),
    "activity.cancelled": Wording(
        _("Called off: {name} on {when}"), _("{union} says: {reason} You need not do anything.")
    ),
    "activity.session-cancelled": Wording(
        _("The date on {when} is called off: {name}"),
        _("{union} says: {reason} The other dates stay."),
    ),
    "activity.moved": Wording(
        _("Changed: {name}"),
        _("New time: {when}, {place}. If that does not suit you, give your seat back."),
    ),
    "activity.several-moved": Wording(
        _("{count} dates changed: {name}"),
        _("Your ticket has them all. If they do not suit you, give your seat back."),
    ),
    "activity.session-added": Wording(
        _("One more date: {name}"), _("{when}, {place}. Your seat counts for it as well.")
    ),
    "activity.session-added-online": Wording(
        _("One more date: {name}"), _("{when}, online. Your seat counts for it as well.")
    ),
    "activity.run-added": Wording(
        _("Another date to sign up for: {name}"),
        _("{when}, {place}. You keep your place in line; look whether this one suits you."),
    ),
    "activity.run-added-online": Wording(
        _("Another date to sign up for: {name}"),
        _("{when}, online. You keep your place in line; look whether this one suits you."),
    ),
    "activity.reminder": Wording(
        _("Coming up: {name}"), _("{when}, {place}. If you cannot come, let somebody else go.")
    ),
    "activity.moved-online": Wording(
        _("Changed: {name}"),
        _("New time: {when}, online. If that does not suit you, give your seat back."),
    ),
    "activity.reminder-online": Wording(
        _("Coming up: {name}"), _("{when}, online: the link is on your ticket.")
    ),
    "co-organiser.invited": Wording(
        _("Put it on together? {name}"), _("{union} asks your union. It begins on {when}.")
    ),
    "co-organiser.accepted": Wording(
        _("{union} takes part: {name}"), _("It stands on the page as a co-organiser now.")
    ),
    "co-organiser.declined": Wording(
        _("{union} does not take part: {name}"), _("They say: {reason}")
    ),
    "co-organiser.left": Wording(_("No longer together: {name}"), _("{union} says: {reason}")),
    "co-organiser.cancelled": Wording(
        _("Called off: {name} on {when}"), _("{union} says: {reason}")
    ),
    "matching.settled": Wording(
        _("It is put together: {name}"), _("Look whether somebody whom you named named you too.")
    ),
    "matching.reported": Wording(
        _("Somebody was reported: {name}"), _("Please look at it soon and decide.")
    ),
    "matching.looked-at": Wording(
        _("Looked at: what you reported of {name}"),
        _("{union} has looked at it and done what was needed. Thank you for telling."),
    ),
    "team.joined": Wording(_("One more in your team: {name}"), _("{team} has {count} people now.")),
    "team.left": Wording(
        _("Somebody has left your team: {name}"),
        _("{team} has {count} people now. You can invite somebody else until it begins."),
    ),
    "team.removed": Wording(
        _("You are no longer in the team: {name}"),
        _("The captain of {team} has taken you out. Ask them if that is a mistake."),
    ),
    "team.captain": Wording(
        _("You are the captain now: {name}"),
        _("{team} was handed over to you. You invite people and show its code at the door."),
    ),
    "team.short": Wording(
        _("Your team is too small: {name}"),
        _("{team} has {count} of at least {least} people. Complete it by {until}."),
    ),
    "team.dropped": Wording(
        _("Your team does not take part: {name}"),
        _("{team} had {count} of at least {least} people. Its place goes to the next in line."),
    ),
    "team.ended": Wording(
        _("Your team has given its place back: {name}"),
        _("The captain of {team} has given it back for all of you. You need not do anything."),
    ),
    "activity.certificate": Wording(
        _("Your certificate is ready: {name}"), _("{union} has issued it. It is among your papers.")
    ),
    "activity.certificate-revoked": Wording(
        _("Your certificate was revoked: {name}"), _("{union} says: {reason}")
    ),
    "photo.asked": Wording(
        _("Somebody asks to take a photo down: {name}"), _("It is hidden. Please decide soon.")
    ),
    "photo.gone": Wording(_("The photo is deleted: {name}"), _("{union} has deleted it for good.")),
    "photo.stays": Wording(
        _("The photo is shown again: {name}"),
        _("{union} has looked at it and shows it. If you do not agree, please call them."),
    ),
    "activity.message": Wording(_("About {name}"), _("{union} says: {words}")),
}

LABELS = {
    "team_name": _("Team"),
    "size": _("So many may be in it"),
    "due_at": _("Whole by"),
    "settled_at": _("Found whole, or too small, at"),
    "is_dropped": _("Too small when it counted"),
    "is_captain": _("Captain of the team"),
    "times": _("Times"),
    "times_of": _("Of so many times"),
    "minutes": _("Minutes"),
    "made_at": _("Signed up at"),
    "answers": _("What you told us"),
    "declared_at": _("Health declared at"),
    "paid_fen": _("Paid, in fen"),
    "paid_at": _("Paid at"),
    "people": _("People"),
    "way": _("How"),
    "photos_at": _("Agreed to photos at"),
    "is_upheld": _("Taken down for good"),
    "number": _("Number"),
    "code": _("Code to check it by"),
    "is_made_up": _("Made up for a demonstration"),
    "revoke_reason": _("Why it was revoked"),
    "contact": _("How you can be reached"),
    "single_at": _("Said to be single at"),
    "agreed_at": _("Agreed at"),
    "left_at": _("Left at"),
    "excluded_at": _("Excluded at"),
    "activity_name": _("Activity"),
}
