"""Members of a group who have nothing but a receipt hear by text message that there is news."""

import datetime as dt

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.cases import services
from niangjia.cases.models import Case, GroupMember
from niangjia.cases.selectors import owner_of_account, owner_of_receipt
from niangjia.cases.services import groups, texting_members
from niangjia.cases.services.contacts import contact_of
from niangjia.cases.services.timeline import told_in
from niangjia.cases.tests.factories import COMPLAINT, fresh, make_case, make_officer
from niangjia.cases.tests.test_texting import NOON, PHONE, Sms
from niangjia.core import protection
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import officer_client
from niangjia.organisations.models import Employer

pytestmark = pytest.mark.django_db
JOIN, BY_RECEIPT = "/mine/cases/groups/join/", "/mine/cases/groups/receipt/"
OTHER = "+8613912345678"


@pytest.fixture
def sms(monkeypatch):
    made = Sms()
    monkeypatch.setattr(texting_members.sms, "client", lambda: made)
    monkeypatch.setattr(texting_members.sms, "can_send", lambda: True)
    return made


@pytest.fixture
def case(chain):
    employer = Employer.objects.create(name="某某公司", division=chain[2].division)
    account = make_person().account
    made = make_case(
        union=chain[2], account=account, document=COMPLAINT, accused=employer, now=NOON
    )
    made.first = owner_of_account(account.pk)
    groups.open_own_group(owner=made.first, case_id=made.pk, now=NOON)
    made.code = groups.read_part(owner=made.first, number=made.number).code
    return made


def join(case, number=1, *, may_text=True, phone=PHONE):
    return groups.join_group(
        code=case.code,
        account=None,
        name=f"工友{number}号",
        phone=phone,
        may_text=may_text,
        now=NOON,
    )


def planned():
    return list(ProcrastinateJob.objects.filter(task_name=texting_members.TEXT).order_by("id"))


def say(case, chain, *, now=NOON):
    services.write_note(
        by=make_officer(chain[2]), case_id=case.pk, words="已经联系单位", to_applicant=True, now=now
    )


def send(job):
    return services.text_member(member_id=job.args["member_id"])


def test_whoever_agreed_when_joining_hears_once_a_day_and_nobody_else(case, chain, sms):
    joined = join(case)
    join(case, 2, may_text=False, phone=OTHER)
    say(case, chain)
    say(case, chain)
    (job,) = planned()
    assert job.args == {"member_id": str(joined.member.pk)}
    assert job.scheduled_at == NOON + dt.timedelta(minutes=5)
    assert send(job)
    (message,) = sms.sent
    assert (message["phone"], message["template"], message["code"]) == (PHONE, "case_news", "")
    say(case, chain, now=NOON + dt.timedelta(hours=3))
    assert planned()[-1].scheduled_at == NOON + dt.timedelta(days=1, minutes=5)


def test_it_is_set_changed_and_ended_with_the_receipt_and_no_officer_sees_it(case, chain, sms):
    joined = join(case, may_text=False, phone="13800000001")
    by_receipt = {"receipt": joined.receipt}
    assert "texts-phone" in Client().post(BY_RECEIPT, by_receipt).text
    wrong = Client().post(BY_RECEIPT, {**by_receipt, "texts-phone": "12345"})
    assert (wrong.status_code, 'value="12345"' in wrong.text) == (422, True)
    assert "139****3746" in Client().post(BY_RECEIPT, {**by_receipt, "texts-phone": PHONE}).text
    desk = officer_client(make_officer(chain[2]))
    page = desk.get(f"/desk/cases/{case.number}/group/").text
    assert "13800000001" in page
    assert "3746" not in page
    say(case, chain)
    (job,) = planned()
    assert "139****" not in Client().post(BY_RECEIPT, {**by_receipt, "texts-phone": ""}).text
    assert not send(job)
    assert sms.sent == []


def test_the_form_asks_who_has_no_account_and_says_what_comes(case, sms, monkeypatch):
    sent = {"code": case.code, "name": "工友一号", "phone": PHONE}
    assert "may_text" in Client().get(JOIN).text
    assert "139****3746" in Client().post(JOIN, {**sent, "may_text": "on"}).text
    silent = Client().post(JOIN, {**sent, "phone": OTHER}).text
    assert "没有人能主动联系你" in silent
    monkeypatch.setattr(texting_members.sms, "can_send", lambda: False)
    assert "may_text" not in Client().get(JOIN).text


def test_the_api_takes_the_same(case, sms, client):
    def post(where, body):
        there = f"/api/v1/receipts/groups{where}"
        return client.post(there, body, content_type="application/json")

    sent = {"code": case.code, "name": "工友一号", "phone": PHONE, "may_text": True}
    made = post("", sent)
    assert (made.status_code, made.json()["texts_to"]) == (201, "139****3746")
    receipt = {"receipt": made.json()["receipt"]}
    refused = post("/texts", {**receipt, "phone": "12345"})
    assert (refused.status_code, "phone" in refused.text) == (422, True)
    assert post("/texts", {**receipt, "phone": OTHER}).json()["texts_to"] == "139****5678"
    assert post("/texts", receipt).json()["texts_to"] == ""


def test_the_number_is_forgotten_when_they_leave(case, chain, sms):
    joined = join(case)
    say(case, chain)
    groups.leave_group(owner=owner_of_receipt(joined.receipt), case_id=case.pk, now=NOON)
    with protection.working("test"):
        member = GroupMember.objects.select_related("case").get(pk=joined.member.pk)
        assert contact_of(member.case, member).news_to == ""
    assert not send(*planned())


def test_the_case_that_becomes_theirs_goes_on_telling_whoever_agreed(case, chain, sms):
    joined = join(case)
    owner = owner_of_receipt(joined.receipt)
    say(case, chain)
    groups.leave_group(owner=case.first, case_id=case.pk, now=NOON)
    with protection.working("test"):
        assert told_in(fresh(case))["news_to"] == PHONE
    assert send(*planned())
    assert groups.read_part(owner=owner, number=case.number).news_to == PHONE
    # From now on it stands in one place only.
    groups.set_member_texts(owner=owner, case_id=case.pk, phone="")
    with protection.working("test"):
        assert "news_to" not in told_in(Case.objects.get(pk=case.pk))
    assert not send(*planned())
