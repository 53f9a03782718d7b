"""Whatever anybody tries in whatever order: the rated officer never has a hand in an order, no
officer closes one, and nothing protected is seen by the tied."""

import datetime as dt
from contextlib import suppress

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

from niangjia.core import clock, protection
from niangjia.core.errors import DomainError
from niangjia.feedback import selectors, services
from niangjia.feedback.models import OrderStep, Outcome, RectificationOrder, Stage
from niangjia.feedback.rules.orders import STEPS
from niangjia.feedback.tests.factories import make_case_officer, make_office, make_order, rate, take
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_division

WHO = st.sampled_from(["rated", "colleague", "county", "city", "province", "tied"])


class Lives(RuleBasedStateMachine):
    """One order's life under random hands; `is_protected` accuses the very union's employer."""

    @initialize(is_protected=st.booleans())
    def begin(self, is_protected):
        self.point = transaction.savepoint()
        self.now = clock.now()
        self.office = make_office()
        employer = Employer.objects.create(name="某某公司", division=make_division())
        self.office.union.employers.add(employer)
        names = ("rated", "colleague", "county", "city", "province")
        self.posts = {name: getattr(self.office, name) for name in names}
        self.posts["tied"] = make_case_officer(
            self.office.province.union, account=self.office.colleague.account
        )
        make_order(self.office, is_protected=is_protected, tied_employer_ids=[employer.pk])
        self.rated_well = self.ran_out = False

    def teardown(self):
        if hasattr(self, "point"):
            transaction.savepoint_rollback(self.point)

    def order(self):
        with protection.working("tests"):
            return RectificationOrder.objects.get()

    @rule(who=WHO, step=st.sampled_from(sorted(STEPS)))
    def step(self, who, step):
        with suppress(DomainError):
            take(self.posts[who], self.order(), step, now=self.now)

    @rule(who=WHO)
    def next_step(self, who):
        """The step that fits, so that lives go far."""
        order = self.order()
        for name, step in STEPS.items():
            if step.at == order.stage and name != "return":
                self.step(who, name)

    @rule(level=st.integers(1, 5))
    def rate_again(self, level):
        order = self.order()
        with protection.working("tests"):
            newest = selectors.find_latest_invitation(order.subject_kind, order.subject_id)
        with suppress(DomainError):
            rate(newest, level=level, now=self.now)
            self.rated_well = self.rated_well or level > 2

    @rule(days=st.integers(1, 40))
    def time_passes(self, days):
        self.now += dt.timedelta(days=days)
        services.remind_of_orders(now=self.now)
        services.escalate_late_orders(now=self.now)
        self.ran_out = bool(services.close_unanswered(now=self.now)) or self.ran_out

    @invariant()
    def the_rated_officer_had_no_hand_in_it(self):
        if hasattr(self, "posts"):
            with protection.working("tests"):
                by = set(OrderStep.objects.values_list("by_account_id", flat=True))
            assert self.posts["rated"].account_id not in by

    @invariant()
    def only_the_person_or_time_closed_it(self):
        if hasattr(self, "posts"):
            order = self.order()
            assert (order.stage == Stage.CLOSED) == bool(order.outcome)
            assert order.outcome != Outcome.SATISFIED or self.rated_well
            assert order.outcome != Outcome.NOT_RATED or self.ran_out

    @invariant()
    def the_tied_see_nothing_protected(self):
        if hasattr(self, "posts") and self.order().is_protected:
            post = self.posts["tied"]
            with protection.viewing(account=post.account_id):
                assert not RectificationOrder.objects.exists()
                assert not OrderStep.objects.exists()
            assert selectors.count_orders(post.account, [post], self.now).running == 0

    @invariant()
    def nobody_reviewed_their_own_work(self):
        if hasattr(self, "posts"):
            with protection.working("tests"):
                rows = list(OrderStep.objects.order_by("id").values_list("kind", "by_account_id"))
            made = set()
            for kind, by in rows:
                if kind in ("opened", "reopened", "escalated"):
                    made = set()
                elif kind in ("verified", "rectified", "told"):
                    made.add(by)
                elif kind in ("passed", "sent_back"):
                    assert by not in made


@pytest.mark.django_db
def test_lives_of_orders():
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=6,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
