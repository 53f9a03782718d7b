"""Ten thousand people give their seats back at once, each by themselves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from niangjia.activities import services
from niangjia.activities.models import SignUp
from niangjia.activities.tests.factories import join, make_activity, make_worker, run_of
from niangjia.activities.tests.many import join_many
from niangjia.allocation.models import Claim, ClaimState, Stock
from niangjia.core import clock
from niangjia.core.outbox import deliver_pending
from niangjia.core.tests.races import at_once
from niangjia.members.models import Notice

LEAVE, WAIT, SIDE_BY_SIDE = 48, 60, 8


def leave(sign_up):
    services.return_seat(by=sign_up.account, sign_up_id=str(sign_up.pk), now=clock.now())


def statements_of_leaving(crowd):
    """How many statements it takes one of so many, with people in line, to give a seat back."""
    activity = make_activity(seats=crowd + 1)
    join_many(activity, crowd)
    waiting = [join(activity, make_worker()) for _ in range(2)]
    leaving = SignUp.objects.filter(run=run_of(activity)).select_related("account").first()
    with CaptureQueriesContext(connection) as queries:
        leave(leaving)
    states = [SignUp.objects.get(pk=each.pk).claim.state for each in waiting]
    assert states == [ClaimState.OFFERED, ClaimState.WAITING]
    return len(queries)


@pytest.mark.django_db
def test_one_of_ten_thousand_who_leaves_asks_no_more_of_the_database_than_one_of_ten():
    """So what follows, with a hundred, holds for ten thousand: each is a small piece of work of its
    own, one after the other at the stock, and none looks at the others."""
    assert statements_of_leaving(10_000) == statements_of_leaving(10)


@pytest.mark.django_db(transaction=True)
def test_all_at_once_each_seat_goes_to_the_next_in_line_who_is_told_once():
    activity = make_activity(seats=LEAVE)
    run = run_of(activity)
    join_many(activity, LEAVE - 1)
    connection.send_waiting()
    in_line = [join(activity, make_worker()).claim_id for _ in range(WAIT)]
    people = list(
        SignUp.objects.filter(run=run).exclude(claim__in=in_line).select_related("account")
    )
    parts = [people[first::SIDE_BY_SIDE] for first in range(SIDE_BY_SIDE)]
    answers = at_once(*(lambda part=part: [leave(each) for each in part] for part in parts))
    assert not [each for each in answers if isinstance(each, Exception)]
    claims = Claim.objects.filter(pool=run.pool_id)
    offered = claims.filter(state=ClaimState.OFFERED).values_list("pk", flat=True)
    assert set(offered) == set(in_line[:LEAVE]), "in their order, and the others still wait"
    assert claims.filter(state=ClaimState.RETURNED).count() == LEAVE
    stock = Stock.objects.get(pool=run.pool_id)
    assert (stock.taken, stock.left) == (LEAVE, 0)
    deliver_pending()
    told = Notice.objects.filter(kind="activity.offered").values_list("account", flat=True)
    assert (len(told), len(set(told))) == (LEAVE, LEAVE)
