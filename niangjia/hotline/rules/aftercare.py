"""The order in which a work order comes to its end, and who may take part in it."""

import secrets
import uuid
from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from niangjia.core.errors import Conflict, Invalid, Text
from niangjia.feedback.rules import invitations
from niangjia.hotline.models import CallBackResult, Line, OrderEntryKind, State, WorkOrder

#: What may follow what; nobody skips. Migration 0003 has the same in the database.
FOLLOWING: Mapping[str, frozenset[str]] = {
    State.OPEN: frozenset({State.HANDLED}),
    State.HANDLED: frozenset({State.CALLED_BACK, State.RECTIFYING}),
    State.RECTIFYING: frozenset({State.HANDLED, State.CALLED_BACK}),
    State.CALLED_BACK: frozenset({State.CLOSED, State.HANDLED, State.RECTIFYING}),
    State.CLOSED: frozenset(),
}
#: So many calls that reach nobody end the attempt, as in `feedback`.
CALLS = 3
#: What says that somebody should look, whatever the sample: nobody was spoken to.
UNSPOKEN = (CallBackResult.NOT_REACHED, CallBackResult.WRONG_NUMBER, CallBackResult.NOBODY)

#: The checklist of the quality check (质检), in the order in which one listens.
CHECKLIST: Mapping[str, Text] = {
    "class": _("The class, topic and grade are right"),
    "record": _("What the caller wanted is written down fully and rightly"),
    "unit": _("It went to the union that should do it"),
    "term": _("It was done in time, or the person was told why not"),
    "answer": _("The answer is right, and says on which rule it rests"),
    "manner": _("The person was spoken to with respect"),
    "secrecy": _("Nothing was given away of who called"),
}


#: From the day the matter is settled to its close: the states that say what the person said of it.
SETTLED = (State.HANDLED, State.RECTIFYING, State.CALLED_BACK)
#: What happened that says so too.
OF_THE_PERSON = (OrderEntryKind.CALLED, OrderEntryKind.RECTIFYING, OrderEntryKind.CALL_AGAIN)


class Standing(NamedTuple):
    """Where an order stands, as one is told it."""

    key: str
    label: Text


def standing(order: WorkOrder) -> Standing:
    """Where an order stands. Whoever had a hand in it knows who called: that the person was not
    content, or is being called, is not for them (好差评: the rated never learn who rated)."""
    if order.took_part and order.state in SETTLED:
        return Standing("settled", _("Settled; colleagues do the rest"))
    return Standing(order.state, State(order.state).label)


def check_follows(order: WorkOrder, to: State) -> None:
    """Raise `Conflict` when `to` does not follow the state an order is in."""
    if to not in FOLLOWING[order.state]:
        raise went_on()


def check_state(order: WorkOrder, state: State) -> None:
    """Raise `Conflict` when an order is not in this state."""
    if order.state != state:
        raise went_on()


def went_on() -> Conflict:
    """Somebody was faster."""
    return Conflict(
        _("A colleague has taken this order further meanwhile. Look at what was done."),
        code="other-state",
    )


def check_another(account: uuid.UUID, took_part: Collection[uuid.UUID | None]) -> None:
    """Raise `Conflict` for whoever had a hand in it: whether work was good is for others to say."""
    if account in took_part:
        raise Conflict(
            _("You had a hand in this yourself. A colleague who had none does it."),
            code="own-work",
        )


def is_checked(order: WorkOrder, line: Line) -> bool:
    """Whether a finished order goes to the quality check: all of the line's chosen classes, all
    that were urgent, came back, or ended without a word with the person; of the others a sample,
    by chance."""
    always = (
        order.topic.category in line.quality_always
        or bool(order.urgent)
        or order.returns > 0
        or order.call_back in UNSPOKEN
    )
    return always or secrets.randbelow(100) < line.quality_percent


def is_bad(level: int | None) -> bool:
    """Whether what the person said must be put right."""
    return level is not None and invitations.is_bad(level)


def checked_words(words: str) -> str:
    """`words` without blanks around them. Raises `Invalid` past 600 characters."""
    return invitations.check_words(words)


def checked_answers(answers: Mapping[str, object]) -> dict[str, bool]:
    """The checklist as it was answered. Raises `Invalid` beside each line that was not."""
    missing = {key: _("Say yes or no.") for key in CHECKLIST if answers.get(key) not in _SAID}
    if missing:
        raise Invalid(_("Go through every line."), code="checklist", fields=missing)
    return {key: answers[key] in _YES for key in CHECKLIST}


_YES = (True, "yes")
_SAID = (*_YES, False, "no")
