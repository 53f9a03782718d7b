"""Thousands of people are called off at once: so many at a time, and each told once. How many wait
changes only how often that is done, so a quarter of ten thousand shows it as well."""

import pytest

from niangjia.activities import services
from niangjia.activities.models import SignUp
from niangjia.activities.tests.factories import make_activity, run_of
from niangjia.activities.tests.many import join_many
from niangjia.allocation import services as allocation
from niangjia.allocation.models import ClaimState, Stock
from niangjia.core import clock
from niangjia.core.outbox import deliver_pending
from niangjia.members.models import Notice

pytestmark = pytest.mark.django_db
MANY = 2_500


def test_thousands_are_called_off_each_told_once():
    activity = make_activity(seats=MANY + 1)
    join_many(activity, MANY)
    run = run_of(activity)
    services.cancel_activity(by=None, activity=activity, reason="台风", now=clock.now())
    ended = SignUp.objects.filter(claim__state=ClaimState.CANCELLED).count()
    assert 0 < ended < MANY, "nobody waits for all the others"
    while allocation.end_claims(pool_id=run.pool_id, now=clock.now()):
        pass
    deliver_pending()
    told = Notice.objects.filter(kind="activity.cancelled")
    assert told.count() == told.values("account").distinct().count() == MANY + 1
    assert Stock.objects.get(pool=run.pool_id).taken == 0
