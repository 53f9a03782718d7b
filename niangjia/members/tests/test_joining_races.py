"""Two at once. Each guard has a control that shows what happens without it."""

import contextlib
import itertools
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from niangjia.core.errors import DomainError
from niangjia.core.tests.races import at_once
from niangjia.members import services
from niangjia.members.models import Application, Membership, Notice
from niangjia.members.services.applications import drafts, steps
from niangjia.members.services.memberships import moving, recording
from niangjia.members.tests.factories.joining import (
    MONDAY,
    make_applicant,
    make_application,
    make_chain,
    make_officer,
)
from niangjia.organisations import selectors as organisations
from niangjia.organisations.tests.factories import make_union
from tests.database import own_name, owners_connection

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "你的单位已有工会，请向单位工会申请。"


#: However busy the machine is, both get there when nothing holds one of them up.
PATIENCE_SECONDS = 60


class Meeting:
    """Holds the first two who read a row until both have read it: the worst moment there is. Where
    a lock keeps the second away, the first goes on alone after `seconds`."""

    def __init__(self, function: Callable[..., Any], seconds: float = 0.5) -> None:
        self.function, self.seconds = function, seconds
        self.barrier, self.calls = threading.Barrier(2), itertools.count()

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        answer = self.function(*arguments, **keywords)
        if next(self.calls) < 2:
            with contextlib.suppress(threading.BrokenBarrierError):
                self.barrier.wait(timeout=self.seconds)
        return answer


def without_lock(pk):
    """`steps.lock_application` without its lock."""
    return Application.objects.select_related("account", "person", "union", "handled_by").get(pk=pk)


def decide(post, application, verdict, reason=""):
    return lambda: services.decide_application(
        by=post, application=application, verdict=verdict, reason=reason, now=MONDAY
    )


def test_two_officers_decide_at_once_and_one_answer_stands(monkeypatch):
    monkeypatch.setattr(steps, "lock_application", Meeting(steps.lock_application))
    union = make_union()
    application = make_application(union=union)
    one, other = make_officer(union), make_officer(union)
    answers = at_once(
        decide(one, application, "admitted"), decide(other, application, "refused", REASON)
    )
    codes = [answer.code for answer in answers if isinstance(answer, DomainError)]
    assert codes == ["already-decided"]
    application.refresh_from_db()
    assert Membership.objects.count() == (application.status == "admitted")
    assert organisations.figures(union)["applications:decided"] == 1
    answered = ["application.admitted", "application.refused"]
    assert Notice.objects.filter(kind__in=answered).count() == 1


def test_control_without_the_lock_both_answers_are_given(monkeypatch):
    monkeypatch.setattr(steps, "lock_application", Meeting(without_lock, PATIENCE_SECONDS))
    union = make_union()
    application = make_application(union=union)
    one, other = make_officer(union), make_officer(union)
    answers = at_once(
        decide(one, application, "admitted"), decide(other, application, "refused", REASON)
    )
    assert not any(isinstance(answer, DomainError) for answer in answers)
    assert organisations.figures(union)["applications:decided"] == 2


def test_withdrawing_while_an_officer_admits_has_one_outcome(monkeypatch):
    monkeypatch.setattr(steps, "lock_application", Meeting(steps.lock_application))
    union = make_union()
    application = make_application(union=union)
    answers = at_once(
        decide(make_officer(union), application, "admitted"),
        lambda: services.withdraw_application(
            account=application.account, application=application, now=MONDAY
        ),
    )
    assert sum(isinstance(answer, DomainError) for answer in answers) == 1
    application.refresh_from_db()
    assert application.status in {"admitted", "withdrawn"}
    assert Membership.objects.count() == (application.status == "admitted")
    assert organisations.figures(union).get("applications:open", 0) == 0


def test_control_without_the_lock_somebody_withdrawn_becomes_a_member(monkeypatch):
    monkeypatch.setattr(steps, "lock_application", Meeting(without_lock, PATIENCE_SECONDS))
    union = make_union()
    application = make_application(union=union)
    answers = at_once(
        decide(make_officer(union), application, "admitted"),
        lambda: services.withdraw_application(
            account=application.account, application=application, now=MONDAY
        ),
    )
    assert not any(isinstance(answer, DomainError) for answer in answers)
    assert organisations.figures(union)["applications:open"] == -1


def test_submitting_twice_at_once_gives_one_application(monkeypatch):
    monkeypatch.setattr(drafts, "find_open", Meeting(drafts.find_open))
    union, account = make_union(), make_applicant()
    press = lambda: make_application(union=union, account=account)  # noqa: E731
    one, other = at_once(press, press)
    assert one.pk == other.pk
    assert Application.objects.count() == 1
    assert organisations.figures(union)["applications:open"] == 1


def test_control_without_the_lock_the_constraint_still_refuses(monkeypatch):
    monkeypatch.setattr(drafts, "find_open", Meeting(drafts.find_open, PATIENCE_SECONDS))
    monkeypatch.setattr(steps, "lock_account", lambda account: account)
    union, account = make_union(), make_applicant()
    press = lambda: make_application(union=union, account=account)  # noqa: E731
    answers = at_once(press, press)
    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 1
    assert Application.objects.count() == 1


def place(person, union):
    return lambda: services.place_member(
        person=person, union=union, employer_name="", job="", by_account_id=None, now=MONDAY
    )


def test_two_unions_admit_one_person_at_once_and_they_are_in_one(monkeypatch):
    monkeypatch.setattr(moving, "lock_live", Meeting(recording.lock_live))
    person, here, there = make_applicant().person, make_union(), make_union()
    answers = at_once(place(person, here), place(person, there))
    assert not any(isinstance(answer, Exception) for answer in answers)
    membership = Membership.objects.get(person=person)
    assert [change.kind for change in membership.changes.order_by("id")] == [
        "admitted",
        "transferred",
    ]
    members = {union.pk: organisations.figures(union).get("members", 0) for union in (here, there)}
    assert members == {union.pk: int(membership.union_id == union.pk) for union in (here, there)}


def test_control_without_lock_and_constraint_they_are_in_two(monkeypatch):
    def unlocked(person):
        return Membership.objects.filter(person=person).exclude(status="ended").first()

    monkeypatch.setattr(moving, "lock_live", Meeting(unlocked, PATIENCE_SECONDS))
    person, here, there = make_applicant().person, make_union(), make_union()
    with owners_connection(own_name()) as owner:
        owner.execute("DROP INDEX membership_in_one_union_only")
    at_once(place(person, here), place(person, there))
    assert Membership.objects.filter(person=person).count() == 2


def test_control_the_constraint_alone_refuses_the_second_union():
    person = make_applicant().person
    place(person, make_union())()
    membership = Membership.objects.get()
    membership.pk, membership.number, membership.union = None, "1" * 16, make_union()
    membership._state.adding = True
    with pytest.raises(IntegrityError, match="membership_in_one_union_only"), transaction.atomic():
        membership.save(force_insert=True)


def test_two_workers_escalate_at_once_and_it_climbs_once():
    *_above, county, union = make_chain()
    application = make_application(union=union, now=MONDAY)
    late = MONDAY.replace(year=2027)
    run = lambda: services.escalate_late_applications(now=late)  # noqa: E731
    assert sorted(at_once(run, run)) == [0, 1]
    application.refresh_from_db()
    assert application.handled_by == county
    assert application.steps.filter(kind="escalated").count() == 1
