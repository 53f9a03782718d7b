"""`niangjia bench activity-page`: the public page of an activity while people sign up for it."""

import datetime as dt
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection
from django.urls import reverse

from niangjia.activities import services
from niangjia.activities.models import Activity, Kind, SignUp
from niangjia.activities.rules.answers import Answers
from niangjia.activities.rules.plans import Meeting, Plan
from niangjia.core import clock
from niangjia.members.models import Account
from niangjia.operations.bench import Result, province
from niangjia.operations.bench.load import Order
from niangjia.operations.bench.pages import EMPTY, Page, queries
from niangjia.operations.bench.stage import Stage, compare
from niangjia.organisations.models import Union

SECONDS = 3.0
SEATS = 50_000
#: So many sign up a second, whatever else the machine does: each is a transaction of its own, so
#: that no page is kept for longer than until the next one.
PACE = 20


def run(stage: Stage) -> Result:
    """Requests per second of the page beside the empty view's, both while people sign up. Raises
    `ValueError` when not exactly those have a seat who were told so."""
    result = Result(
        "activity-page",
        [
            "page",
            "queries",
            "requests/s",
            "p95 ms",
            "empty/s",
            "ratio",
            "sign-ups/s",
            "seats taken",
        ],
    )
    activity = published()
    paths = [reverse("activities:activity", args=[activity.number])]
    counted = queries(Page("activity", paths))
    with stage.served() as port, signing_up(activity) as crowd:
        orders = [Order(port, paths, SECONDS), Order(port, [EMPTY], SECONDS)]
        page, empty = compare(orders)
    signed_up = SignUp.objects.filter(run__activity=activity).count()
    if not signed_up == crowd.made > 0:
        raise ValueError(f"{crowd.made} signed up, {signed_up} have a seat")
    result.ratios["activity_page.over_empty"] = page.per_second / empty.per_second
    result.figures |= {
        "page_per_s": page.per_second,
        "page_p95_ms": page.percentile_ms(95),
        "empty_per_s": empty.per_second,
        "page_queries": counted,
        "sign_ups_per_s": crowd.per_second,
        "sign_ups": crowd.made,
    }
    result.rows.append(
        [
            "activity",
            counted,
            round(page.per_second),
            f"{page.percentile_ms(95):.1f}",
            round(empty.per_second),
            f"{result.ratios['activity_page.over_empty']:.2f}",
            f"{crowd.per_second:.1f}",
            crowd.made,
        ]
    )
    return result


def published() -> Activity:
    """A walk in the province that everybody may come to, open for sign-up."""
    now = clock.now()
    starts_at = now + dt.timedelta(days=3)
    plan = Plan(
        kind=Kind.SPORT,
        name="万人健步走",
        summary="沿江走五公里，老少皆宜，终点有热茶。",
        text="路线平坦，沿途有三处补给点。\n\n下雨改期，会发通知。",
        opens_at=now - dt.timedelta(hours=1),
        closes_at=now + dt.timedelta(days=2),
    )
    meeting = Meeting(
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=2),
        place="江滨公园南门",
        address="江滨中路 1 号",
        longitude=120.08,
        latitude=29.31,
    )
    draft = services.draft_activity(
        by=None,
        union=Union.objects.get(depth=1),
        plan=plan,
        seats=SEATS,
        meeting=meeting,
        now=now,
    )
    return services.publish_activity(by=None, activity=draft, now=now)


@dataclass
class Crowd:
    """Those who sign up meanwhile: how many have, and for how many seconds."""

    made: int = 0
    seconds: float = 0.0
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def per_second(self) -> float:
        return self.made / self.seconds if self.seconds else 0.0


@contextmanager
def signing_up(activity: Activity, pace: int = PACE) -> Iterator[Crowd]:
    """Within the block one after the other signs up for the activity, so many a second."""
    crowd, run_id = Crowd(), activity.runs.get().pk
    thread = threading.Thread(target=sign_up_in_turn, args=(crowd, run_id, pace), daemon=True)
    thread.start()
    try:
        yield crowd
    finally:
        crowd.over.set()
        thread.join()


def sign_up_in_turn(crowd: Crowd, run_id: uuid.UUID, pace: int) -> None:
    """Sign one worker of the province up after the other, until it is over."""
    began = clock.now()
    try:
        for number in range(province.WORKERS):
            due = number / pace - (clock.now() - began).total_seconds()
            if crowd.over.wait(max(due, 0)):
                return
            services.sign_up(
                by=Account.objects.get(pk=province.numbered(4, number)),
                run_id=run_id,
                answers=Answers(name="王秀兰"),
                now=clock.now(),
            )
            crowd.made += 1
            crowd.seconds = (clock.now() - began).total_seconds()
    finally:
        connection.close()
