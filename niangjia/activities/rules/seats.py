"""How the seats of a run stand, and what a ticket says: pure."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from niangjia.allocation.models import ClaimState, Mode


@dataclass(frozen=True)
class Seats:
    """The seats of a run as everybody may know them. `left` is exact below ten, in tens above;
    `has_waiting_list`: one that something can still come to."""

    supply: int
    left: int
    opens_at: dt.datetime
    closes_at: dt.datetime
    mode: str
    is_decided: bool
    has_waiting_list: bool
    is_cancelled: bool
    gather_seconds: int = 0

    def is_open(self, now: dt.datetime) -> bool:
        """Whether somebody can still sign up, be it for the waiting list."""
        if self.is_cancelled or not self.opens_at <= now < self.closes_at:
            return False
        return self.mode != Mode.FIRST_COME or self.left > 0 or self.has_waiting_list

    @property
    def is_full(self) -> bool:
        return self.mode == Mode.FIRST_COME and self.left <= 0

    @property
    def is_about(self) -> bool:
        """Whether `left` says about how many."""
        return self.left >= 10


@dataclass(frozen=True)
class Words:
    """What a ticket says of its state: the tone of a status, a headline, what comes next."""

    tone: str
    title: Promise
    next: Promise


TICKETS: dict[str, Words] = {
    ClaimState.CONFIRMED: Words(
        "ok", _("You have a seat"), _("Come on time and show this ticket at the door.")
    ),
    ClaimState.HELD: Words(
        "wait", _("A seat is held for you"), _("Confirm it, or it goes to somebody else.")
    ),
    ClaimState.OFFERED: Words(
        "wait", _("A seat came free for you"), _("Confirm it, or it goes to the next in line.")
    ),
    ClaimState.WAITING: Words(
        "wait",
        _("You are on the waiting list"),
        _("When a seat comes free, it is offered in order, and you get a notice."),
    ),
    ClaimState.ENTERED: Words(
        "wait", _("You have entered"), _("Nothing to do now. You get a notice with the result.")
    ),
    ClaimState.RETURNED: Words(
        "info", _("You gave your seat back"), _("Somebody else can come now. Thank you.")
    ),
    ClaimState.EXPIRED: Words(
        "bad", _("Not confirmed in time"), _("The seat has gone to the next in line.")
    ),
    ClaimState.REFUSED: Words(
        "bad", _("You cannot take part"), _("The union wrote why. You can call and ask.")
    ),
    ClaimState.LOST: Words(
        "bad", _("No seat this time"), _("All seats are given. See what else is on.")
    ),
    ClaimState.CANCELLED: Words("bad", _("Called off"), _("You need not do anything.")),
}
DRAWN = Words(
    "wait",
    _("You are in the draw"),
    _("Sign-up is still open; then it is drawn, and everybody gets a notice."),
)
GATHERED = Words(
    "wait",
    _("You are in"),
    _("Everybody of the first seconds is put in random order. The result is here in a moment."),
)
DROPPED = Words(
    "bad",
    _("Your team was too small"),
    _("When it counted, too few had joined. Its place has gone to the next in line."),
)
UNDECIDED = Words(
    "info", _("This is over"), _("It was not decided before it was over. You can call and ask.")
)
WAITED = Words("info", _("This is over"), _("No seat came free this time. See what else is on."))
OVER = Words("info", _("This is over"), _("Thank you for coming."))

#: What is said once it is over, where nothing else has ended it.
ENDS: dict[str, Words] = {
    ClaimState.CONFIRMED: OVER,
    ClaimState.WAITING: WAITED,
    ClaimState.ENTERED: UNDECIDED,
}


def ticket_words(
    state: str, mode: str, *, is_over: bool, is_dropped: bool = False, is_late: bool = False
) -> Words:
    """What a ticket says of a claim in `state` of a pool in `mode`; `is_dropped`: of a team that
    was too small; `is_late`: it came to that state once it was over."""
    if is_dropped:
        return DROPPED
    if is_over and state in ENDS:
        return ENDS[state]
    if state == ClaimState.LOST and mode in (Mode.APPROVAL, Mode.DRAW) and is_late:
        return UNDECIDED
    if state == ClaimState.ENTERED and mode == Mode.DRAW:
        return DRAWN
    if state == ClaimState.ENTERED and mode == Mode.FIRST_COME:
        return GATHERED
    return TICKETS[state]
