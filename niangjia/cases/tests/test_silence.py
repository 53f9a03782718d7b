"""What silence decides: the clock says so when the term is over, and nobody before."""

import datetime as dt
import json

import pytest

from niangjia.cases import services
from niangjia.cases.models import State
from niangjia.cases.selectors import owner_of_account
from niangjia.cases.tests.factories import end_step, fresh, make_case, make_officer
from niangjia.core import clock
from niangjia.core.errors import Invalid
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post, officer_client

pytestmark = pytest.mark.django_db
OBJECTED = "邻居反映他家另有住房，请再核实。"


def on_notice(chain):
    case = make_case(union=chain[3])
    for union, step, outcome in ((chain[3], "check", "passed"), (chain[2], "decide", "granted")):
        end_step(case, make_officer(union), step, outcome, words="")
    return fresh(case)


def test_no_officer_says_on_the_first_day_that_nobody_objected(chain):
    case, officer = on_notice(chain), make_officer(chain[2])
    at_notice = {"by": officer, "case_id": case.pk, "step": "notice", "now": clock.now()}
    with pytest.raises(Invalid) as refusal:
        services.take_step(outcome="unopposed", **at_notice)
    assert (refusal.value.code, list(refusal.value.fields)) == ("not-yet", ["outcome"])
    assert fresh(case).step == "notice"
    # Somebody did object: that an officer says at once.
    services.take_step(outcome="opposed", words=OBJECTED, **at_notice)
    assert fresh(case).step == "decide"


def test_when_the_term_is_over_the_clock_says_it(chain):
    case = on_notice(chain)
    services.sweep(now=case.next_due_at + dt.timedelta(minutes=1))
    assert (fresh(case).state, fresh(case).result) == (State.CLOSED, "granted")


def test_no_applicant_says_that_they_said_nothing(chain):
    account = make_person().account
    case = make_case(union=chain[3], account=account)
    end_step(case, make_officer(chain[3]), "check", "incomplete")
    mine = {"owner": owner_of_account(account.pk), "case_id": case.pk, "step": "supplement"}
    with pytest.raises(Invalid) as refusal:
        services.answer_step(outcome="silent", now=clock.now(), **mine)
    assert refusal.value.code == "not-yet"
    services.answer_step(outcome="supplied", now=clock.now(), **mine)
    assert fresh(case).step == "check"


def test_it_is_offered_neither_on_the_page_nor_by_the_api(chain):
    case = on_notice(chain)
    desk = officer_client(make_post(union=chain[2], account=make_person().account))
    page = desk.get(f"/desk/cases/{case.number}/").content.decode()
    assert 'value="opposed"' in page
    assert 'value="unopposed"' not in page
    there = f"/api/v1/desk/cases/{case.number}"
    read = desk.post(f"{there}/reading", "{}", content_type="application/json").json()
    assert [each["key"] for each in read["outcomes"]] == ["opposed"]
    body = json.dumps({"step": "notice", "outcome": "unopposed"})
    refused = desk.post(f"{there}/steps", body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "not-yet")
