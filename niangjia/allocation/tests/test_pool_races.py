"""Whatever is done to a pool at the same moment, by threads that commit: nothing is oversold,
lost or double, and what is counted is what there is (promises 19 and 20).

`test_pool_model` says what comes of each thing when they come one after the other; here nobody can
know their order, so it is asked what holds in any.
"""

import datetime as dt
import sys
import time
from functools import partial

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from niangjia.allocation import services
from niangjia.allocation.models import LIVE, TAKING, Claim, Pool, Share, Stock
from niangjia.allocation.rules import ordering
from niangjia.allocation.services import Ask, ShareDraft, ledger
from niangjia.allocation.tests.factories import make_pool
from niangjia.core import clock
from niangjia.core.errors import DomainError
from niangjia.core.tests.races import at_once
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.joining import make_membership
from niangjia.organisations.tests.factories import make_union

OPENS = clock.now() - dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)
HOMES = {"甲": "east", "乙": "east", "丙": "west", "丁": None}
NAME = st.sampled_from(["east", "west"])
PICK = st.integers(0, 20)
CLAIM = st.tuples(
    st.just("claim"), st.sampled_from(sorted(HOMES)), st.integers(1, 2), st.sampled_from(["", "a"])
)
ACT = st.one_of(
    CLAIM,
    CLAIM,
    st.tuples(st.just("give_back"), PICK),
    st.tuples(st.just("confirm"), PICK),
    st.tuples(st.just("supply"), st.integers(-3, 3)),
    st.tuples(st.just("split"), NAME, st.integers(1, 2)),
    st.tuples(st.just("flow_back"), NAME),
    st.tuples(st.just("sweep")),
    st.tuples(st.just("draw"), st.integers(0, 99)),
)


class Races(RuleBasedStateMachine):
    """A pool, and up to four who do something to it at once. Times are minutes since opening."""

    people: dict
    unions: dict

    @initialize(
        supply=st.integers(1, 6),
        mode=st.sampled_from(["first_come", "first_come", "draw"]),
        has_list=st.booleans(),
        confirm=st.sampled_from([0, 5]),
        per_person=st.integers(1, 2),
    )
    def begin(self, supply, mode, has_list, confirm, per_person):
        self.minutes, self.acknowledged = 1, {}
        self.pool = make_pool(
            union=self.unions["city"],
            supply=supply,
            mode=mode,
            opens_at=OPENS,
            closes_at=OPENS + 40 * MINUTE,
            has_waiting_list=has_list,
            confirm_minutes=confirm,
            offer_minutes=7,
            per_person=per_person,
            parts_max=2,
        )

    @property
    def now(self):
        return OPENS + self.minutes * MINUTE

    @rule(acts=st.lists(ACT, min_size=2, max_size=4), minutes=st.integers(0, 4))
    def do_at_once(self, acts, minutes):
        self.minutes += minutes
        answers = at_once(*(self.work(kind, *how) for kind, *how in acts))
        for act, answer in zip(acts, answers, strict=True):
            if isinstance(answer, Exception):
                # A refusal is an answer; anything else is a fault.
                assert isinstance(answer, DomainError), (act, answer)
            elif act[0] == "claim" and answer.claim_id:
                _kind, who, _parts, key = act
                named = (who, key) if key else answer.claim_id
                assert self.acknowledged.setdefault(named, answer.claim_id) == answer.claim_id

    def work(self, kind, *how):
        """What a thread is to do. What it is done to is chosen before any of them begins."""
        if kind in ("give_back", "confirm"):
            claims = list(Claim.objects.filter(pool=self.pool).order_by("place"))
            if not claims:
                return lambda: None
            picked = claims[how[0] % len(claims)]
            act = services.return_claim if kind == "give_back" else services.confirm_claim
            who = next(p for p in self.people.values() if p.pk == picked.account_id)
            return partial(act, by=who, claim_id=picked.pk, now=self.now)
        return partial(getattr(self, kind), *how)

    def claim(self, who, parts, key):
        ask = Ask(self.pool.pk, self.people[who].pk, f"key-{self.pool.pk}" if key else None, parts)
        return services.claim(ask=ask, now=self.now)

    def supply(self, count):
        services.add_supply(pool_id=self.pool.pk, count=count, by=None, now=self.now)

    def split(self, name, count):
        shares = [ShareDraft(self.unions[name], count)]
        services.split_pool(pool_id=self.pool.pk, shares=shares, by=None, now=self.now)

    def flow_back(self, name):
        union = self.unions[name]
        services.return_shares(pool_id=self.pool.pk, by=None, now=self.now, union=union)

    def sweep(self):
        services.sweep(now=self.now)

    def draw(self, seed):
        settle_drawn(self.pool, bytes([seed]), now=self.now)

    @invariant()
    def what_is_counted_is_what_there_is(self):
        if not hasattr(self, "pool"):
            return
        stock = Stock.objects.get(pool=self.pool)
        claims = Claim.objects.filter(pool=self.pool)
        taking = claims.filter(state__in=TAKING)
        shares = Share.objects.filter(pool=self.pool, returned_at=None)
        assert stock.taken == parts_of(taking)
        assert stock.reserved == sum(share.left for share in shares)
        assert stock.left >= 0
        for share in shares:
            assert share.taken == parts_of(taking.filter(share=share)), share

    @invariant()
    def nobody_has_more_than_theirs_and_nothing_is_lost(self):
        if not hasattr(self, "pool"):
            return
        claims = list(Claim.objects.filter(pool=self.pool))
        live = [(claim.holder_id, claim.slot) for claim in claims if claim.state in LIVE]
        assert len(live) == len(set(live))
        assert all(slot <= self.pool.per_person for _holder, slot in live)
        assert set(self.acknowledged.values()) <= {claim.pk for claim in claims}
        assert len({claim.place for claim in claims}) == len(claims)


def settle_drawn(pool, seed, *, now):
    """Deal to whoever has entered, in some order; only where lots are drawn."""
    with transaction.atomic():
        held = services.hold(pool.pk)
        if held.pool.mode == "draw" and held.pool.decided_at is None:
            entered = Claim.objects.filter(pool=pool, state="entered").values_list("pk", flat=True)
            order = ordering.random_order(seed, list(entered))
            services.settle(held, order, by=None, now=now)


def parts_of(claims):
    return claims.aggregate(parts=Sum("parts"))["parts"] or 0


@pytest.fixture
def world():
    city = make_union()
    Races.unions = {
        "city": city,
        "east": make_union(parent=city),
        "west": make_union(parent=city),
    }
    Races.people = {
        who: make_membership(union=Races.unions[home]).person.account if home else make_account()
        for who, home in HOMES.items()
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("world")
class TestAtOnce:
    def test_whatever_is_done_at_once_the_pool_adds_up(self):
        run_state_machine_as_test(
            Races,
            settings=settings(
                max_examples=12,
                stateful_step_count=10,
                deadline=None,
                database=None,  # the order of threads is nothing that could be tried again
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )

    def give_back_at_once(self):
        races = Races()
        races.begin(supply=4, mode="first_come", has_list=False, confirm=0, per_person=1)
        races.do_at_once([("claim", who, 1, "") for who in HOMES], 0)
        races.do_at_once([("give_back", number) for number in range(3)], 0)
        return races

    def test_three_give_back_at_once(self):
        races = self.give_back_at_once()
        races.what_is_counted_is_what_there_is()
        assert Stock.objects.get(pool=races.pool).taken == 1

    def test_control_without_the_lock_it_does_not_add_up(self, monkeypatch):
        """Who reads the stock without holding it overwrites what others do meanwhile."""

        def look(pool_id):
            pool = Pool.objects.get(pk=pool_id)
            shares = Share.objects.filter(pool_id=pool_id, returned_at=None)
            seen = ledger.Held(pool, pool.stock, {share.pk: share for share in shares})
            time.sleep(0.2)
            return seen

        held = ledger.hold
        for module in list(sys.modules.values()):
            if getattr(module, "hold", None) is held:
                monkeypatch.setattr(module, "hold", look)
        races = self.give_back_at_once()
        with pytest.raises(AssertionError):
            races.what_is_counted_is_what_there_is()
