"""What this room's notices say."""

from django.utils.translation import gettext_lazy as _

from niangjia.members.rules import export_labels, notices
from niangjia.members.rules.notices import Wording

WORDINGS = {
    "feedback.invited": Wording(
        _("How was it? {item}"),
        _("{union} has finished. Tell us in half a minute whether it was good, by {closes_at}."),
    ),
    "feedback.ordered": Wording(
        _("We take your rating seriously"),
        _("{union} looks into it and puts it right by {due_at}. You will be told what was done."),
    ),
    "feedback.told": Wording(
        _("{union} has answered your rating"),
        _("Read what was found and what was done. The union above now checks it."),
    ),
    "feedback.rate_again": Wording(
        _("Is it better now? {item}"),
        _("{union} says that it is put right. You have the last word, until {closes_at}."),
    ),
    "feedback.escalated": Wording(
        _("{to_union} now looks into your rating"),
        _("{from_union} was not done in time. We are sorry. The new day is {due_at}."),
    ),
    "feedback.reopened": Wording(
        _("{union} now looks into it"),
        _("You were not content with what was done. The union above puts it right by {due_at}."),
    ),
    "desk.order_opened": Wording(
        _("A bad rating must be put right"),
        _("Order {number}: verify, put right, tell the person, by {due_at}."),
    ),
    "desk.order_reminder": Wording(
        _("Order {number} is due tomorrow"),
        _("It must be done by {due_at}; then it goes to the union above."),
    ),
    "desk.order_escalated": Wording(
        _("Order {number} was not done in time"),
        _("{to_union} takes over from {from_union}, until {due_at}."),
    ),
    "desk.call_passed_on": Wording(
        _("Somebody still waits for a call: {item}"),
        _("{from_union} did not call in time. Please call by {due_at}."),
    ),
    "desk.signal_found": Wording(
        _("Ratings of {union} look odd"),
        _("Something unusual on {day}. Please look at it and decide what it was."),
    ),
    "desk.order_to_review": Wording(
        _("Order {number} waits for your review"),
        _("{union} says that it is put right. Please check it by {due_at}."),
    ),
    "desk.order_sent_back": Wording(
        _("Order {number} came back from review"),
        _("Something is still missing. Please see what, and put it right by {due_at}."),
    ),
}

LABELS = {
    "channel": _("How you rated"),
    "level": _("Your rating, 5 to 1"),
    "indicators": _("Particulars of your rating"),
    "words": _("What you wrote"),
    "is_named": _("The officer may see your name"),
    "may_be_shown": _("Your words may be published"),
    "rated_at": _("Rated at"),
    "item_name": _("Service"),
    "finished_at": _("Finished at"),
    "closes_at": _("Can be rated until"),
    "result": _("Result"),
    "stage": _("Where it stands"),
    "outcome": _("How it ended"),
    "opened_at": _("Opened at"),
    "closed_at": _("Closed at"),
    "done_at": _("Done at"),
    "tries": _("Calls made"),
    "finding": _("What was found"),
    "text": _("Answer in public"),
    "published_at": _("Published at"),
    "shown_words": _("Your words as published"),
}


def register_wordings() -> None:
    """Give the room below the words of our notices and of our part of an export."""
    notices.register(WORDINGS)
    export_labels.register(LABELS)
