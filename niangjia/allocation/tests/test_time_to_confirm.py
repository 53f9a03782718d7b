"""What is offered or held leaves its person time to say yes, or is not offered or held."""

import functools

import pytest

from niangjia.allocation import services
from niangjia.allocation.tests.factories import claim, make_pool
from niangjia.allocation.tests.test_lines import DAY, MINUTE, SECOND, states
from niangjia.core import clock, errors
from niangjia.members.tests.factories.accounts import make_account

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("minutes", "least"), [(24 * 60, 60), (61, 60), (59, 59), (1, 1)])
def test_nobody_is_offered_what_there_is_no_time_to_take(minutes, least):
    """An hour, or what the pool gives for it where that is less; never past its end."""
    now = clock.now()
    until = now + least * MINUTE
    pool = make_pool(supply=0, has_waiting_list=True, offer_minutes=minutes, offers_until=until)
    before, after = now - SECOND, now
    mine = claim(pool, make_account(), now=before)
    services.add_supply(pool_id=pool.pk, count=1, by=None, now=before)
    assert states(mine) == ["offered"]
    assert claim(pool, make_account(), now=after).verdict == "sold-out"
    services.sweep(now=until)
    assert states(mine) == ["expired"]


def test_what_comes_free_too_late_to_be_taken_is_offered_to_nobody():
    now = clock.now()
    pool = make_pool(supply=0, has_waiting_list=True, offers_until=now + 60 * MINUTE)
    late = claim(pool, make_account(), now=now - SECOND)
    services.add_supply(pool_id=pool.pk, count=1, by=None, now=now)
    assert states(late) == ["waiting"]
    services.sweep(now=now)
    assert states(late) == ["lost"]


@pytest.mark.parametrize("mode", ["approval", "by_score"])
def test_what_is_decided_too_late_to_be_confirmed_is_given_for_good_or_refused(mode):
    """Nothing would come of a hold that ends before it is read of, nor of a wait for nothing."""
    now, late = clock.now(), clock.now() + 2 * DAY
    pool = make_pool(
        supply=1,
        mode=mode,
        closes_at=now + DAY,
        confirm_minutes=48 * 60,
        has_waiting_list=True,
        offers_until=late + 60 * MINUTE,
    )
    first, second = [claim(pool, make_account(), now=now) for _ in range(2)]
    if mode == "by_score":
        services.rank_claims(pool_id=pool.pk, score=lambda claim: -claim.place, by=None, now=late)
        assert states(first, second) == ["confirmed", "lost"]
    else:
        decide = functools.partial(services.decide_claim, is_granted=True, by=None, now=late)
        decide(claim_id=first.claim_id)
        with pytest.raises(errors.Conflict) as refused:
            decide(claim_id=second.claim_id)
        assert refused.value.code == "sold-out"
        assert states(first, second) == ["confirmed", "entered"]
    services.sweep(now=late)
    assert states(first) == ["confirmed"]


def test_a_hold_leaves_the_time_that_it_is_given_or_is_none():
    """Offers may be shorter than holds: then each of them counts by itself."""
    now = clock.now()
    said = {"confirm_minutes": 60, "offer_minutes": 5, "offers_until": now + 60 * MINUTE}
    pool = make_pool(supply=2, has_waiting_list=True, **said)
    held = claim(pool, make_account(), now=now - SECOND)
    assert (held.verdict, held.expires_at) == ("held", now + 60 * MINUTE - SECOND)
    assert claim(pool, make_account(), now=now).verdict == "granted"
    assert claim(pool, make_account(), now=now).verdict == "waiting", "offers take five minutes"
