"""A few made-up households on the public notice, so that it can be seen."""

import datetime as dt
from contextlib import suppress

from niangjia.cases.models import Case, PublicNotice, State
from niangjia.cases.selectors import document_of
from niangjia.core import clock
from niangjia.core.errors import DomainError
from niangjia.operations.demo import Progress
from niangjia.operations.demo.cases import Teller
from niangjia.operations.demo.chance import Dice

WANTED, TRIED, STEPS = 3, 12, 6
ITEM = "hardship-aid"


def load(*, progress: Progress) -> None:
    """Members ask for hardship aid, are visited and checked, and their names are published, masked,
    through the services; once only."""
    teller = Teller(clock.now())
    if not teller.members:
        return
    for number in range(TRIED):
        if PublicNotice.objects.filter(ended_at__isnull=True).count() >= WANTED:
            break
        with suppress(DomainError):
            come_to_notice(teller, Dice("on notice", number))
        progress(number + 1, TRIED)


def come_to_notice(teller: Teller, dice: Dice) -> None:
    """One household, from asking to the notice, within the last days."""
    member = dice.pick(teller.members)
    at = teller.now - dt.timedelta(hours=dice.number(40, 60))
    with clock.stopped_at(at):
        case: Case = teller.open(member, ITEM, dice, at)
    for _turn in range(STEPS):
        case = teller.now_of(case)
        step = document_of(case.snapshot_id).step(case.step)
        if case.state != State.OPEN or step is None or step.announces:
            return
        at += dt.timedelta(hours=4)
        with clock.stopped_at(at), suppress(DomainError):
            teller.take(case, step, dice, at)
