"""Whatever anybody tries in whatever order: an order skips no state, three people end it, nothing
that happened is lost, and nobody tied to the accused sees any of it."""

from contextlib import suppress
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from niangjia.cases import services as cases
from niangjia.cases.models import CaseEntry
from niangjia.cases.rules.chain import legs_of
from niangjia.core import clock, protection
from niangjia.core.errors import DomainError
from niangjia.core.outbox import deliver_pending
from niangjia.feedback import services as feedback
from niangjia.feedback.models import RectificationOrder
from niangjia.feedback.rules.orders import steps_at
from niangjia.feedback.selectors.orders import find_step_post
from niangjia.hotline.models import OrderEntry, OrderEntryKind, Page, State, WorkOrder
from niangjia.hotline.rules.aftercare import FOLLOWING
from niangjia.hotline.tests import aftercare as acts
from niangjia.hotline.tests.factories import fresh, make_agent, tie_to

WHO = st.sampled_from(["taker", "caller", "checker", "worker", "tied", "spare"])
RESULT = st.sampled_from(["reached", "declined", "not_reached", "wrong_number"])


class Ends(RuleBasedStateMachine):
    """One complaint by phone under random hands."""

    @initialize()
    def begin(self):
        self.point = transaction.savepoint()
        self.world = acts.make_world()
        self.world.line.quality_percent = 50
        self.world.line.save()
        names = ("taker", "caller", "checker", "worker")
        self.posts = {name: getattr(self.world, name) for name in names}
        self.posts |= {name: make_agent(self.world.city) for name in ("tied", "spare")}
        tie_to(self.posts["tied"].account, self.world.employer)
        self.upper = acts.make_chair(self.world.city)
        self.order = acts.take_in(self.world)
        self.states = [State.OPEN]

    def teardown(self):
        if hasattr(self, "point"):
            transaction.savepoint_rollback(self.point)

    def tried(self, act, *given, **said):
        """Do it, or be refused; write down where the order stands then."""
        with suppress(DomainError), transaction.atomic():
            act(*given, **said)
        deliver_pending()
        now = fresh(self.order).state
        if now != self.states[-1]:
            self.states.append(now)

    @rule()
    def dispatch(self):
        self.tried(acts.dispatch, self.world, self.order)

    @rule()
    def send_back(self):
        self.tried(
            cases.object_to_transfer,
            by=self.world.worker,
            case_id=self.order.case_id,
            reason=acts.WHY,
            now=clock.now(),
        )

    @rule()
    def settle(self):
        self.tried(acts.settle, self.world, self.order)

    @rule(who=WHO, result=RESULT, level=st.integers(1, 5))
    def call(self, who, result, level):
        said = {"level": level} if result == "reached" else {}
        self.tried(acts.call_back, self.world, self.order, result, by=self.posts[who], **said)

    @rule(who=WHO, passes=st.booleans())
    def check(self, who, passes):
        answers = acts.WELL if passes else acts.ILL
        self.tried(acts.check, self.world, self.order, answers, by=self.posts[who])

    @rule()
    def put_right(self):
        """The next step of the rectification, by somebody who may take it."""
        with protection.working("tests"):
            found = RectificationOrder.objects.select_related("handled_by").first()
        step = next(iter(steps_at(found.stage)), None) if found else None
        posts = [self.upper, acts.make_chair(self.world.county)]
        post = find_step_post(posts, found, step) if step else None
        if post:
            self.tried(
                feedback.take_step,
                by=post,
                order=found,
                step=step,
                words="已核实并补办，向本人致歉",
                finding="founded",
                now=clock.now(),
            )

    @rule(level=st.integers(1, 5), passes=st.booleans())
    def go_on(self, level, passes):
        """What should come next, so that lives go far."""
        state = fresh(self.order).state
        if state == State.OPEN:
            self.dispatch()
            self.settle()
        elif state == State.HANDLED:
            self.call("caller", "reached", level)
            self.call("spare", "reached", level)
        elif state == State.RECTIFYING:
            for _step in range(4):
                self.put_right()
        else:
            self.check("checker", passes)

    @invariant()
    def no_state_was_skipped(self):
        """Two at once is what one act may do: called back, and then not in the sample."""
        for before, after in pairwise(getattr(self, "states", [])):
            between = FOLLOWING[before]
            assert after in between or any(after in FOLLOWING[each] for each in between)

    @invariant()
    def three_people_had_a_hand_in_it(self):
        if not hasattr(self, "order"):
            return
        with protection.working("tests"):
            entries = list(OrderEntry.objects.order_by("number"))
        assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
        worked = {self.posts["taker"].account_id, self.posts["worker"].account_id}
        called = set()
        for entry in entries:
            if entry.kind == OrderEntryKind.CALLED:
                assert entry.account_id not in worked
                called.add(entry.account_id)
            if entry.kind == OrderEntryKind.CHECKED:
                assert entry.account_id not in worked | called
        if fresh(self.order).state == State.CLOSED:
            assert entries[-1].kind == OrderEntryKind.CLOSED
            assert fresh(self.order).call_back
            assert fresh(self.order).quality

    @invariant()
    def somebody_has_it_and_nobody_else_at_once(self):
        if not hasattr(self, "order"):
            return
        with protection.working("tests"):
            legs = legs_of(CaseEntry.objects.order_by("number"))
            handler = fresh(self.order).case.handler_id
        assert legs[-1].union_id == handler
        assert all(leg.until == after.since for leg, after in pairwise(legs))

    @invariant()
    def the_tied_see_nothing_of_it(self):
        if hasattr(self, "posts"):
            with protection.viewing(account=self.posts["tied"].account_id):
                for model in (WorkOrder, OrderEntry, Page):
                    assert not model.objects.exists()


@pytest.mark.django_db
def test_ends_of_orders():
    run_state_machine_as_test(
        Ends,
        settings=settings(
            max_examples=5,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
