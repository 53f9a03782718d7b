"""Whoever has nothing but a receipt hears by text message that there is news, if they agree."""

import datetime as dt

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.cases import services
from niangjia.cases.models import Case
from niangjia.cases.rules.texting import moment_of
from niangjia.cases.services import texting
from niangjia.cases.services.timeline import told_in
from niangjia.cases.tests.factories import COMPLAINT, fresh, make_officer, open_by, publish
from niangjia.core import clock, protection
from niangjia.core.errors import Invalid, Unavailable
from niangjia.members.tests.factories.desk import officer_client
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_division

pytestmark = pytest.mark.django_db
PHONE = "+8613917283746"
NOON = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)


class Sms:
    """Messages that went out; away when told so."""

    def __init__(self):
        self.sent, self.is_away = [], False

    def send(self, **message):
        if self.is_away:
            raise Unavailable("away")
        self.sent.append(message)


@pytest.fixture
def sms(monkeypatch):
    made = Sms()
    monkeypatch.setattr(texting.sms, "client", lambda: made)
    monkeypatch.setattr(texting.sms, "can_send", lambda: True)
    return made


@pytest.fixture
def offered(chain):
    publish(COMPLAINT)
    return chain


def complain(at):
    employer = Employer.objects.create(name="某某公司", division=at.division)
    return open_by(union=at, document=COMPLAINT, accused=employer, anonymous=True)


def agree(opened, phone=PHONE):
    page = Client().post("/services/receipt/", {"receipt": opened.receipt, "texts-phone": phone})
    assert page.status_code == 200, page.text
    return page.text


def planned():
    return list(ProcrastinateJob.objects.filter(task_name=texting.TEXT).order_by("id"))


def say(case, officer, words="我们已经联系用人单位", *, now=NOON):
    services.write_note(by=officer, case_id=case.pk, words=words, to_applicant=True, now=now)


@pytest.mark.parametrize(
    ("now", "last", "at"),
    [
        ((23, 12, 0), None, (23, 12, 5)),
        ((23, 12, 0), (23, 11, 0), (24, 11, 0)),
        ((23, 12, 0), (20, 11, 0), (23, 12, 5)),
        ((23, 20, 54), None, (23, 20, 59)),
        ((23, 20, 55), None, (24, 8, 0)),
        ((23, 3, 0), None, (23, 8, 0)),
        ((30, 23, 0), None, (31, 8, 0)),
    ],
)
def test_one_message_in_a_day_and_none_at_night(now, last, at):
    made = [each and dt.datetime(2026, 10, *each, tzinfo=clock.CHINA) for each in (now, last, at)]
    assert moment_of(made[0], made[1]) == made[2]


def test_who_agrees_hears_that_there_is_news_and_nothing_else(offered, sms):
    opened, officer = complain(offered[3]), make_officer(offered[3])
    assert "139****3746" in agree(opened)
    say(opened.case, officer)
    say(opened.case, officer, "明天上门")
    (job,) = planned()
    assert (job.args, job.scheduled_at) == (
        {"case_id": str(opened.case.pk)},
        NOON + dt.timedelta(minutes=5),
    )
    sms.is_away = True
    with pytest.raises(Unavailable):
        services.text_news(case_id=opened.case.pk)
    sms.is_away = False
    assert services.text_news(case_id=opened.case.pk)
    (message,) = sms.sent
    assert (message["phone"], message["template"], message["code"]) == (PHONE, "case_news", "")
    # The next on another day, when there is news again.
    say(opened.case, officer, "单位答应付款", now=NOON + dt.timedelta(hours=3))
    assert planned()[-1].scheduled_at == NOON + dt.timedelta(days=1, minutes=5)
    # No officer is shown where it went.
    desk = officer_client(officer).get(f"/desk/cases/{opened.case.number}/").text
    assert "单位答应付款" in desk
    assert "3746" not in desk


def test_who_agrees_no_longer_or_never_did_hears_nothing(offered, sms):
    opened, officer = complain(offered[3]), make_officer(offered[3])
    say(opened.case, officer)
    assert planned() == []
    agree(opened)
    say(opened.case, officer, "明天上门")
    assert "139****3746" not in agree(opened, "")
    assert not services.text_news(case_id=opened.case.pk)
    assert sms.sent == []


def test_the_form_asks_and_the_receipt_says_what_comes(offered, sms):
    offered[2].division = make_division("义乌市", code="330782")
    offered[2].save()
    browser, there = Client(), "/services/test-complaint/asking/"
    browser.cookies["place"] = "330782"
    sent = {"matter": "三个月没有发工资了", "about-employer": "义乌某某玩具有限公司"}
    wrong = browser.post(there, {**sent, "reach-may_text": "on"})
    assert wrong.status_code == 422
    assert "短信发到哪个号码" in wrong.text
    page = browser.post(there, {**sent, "reach-may_text": "on", "reach-phone": PHONE}).text
    assert "139****3746" in page
    with protection.working("test"):
        assert told_in(Case.objects.get())[texting.TO] == PHONE
    silent = browser.post(there, {**sent, "reach-phone": PHONE}).text
    assert "没有人能主动联系你" in silent


def test_the_api_takes_the_same(offered, sms, client):
    def post(where, body):
        return client.post(f"/api/v1/{where}", body, content_type="application/json")

    sent = {
        "union": offered[3].number,
        "answers": {"matter": "三个月没有发工资了"},
        "employer": "某某公司",
    }
    unknown = "services/test-complaint/receipts"
    made = post(unknown, {**sent, "phone": "139 1728 3746", "may_text": True})
    assert made.status_code == 201, made.content
    receipt = made.json()["receipt"]
    with protection.working("test"):
        assert told_in(Case.objects.get())[texting.TO] == PHONE
    refused = post("receipts/texts", {"receipt": receipt, "phone": "12345"})
    assert (refused.status_code, "phone" in refused.text) == (422, True)
    assert post("receipts/texts", {"receipt": receipt}).status_code == 200
    with protection.working("test"):
        assert texting.TO not in told_in(Case.objects.get())
    assert post(unknown, {**sent, "may_text": True}).status_code == 422


def test_what_goes_on_as_the_familys_sends_nothing_to_the_dead(offered, sms):
    opened, officer = complain(offered[3]), make_officer(offered[3])
    agree(opened)
    services.note_death(
        by=officer, case_id=opened.case.pk, goes_on=True, words="其妻来电告知", now=NOON
    )
    with protection.working("test"):
        assert texting.TO not in told_in(fresh(opened.case))
    say(opened.case, officer)
    assert planned() == []


def test_a_number_that_is_none_is_said_beside_it(offered, sms):
    opened = complain(offered[3])
    sent = {"receipt": opened.receipt, "texts-phone": "12345"}
    page = Client().post("/services/receipt/", sent)
    assert page.status_code == 422
    assert 'value="12345"' in page.text


def test_a_node_that_sends_no_messages_offers_none(offered, sms, monkeypatch):
    monkeypatch.setattr(texting.sms, "can_send", lambda: False)
    opened = complain(offered[3])
    page = Client().post("/services/receipt/", {"receipt": opened.receipt}).text
    assert "texts-phone" not in page
    assert "may_text" not in Client().get("/services/test-complaint/asking/").text
    with pytest.raises(Invalid):
        services.set_texts(
            owner=bytes(fresh(opened.case).owner_digest), case_id=opened.case.pk, phone=PHONE
        )
