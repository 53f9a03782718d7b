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

MANY = 10_000
LEAVE, WAIT, SIDE_BY_SIDE = 48, 60, 8


def leave(sign_up):
    services.return_seat(by=sign_up.account, sign_up_id=str(sign_up.pk), now=clock.now())


def statements_of_leaving(activity):
    """How many statements it takes one of those who have all its seats to give theirs back, with
    people in line."""
    waiting = [join(activity, make_worker()) for _ in range(2)]
    leaving = SignUp.objects.filter(run=run_of(activity)).select_related("account").first()
    with CaptureQueriesContext(connection) as queries:
        leave(leaving)
    states = [SignUp.objects.get(pk=each.pk).claim.state for each in waiting]
    assert states == [ClaimState.OFFERED, ClaimState.WAITING]
    return len(queries)


@pytest.mark.django_db
def test_one_of_ten_thousand_who_leaves_asks_no_more_of_the_database_than_one_of_two():
    """So what follows, with some, holds for ten thousand: each is a small piece of work of its
    own, one after the other at the stock, and none looks at the others."""
    large, small = make_activity(seats=MANY), make_activity(seats=2)
    join_many(large, MANY - 1)
    for _each in range(2):
        join(small)
    assert statements_of_leaving(large) == statements_of_leaving(small)


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
