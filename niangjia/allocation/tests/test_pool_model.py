"""Whatever happens to a pool in whatever order, it stands as it would on paper (promise 19)."""

import datetime as dt
import uuid
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from niangjia.allocation import services
from niangjia.allocation.models import Claim, Share, Stock
from niangjia.allocation.rules import ordering
from niangjia.allocation.services import Ask, ShareDraft
from niangjia.allocation.tests.factories import make_pool
from niangjia.allocation.tests.shadow import Paper, PaperShare
from niangjia.core import clock
from niangjia.core.errors import DomainError
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.joining import make_membership
from niangjia.organisations.tests.factories import make_union

OPENS = clock.now() - dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)
HOMES = {"甲": "east", "乙": "east", "丙": "east", "丁": "west", "戊": "west", "己": None}
WHO = st.sampled_from(sorted(HOMES))
NAME = st.sampled_from(["east", "west"])
PICK = st.integers(0, 30)


class Life(RuleBasedStateMachine):
    """A pool, and the same on paper. Times are minutes since opening."""

    people: dict
    unions: dict

    @initialize(
        supply=st.integers(0, 8),
        mode=st.sampled_from(["first_come", "first_come", "draw", "approval"]),
        has_list=st.booleans(),
        confirm=st.sampled_from([0, 5]),
        gathers=st.booleans(),
        per_person=st.integers(1, 2),
    )
    def begin(self, **drawn):
        self.point = transaction.savepoint()
        gathers = drawn["gathers"] and drawn["mode"] == "first_come"
        self.paper = Paper(
            **drawn | {"gathers": gathers},
            offer=7,
            parts_max=3,
            closes_at=40,
            homes=HOMES,
            is_decided=False,
        )
        self.pool = make_pool(
            union=self.unions["city"],
            supply=drawn["supply"],
            mode=drawn["mode"],
            opens_at=OPENS,
            closes_at=OPENS + 40 * MINUTE,
            has_waiting_list=drawn["has_list"],
            confirm_minutes=drawn["confirm"],
            offer_minutes=7,
            gather_seconds=3 if gathers else 0,
            per_person=drawn["per_person"],
            parts_max=3,
        )
        self.ids: list[uuid.UUID] = []
        self.keys: dict[tuple[str, str], tuple[int, int]] = {}

    def teardown(self):
        if hasattr(self, "point"):
            transaction.savepoint_rollback(self.point)

    @property
    def now(self):
        return OPENS + self.paper.now * MINUTE

    def tried(self, act, **said):
        """Whether it was done, and not refused."""
        with suppress(DomainError), transaction.atomic():
            act(**said)
            return True
        return False

    def picked(self, pick):
        return pick % len(self.ids) if self.ids else None

    # Claims

    @rule(asked=st.lists(st.tuples(WHO, st.integers(1, 4), st.sampled_from(["", "", "a", "b"]))))
    def claim(self, asked):
        """Some at once; with a key, some of them again."""
        asks = [
            Ask(self.pool.pk, self.people[who].pk, f"key-{key}-12345" if key else None, parts)
            for who, parts, key in asked
        ]
        self.open_on_paper(asked)
        answers = services.claim_all(asks=asks, now=self.now)
        for (who, parts, key), answer in zip(asked, answers, strict=True):
            if key and (who, key) in self.keys:
                number, wanted = self.keys[who, key]
                if wanted != parts:
                    assert answer.verdict == "idempotency-key-reused"
                else:
                    assert answer.claim_id == self.ids[number]
                continue
            expected = self.paper.claim(who, parts)
            assert (answer.verdict, answer.claim_id is not None) == (
                expected,
                expected in ("granted", "held", "waiting", "entered"),
            )
            if answer.claim_id:
                self.ids.append(answer.claim_id)
                if key:
                    self.keys[who, key] = (len(self.ids) - 1, parts)

    def open_on_paper(self, asked):
        """The first claim after the opening seconds has those decided."""
        paper = self.paper
        is_due = paper.gathers and paper.now > 0 and not paper.is_decided
        if asked and is_due and not paper.is_cancelled:
            self.settle_on_paper(ordering.random_order(bytes(self.pool.seed), self.entered()))

    def entered(self):
        claims = zip(self.ids, self.paper.claims, strict=True)
        return [claim_id for claim_id, claim in claims if claim.state == "entered"]

    def settle_on_paper(self, order):
        self.paper.settle([self.paper.claims[self.ids.index(claim_id)] for claim_id in order])

    @rule(pick=PICK)
    def give_back(self, pick):
        number = self.picked(pick)
        if number is None:
            return
        claim = self.paper.claims[number]
        services.return_claim(by=self.people[claim.who], claim_id=self.ids[number], now=self.now)
        if claim.state in ("entered", "waiting", "offered", "held", "confirmed"):
            self.paper.end(claim, "returned")
            self.paper.offer_free()

    @rule(pick=PICK)
    def confirm(self, pick):
        number = self.picked(pick)
        if number is None:
            return
        claim = self.paper.claims[number]
        done = self.tried(
            services.confirm_claim,
            by=self.people[claim.who],
            claim_id=self.ids[number],
            now=self.now,
        )
        may = claim.state in ("offered", "held") and claim.until > self.paper.now
        assert done == (may or claim.state == "confirmed")
        if may:
            claim.state, claim.until = "confirmed", None

    @rule(pick=PICK, is_granted=st.booleans())
    def decide(self, pick, is_granted):
        number = self.picked(pick)
        if number is None:
            return
        claim, paper = self.paper.claims[number], self.paper
        done = self.tried(
            services.decide_claim,
            claim_id=self.ids[number],
            is_granted=is_granted,
            by=None,
            now=self.now,
            reason="" if is_granted else "人数不符",
        )
        if not is_granted:
            assert done == (claim.state in ("entered", "waiting", "offered", "held", "confirmed"))
            if done:
                paper.end(claim, "refused")
                paper.offer_free()
        elif paper.mode == "approval" and claim.state == "entered":
            if paper.serve(claim):
                claim.state = "held" if paper.confirm else "confirmed"
                claim.until = paper.now + paper.confirm if paper.confirm else None
            elif paper.has_list:
                claim.state = "waiting"
            assert done == (claim.state != "entered")
        else:
            assert not done

    @precondition(lambda self: self.paper.may_be_drawn)
    @rule(data=st.data())
    def draw(self, data):
        order = data.draw(st.permutations(self.entered()))
        with transaction.atomic():
            services.settle(services.hold(self.pool.pk), order, by=None, now=self.now)
        self.settle_on_paper(order)

    # Time

    @rule(minutes=st.integers(1, 8))
    def wait(self, minutes):
        self.paper.now += minutes

    @rule()
    def sweep(self):
        services.sweep(now=self.now)
        paper = self.paper
        if paper.gathers and paper.now > 0 and not paper.is_decided and not paper.is_cancelled:
            self.settle_on_paper(ordering.random_order(bytes(self.pool.seed), self.entered()))
        due = [
            name
            for name, share in paper.shares.items()
            if share.is_live and share.returns_at is not None and share.returns_at <= paper.now
        ]
        if due:
            for name in due:
                paper.shares[name].is_live = False
            for name in due:
                paper.flow_back(name)
        paper.expire()

    # Supply

    @rule(count=st.integers(-4, 4))
    def supply(self, count):
        paper = self.paper
        done = self.tried(
            services.add_supply, pool_id=self.pool.pk, count=count, by=None, now=self.now
        )
        bound = paper.taken() + paper.reserved()
        assert done == (not paper.is_cancelled and paper.supply + count >= bound)
        if done:
            paper.supply += count
            paper.offer_free()

    @rule(name=NAME, count=st.integers(1, 4), minutes=st.sampled_from([None, 3, 10]))
    def split(self, name, count, minutes):
        paper = self.paper
        returns_at = None if minutes is None else paper.now + minutes
        draft = ShareDraft(
            self.unions[name], count, None if minutes is None else OPENS + returns_at * MINUTE
        )
        done = self.tried(
            services.split_pool, pool_id=self.pool.pk, shares=[draft], by=None, now=self.now
        )
        share = paper.shares.get(name)
        assert done == (
            not paper.is_cancelled
            and paper.mode != "draw"
            and count <= paper.left()
            and (share is None or share.is_live)
        )
        if done:
            paper.shares[name] = share or PaperShare(0)
            paper.shares[name].supply += count
            paper.shares[name].returns_at = returns_at
            paper.offer_free()

    @rule(name=NAME)
    def flow_back(self, name):
        services.return_shares(pool_id=self.pool.pk, by=None, now=self.now, union=self.unions[name])
        if self.paper.belongs(name):
            self.paper.flow_back(name)

    # Ends

    @precondition(lambda self: self.paper.now > 15)
    @rule()
    def close(self):
        self.tried(services.close_pool, pool_id=self.pool.pk, by=None, now=self.now)
        self.paper.closes_at = min(self.paper.closes_at, self.paper.now)

    @precondition(lambda self: self.paper.now > 25)
    @rule()
    def cancel(self):
        services.cancel_pool(pool_id=self.pool.pk, by=None, now=self.now)
        self.paper.is_cancelled = True
        for claim in self.paper.claims:
            if claim.state in ("entered", "waiting", "offered", "held", "confirmed"):
                self.paper.end(claim, "cancelled")

    # What always holds

    @invariant()
    def it_stands_as_on_paper(self):
        if not hasattr(self, "paper"):
            return
        rows = {row.pk: row for row in Claim.objects.filter(pool=self.pool)}
        found = [
            (rows[claim_id].state, rows[claim_id].parts, rows[claim_id].place)
            for claim_id in self.ids
        ]
        assert found == [(c.state, c.parts, c.place) for c in self.paper.claims]
        assert len(rows) == len(self.ids)

    @invariant()
    def the_stock_is_what_the_claims_say(self):
        if not hasattr(self, "paper"):
            return
        stock = Stock.objects.get(pool=self.pool)
        paper = self.paper
        assert (stock.supply, stock.taken, stock.reserved) == (
            paper.supply,
            paper.taken(),
            paper.reserved(),
        )
        for share in Share.objects.filter(pool=self.pool, returned_at=None):
            name = next(n for n, u in self.unions.items() if u.pk == share.union_id)
            assert share.taken == paper.taken(name)


@pytest.fixture
def world():
    city = make_union()
    Life.unions = {
        "city": city,
        "east": make_union(parent=city),
        "west": make_union(parent=city),
    }
    Life.people = {
        who: make_membership(union=Life.unions[home]).person.account if home else make_account()
        for who, home in HOMES.items()
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("world")
def test_life_of_a_pool():
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            phases=[Phase.generate],  # shrinking costs minutes; what failed is printed
            suppress_health_check=list(HealthCheck),
        ),
    )
