"""Joining as a model: whatever people, officers, clocks and dissolutions do in whatever order,
nobody is in two unions, what was decided stays decided, and the figures equal a recount."""

import datetime as dt

import pytest
from django.db import transaction
from django.db.models import Count
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from niangjia.core.errors import DomainError
from niangjia.members import services
from niangjia.members.models import (
    Application,
    ApplicationStatus,
    Membership,
    MembershipStatus,
)
from niangjia.members.rules.applications import Answers
from niangjia.members.services.memberships import moving
from niangjia.members.tests.factories.joining import (
    MONDAY,
    make_applicant,
    make_chain,
    make_officer,
)
from niangjia.organisations import selectors as organisations
from niangjia.organisations.models import Union
from niangjia.organisations.tests.factories import make_union

REASON = "按模型测试的需要写满十个字的理由。"
PEOPLE, UNIONS = 3, 3
people = st.integers(0, PEOPLE - 1)
unions = st.integers(0, UNIONS - 1)
officers = st.integers(0, UNIONS + 2)


class Joining(RuleBasedStateMachine):
    """Three people, three grassroots unions below one county, officers at each level."""

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.savepoint()
        province, city, county, first = make_chain()
        self.unions = [first, *(make_union(parent=county) for _ in range(UNIONS - 1))]
        self.officers = [make_officer(each) for each in [*self.unions, county, city, province]]
        self.people = [make_applicant() for _ in range(PEOPLE)]
        self.all_unions = [province, city, county, *self.unions]
        self.now = MONDAY
        self.decided = {}

    def teardown(self):
        transaction.savepoint_rollback(self.savepoint)

    def attempt(self, work):
        """Do it, or be refused politely; a refusal changes nothing."""
        try:
            with transaction.atomic():
                work()
        except DomainError:
            return

    def latest(self, who):
        return (
            Application.objects.filter(account=self.people[who])
            .exclude(status=ApplicationStatus.DRAFT)
            .order_by("-id")
            .first()
        )

    def membership(self, who):
        return Membership.objects.filter(person=self.people[who].person).order_by("-id").first()

    @rule(hours=st.integers(1, 200))
    def time_passes(self, hours):
        self.now += dt.timedelta(hours=hours)

    @rule(who=people, where=unions, version=st.sampled_from([None, 0, 1, 2]))
    def type(self, who, where, version):
        self.attempt(
            lambda: services.save_draft(
                account=self.people[who],
                union=self.unions[where],
                answers={"job": "焊工"},
                version=version,
                now=self.now,
            )
        )

    @rule(who=people, where=unions)
    def submit(self, who, where):
        self.attempt(
            lambda: services.submit_application(
                account=self.people[who],
                union=self.unions[where],
                answers=Answers(job="焊工"),
                now=self.now,
            )
        )

    @rule(who=people)
    def withdraw(self, who):
        if application := self.latest(who):
            self.attempt(
                lambda: services.withdraw_application(
                    account=self.people[who], application=application, now=self.now
                )
            )

    @rule(who=people, officer=officers, verdict=st.sampled_from(["admitted", "refused"]))
    def decide(self, who, officer, verdict):
        if application := self.latest(who):
            self.attempt(
                lambda: services.decide_application(
                    by=self.officers[officer],
                    application=application,
                    verdict=verdict,
                    reason=REASON,
                    now=self.now,
                )
            )

    @rule(who=people)
    def ask_for_a_review(self, who):
        if application := self.latest(who):
            self.attempt(
                lambda: services.request_review(
                    account=self.people[who],
                    application=application,
                    statement="请再看看。",
                    now=self.now,
                )
            )

    @rule()
    def climb(self):
        services.escalate_late_applications(now=self.now)

    @rule(who=people, officer=officers, change=st.sampled_from(["reserve", "restore", "end"]))
    def change_membership(self, who, officer, change):
        if membership := self.membership(who):
            more = {} if change == "restore" else {"reason": REASON}
            function = getattr(services, f"{change}_membership")
            self.attempt(
                lambda: function(
                    by=self.officers[officer], membership=membership, now=self.now, **more
                )
            )

    @rule(who=people)
    def resign(self, who):
        self.attempt(lambda: services.resign(account=self.people[who], now=self.now))

    @rule(where=unions)
    def empty_a_union_that_is_to_be_dissolved(self, where):
        union = Union.objects.get(pk=self.unions[where].pk)
        services.hand_over_applications(union=union, now=self.now)
        services.hold_members(union=union, by_account_id=None, now=self.now)

    @invariant()
    def nobody_is_in_two_unions(self):
        live = Membership.objects.exclude(status=MembershipStatus.ENDED)
        for row in live.values("person").annotate(count=Count("id")):
            assert row["count"] == 1

    @invariant()
    def what_was_decided_stays_as_it_was(self):
        closed = Application.objects.filter(
            status__in=["admitted", "refused", "withdrawn"]
        ).values_list("pk", "status", "reason", "decided_at", "decided_by_account_id", "union_id")
        for pk, *rest in closed:
            assert self.decided.setdefault(pk, rest) == rest
        assert len(closed) == len(self.decided)

    @invariant()
    def the_figures_equal_a_recount(self):
        for union in self.all_unions:
            figures = organisations.figures(union)
            below = {"union__path__startswith": union.path}
            live = Membership.objects.filter(**below).exclude(status="ended")
            applied = Application.objects.filter(**below)
            assert figures.get("members", 0) == live.count()
            waiting = applied.filter(status="submitted").count()
            assert figures.get("applications:open", 0) == waiting
            decided = applied.filter(status__in=["admitted", "refused"]).count()
            assert figures.get("applications:decided", 0) == decided
            hours = {k: v for k, v in figures.items() if k.startswith("answer_hours:")}
            assert sum(hours.values()) == decided

    @invariant()
    def the_history_ends_where_the_membership_is(self):
        for membership in Membership.objects.all():
            last = membership.changes.order_by("id").last()
            assert (last.union_id, last.status) == (membership.union_id, membership.status)

    @invariant()
    def whoever_waits_has_a_promise_and_somebody_who_keeps_it(self):
        for application in Application.objects.filter(status="submitted"):
            assert application.due_at > application.submitted_at
            assert application.union.path.startswith(application.handled_by.path)
            assert application.steps.filter(union=application.handled_by).exists()


@pytest.mark.django_db
def test_joining():
    run_state_machine_as_test(
        Joining, settings=settings(max_examples=10, stateful_step_count=12, deadline=None)
    )


@pytest.mark.django_db
def test_control_without_counting_the_union_left_the_model_notices(monkeypatch):
    original = moving.organisations.count

    def forgets_who_was_left(*, union_id, metric, change):
        if not (metric == "members" and change < 0):
            original(union_id=union_id, metric=metric, change=change)

    class Forgetful:
        count = staticmethod(forgets_who_was_left)

    monkeypatch.setattr(moving, "organisations", Forgetful)
    model = Joining()
    for where in (0, 1):
        model.submit(who=0, where=where)
        model.decide(who=0, officer=where, verdict="admitted")
    with pytest.raises(AssertionError):
        model.the_figures_equal_a_recount()
    model.teardown()
