"""What follows from the demonstration's activities: draws that are announced, certificates."""

import datetime as dt

from niangjia.activities.models import Activity, Kind, Run, State
from niangjia.activities.services import certificates
from niangjia.allocation import services as allocation
from niangjia.allocation.models import Mode
from niangjia.allocation.rules import public_values
from niangjia.core import clock
from niangjia.members.models import Post
from niangjia.operations.demo import desk

SOURCE = public_values.DOUBLE_COLOUR_BALL
#: Of four evenings.
NEEDED = 3


def load(now: dt.datetime) -> None:
    """Announce the draws of what is open, and give the certificates of what is over."""
    posts = Post.objects.filter(union=desk.county_federation(), ended_at=None).order_by("id")
    officer = posts.first()
    if officer is None:
        return
    lots = Run.objects.filter(
        activity__mode=Mode.DRAW, activity__state=State.PUBLISHED, activity__opens_at__lt=now
    )
    for run in lots.select_related("pool"):
        announce(run, officer, now)
    for course in Activity.objects.filter(kind=Kind.COURSE, ends_at__lt=now):
        certificates.set_rule(by=officer, activity=course, needed=NEEDED)
        with clock.stopped_at(now - dt.timedelta(days=1)):
            certificates.issue_certificates(by=officer, activity=course, now=clock.now())


def announce(run: Run, officer: Post, now: dt.datetime) -> None:
    """By the first evening of the lottery, a day or more after sign-up has closed."""
    assert run.pool  # noqa: S101 - it is published
    closes = run.pool.closes_at.astimezone(clock.CHINA).date()
    days = (closes + dt.timedelta(days=after) for after in range(1, 8))
    day = next(each for each in days if each.weekday() in SOURCE.weekdays)
    allocation.announce_draw(
        by=officer, pool_id=run.pool.pk, source=SOURCE.key, issue=f"{day:%Y%j}", day=day, now=now
    )
