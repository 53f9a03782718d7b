"""Somebody may be in danger: the answers say so, and nobody waits for the queue."""

import datetime as dt

import pytest

from niangjia.cases import services
from niangjia.cases.models import CaseEntry
from niangjia.cases.tests.factories import (
    AID,
    end_step,
    fresh,
    make_case,
    make_officer,
    publish,
    text,
)
from niangjia.core import clock, protection
from niangjia.core.errors import Invalid
from niangjia.core.models import OutboxEvent
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import signed_in
from niangjia.members.tests.factories.joining import MONDAY, make_chain, make_membership

pytestmark = pytest.mark.django_db
WORDS = text("你的安全最要紧，马上打 120。", "Your safety comes first: call 120.")
SAFE_OR_NOT = {"when": "answers.income < 1", "words": WORDS}


@pytest.fixture(scope="module")
def made_chain(kept):
    made = make_chain()
    publish(AID, urgent=SAFE_OR_NOT)
    return made


def told():
    return set(Notice.objects.filter(kind="desk.case_urgent").values_list("account_id", flat=True))


def test_officers_are_told_at_once_and_the_first_step_is_due_the_same_day(chain):
    officer = make_officer(chain[3])
    case = make_case(union=chain[3], now=MONDAY, income=0)
    assert case.is_urgent
    assert case.next_due_at.astimezone(clock.CHINA).date() == MONDAY.date()
    assert told() == {officer.account_id}
    assert OutboxEvent.objects.get(type="cases.CaseOpened").payload["is_urgent"] is True


@pytest.mark.parametrize("answers", [{"income": 1200}, {}])
def test_other_answers_are_ordinary(chain, answers):
    make_officer(chain[3])
    case = make_case(union=chain[3], now=MONDAY, **answers)
    assert not case.is_urgent
    assert case.next_due_at - MONDAY > dt.timedelta(days=2)
    assert not told()


def test_a_condition_that_cannot_be_worked_out_is_not_published(chain):
    with pytest.raises(Invalid):
        publish(AID, key="test-other", urgent={**SAFE_OR_NOT, "when": "income <"})


def test_whoever_asks_reads_first_what_to_do_now(chain):
    worker = signed_in(make_membership(union=chain[3]).person.account)
    given = {"reason": "家里有人生病，收入不够", "income": "0"}
    page = worker.post("/services/test-aid/asking/", given, follow=True).text
    assert str(WORDS["zh"]) in page
    given["income"] = "1200"
    page = worker.post("/services/test-aid/asking/", given, follow=True).text
    assert str(WORDS["zh"]) not in page


def make_urgent(case, chain, now):
    by = make_officer(chain[1])
    return services.make_urgent(case_id=case.pk, by=by.account_id, union=chain[1], now=now)


def entries(case):
    with protection.working("test"):
        found = CaseEntry.objects.filter(case=case, facts__has_key="urgent")
        return [(entry.is_public, "due_at" in entry.facts) for entry in found]


def test_what_is_found_out_later_is_due_the_same_day_and_told_once(chain):
    officer = make_officer(chain[3])
    case = make_case(union=chain[3], now=MONDAY)
    for _twice in range(2):
        urgent = make_urgent(case, chain, MONDAY + dt.timedelta(hours=1))
    assert urgent.next_due_at.astimezone(clock.CHINA).date() == MONDAY.date()
    assert [notice.account for notice in Notice.objects.filter(kind="desk.case_urgent")] == [
        officer.account
    ]
    assert entries(case) == [(True, True)]


def test_the_applicant_keeps_the_days_of_their_own_step(chain):
    """Silence would close it at midnight."""
    case = make_case(union=chain[3], now=MONDAY)
    end_step(case, make_officer(chain[3]), "check", "incomplete", now=MONDAY)
    before = fresh(case).next_due_at
    urgent = make_urgent(case, chain, MONDAY)
    assert (urgent.is_urgent, urgent.next_due_at) == (True, before)
    assert entries(case) == [(True, False)]


def test_a_clock_that_stands_still_goes_on(chain):
    case = make_case(union=chain[3], now=MONDAY)
    services.pause_case(
        by=make_officer(chain[3]),
        case_id=case.pk,
        until=(MONDAY + dt.timedelta(days=10)).date(),
        reason="等待单位提供工资支付记录",
        now=MONDAY,
    )
    urgent = make_urgent(case, chain, MONDAY + dt.timedelta(hours=1))
    assert (urgent.state, urgent.next_due_at.astimezone(clock.CHINA).date()) == (
        "open",
        MONDAY.date(),
    )
