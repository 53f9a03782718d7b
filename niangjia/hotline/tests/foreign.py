"""This room's objects at one union, for the matrix of routes and roles."""

import uuid

from niangjia.core import clock
from niangjia.hotline import services
from niangjia.hotline.models import Shift
from niangjia.hotline.tests.factories import (
    NUMBER,
    make_agent,
    make_call,
    make_line,
    take,
)
from niangjia.organisations.models import Union

NOBODYS = str(uuid.UUID(int=7))
MISSING_HOTLINE = {"call": NOBODYS, "shift": NOBODYS, "article": "none", "topic": "none"}


def make_hotline(union: Union, number: str = NUMBER) -> dict[str, str]:
    """A line at `union` with a call in an agent's hands and a shift that ended: what stands in
    addresses."""
    line, agent = make_line(union, number), make_agent(union)
    now = clock.now()
    shift = Shift.objects.create(line=line, account=agent.account, began_at=now, ended_at=now)
    article = services.edit_article(
        by=agent,
        line=line,
        title="本地办法",
        body="本省另有规定，请先问清单位在哪里，再按下面的说。",
        as_of_date=clock.today(),
        now=now,
    )
    topic = services.add_topic(by=agent, line=line, category="service", name="探访", now=now)
    return {
        "call": str(take(agent, make_call(line)).pk),
        "shift": str(shift.pk),
        "article": article.key,
        "topic": topic.key,
    }
