"""The demonstration's ratings of the past year: made up like everything here, enough of them that
scores, their intervals and a trend can be seen where fewer than ten would say nothing.

They are of services that were finished before this node kept cases, rated by whoever was served
there and left no name. Nobody was badly served: what had to be put right a year ago is over, and
the orders that are on their way are those of `demo.feedback`.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from niangjia.cases.selectors import list_offered
from niangjia.core import clock
from niangjia.feedback import services
from niangjia.feedback.models import Channel, Level, Rating
from niangjia.feedback.rules import indicators
from niangjia.operations.demo import Progress
from niangjia.operations.demo.chance import Dice
from niangjia.operations.demo.desk import COUNTY, county_federation, federation_of
from niangjia.organisations.models import Union

MONTHS, A_MONTH = 12, 20
#: Names that the ids of made-up subjects are drawn from.
SUBJECT, NAMESPACE = "counter", uuid.UUID(int=12351)
#: 兰溪、东阳、永康: the neighbours of the county where the demonstration's officers work.
NEIGHBOURS = ("330781", "330783", "330784")
AT_HOME = 0.6
ITEMS = ("legal-aid", "mutual-aid-claim", "childcare", "skills-subsidy")
#: How often the best level was said twelve months ago, and by how much oftener each month since.
BEST, BETTER = 0.34, 0.025
FAIRLY = 0.12


def load(*, progress: Progress) -> None:
    """Rate what was finished in each of the last months; once only."""
    if Rating.objects.filter(invitation__subject_kind=SUBJECT).exists():
        return
    home = county_federation()
    unions = [federation_of(code) for code in NEIGHBOURS if code != COUNTY]
    items = names_of(home)
    if not items:
        return
    wanted = MONTHS * A_MONTH
    for number in range(wanted):
        dice = Dice("past rating", number)
        union = home if dice.happens(AT_HOME) else dice.pick(unions)
        rate(union, dice.pick(items), dice, months_ago=MONTHS - number // A_MONTH)
        progress(number + 1, wanted)


def names_of(union: Union) -> Sequence[tuple[str, Mapping[str, str]]]:
    """The services that people mostly came for, with their names."""
    offered = {each.item.key: each.document.name for each in list_offered(union)}
    return [
        (key, {"zh": offered[key].zh, "en": offered[key].en}) for key in ITEMS if key in offered
    ]


def rate(union: Union, item: tuple[str, Mapping[str, str]], dice: Dice, *, months_ago: int) -> None:
    """One service and its rating, a day or two later."""
    finished_at = clock.now() - dt.timedelta(
        days=30 * months_ago - dice.number(1, 26), hours=dice.number(0, 9)
    )
    key, name = item
    invited = services.invite_rating(
        subject_kind=SUBJECT,
        subject_id=uuid.uuid5(NAMESPACE, dice.name),
        item_key=key,
        item_name=name,
        union=union,
        rated=None,
        person=None,
        account=None,
        finished_at=finished_at,
        now=finished_at,
    )
    share = dice.share()
    best = BEST + BETTER * (MONTHS - months_ago)
    level = (
        Level.VERY_SATISFIED
        if share < best
        else Level.FAIRLY_SATISFIED
        if share > 1 - FAIRLY
        else Level.SATISFIED
    )
    services.rate(
        invitation=invited.invitation,
        channel=Channel.COUNTER,
        level=level,
        indicators=dict.fromkeys(indicators.asked(Channel.COUNTER), int(level)),
        now=finished_at + dt.timedelta(hours=dice.number(1, 40)),
    )
