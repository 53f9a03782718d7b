"""From the end of a case to what people say about it, and back."""

import datetime as dt
import re

import pytest
from django.test import Client

from niangjia.cases import services
from niangjia.cases.models import Case, EntryKind
from niangjia.cases.rules import reading_limits
from niangjia.cases.rules.reading_limits import Limit
from niangjia.cases.selectors import owner_of_account
from niangjia.cases.tests.factories import (
    AID,
    COMPLAINT,
    end_step,
    fresh,
    make_case,
    make_officer,
    open_by,
    publish,
)
from niangjia.core import clock, outbox, protection
from niangjia.core.models import AuditEntry
from niangjia.feedback import services as feedback
from niangjia.feedback.models import CallBack, Invitation, RectificationOrder
from niangjia.members.models import Notice, TieKind
from niangjia.members.services.ties import declare_tie
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import officer_client
from niangjia.organisations.models import Employer

pytestmark = pytest.mark.django_db


def refuse(case, officer):
    end_step(case, officer, case.step, "refused")


def rate_badly(asked, **given):
    feedback.rate(
        invitation=asked,
        channel="in_app",
        level=1,
        words="没有人给我打过电话",
        now=clock.now(),
        **given,
    )


def invitation():
    with protection.working("test"):
        return Invitation.objects.get()


def test_a_finished_case_asks_to_be_rated_once(chain):
    account = make_person().account
    case = make_case(union=chain[3], account=account)
    officer = make_officer(chain[3])
    refuse(case, officer)
    asked = invitation()
    assert (asked.subject_id, asked.account, asked.rated) == (case.pk, account, officer.account)


@pytest.mark.parametrize("ends", ["by silence", "by the applicant"])
def test_whoever_did_the_work_is_rated_where_no_officer_closed_it(chain, ends):
    """Else nobody would be, and the one who did it could look into the rating of it."""
    account = make_person().account
    check, supplement, *others = AID["steps"]
    supplied = {**supplement["outcomes"][0], "next": "closed", "result": "resolved"}
    supplement = {**supplement, "outcomes": [supplied, supplement["outcomes"][1]]}
    publish(AID, key="test-short", steps=[check, supplement, *others])
    case = make_case(union=chain[3], account=account, document={**AID, "key": "test-short"})
    officer = make_officer(chain[3])
    end_step(case, officer, "check", "incomplete")
    if ends == "by silence":
        case = fresh(case)
        services.sweep(now=case.next_due_at + dt.timedelta(minutes=1))
    else:
        owner = owner_of_account(account.pk)
        services.answer_step(
            owner=owner, case_id=case.pk, step="supplement", outcome="supplied", now=clock.now()
        )
    assert fresh(case).state == "closed"
    assert invitation().rated == officer.account


def test_of_a_complaint_the_invitation_knows_nobody_and_the_applicant_has_the_link(chain):
    account = make_person().account
    employer = Employer.objects.create(name="义乌某某玩具有限公司", division=chain[3].division)
    case = make_case(union=chain[3], account=account, document=COMPLAINT, accused=employer)
    refuse(case, make_officer(chain[3]))
    asked = invitation()
    assert (asked.account, asked.person, asked.is_protected) == (None, None, True)
    assert asked.tied_employer_ids == [employer.pk]
    reading = services.read_own_case(owner=owner_of_account(account.pk), number=case.number)
    assert len(services.token_in(reading.case, [entry for entry, _ in reading.timeline])) > 20


@pytest.mark.parametrize("is_named", [True, False])
def test_the_rated_officer_finds_a_bad_rating_on_the_timeline_once_and_only_if_named(
    chain, is_named
):
    account = make_person().account
    case = make_case(union=chain[3], account=account)
    officer = make_officer(chain[3])
    refuse(case, officer)
    rate_badly(invitation(), is_named=is_named)
    outbox.deliver_pending()
    outbox.deliver_pending()
    with protection.working("test"):
        assert RectificationOrder.objects.count() == 1
    reading = services.read_case(
        by=officer.account, posts=[officer], number=case.number, now=clock.now()
    )
    kinds = [entry.kind for entry, _said in reading.timeline]
    assert kinds.count(EntryKind.REOPENED) == int(is_named)


def test_whoever_puts_it_right_is_led_to_the_case_where_they_may_see_it(chain):
    case = make_case(union=chain[3])
    refuse(case, make_officer(chain[3]))
    rate_badly(invitation())
    colleague = officer_client(make_officer(chain[3]))
    with protection.working("test"):
        number = RectificationOrder.objects.get().number

    def led_to():
        page = colleague.get(f"/desk/ratings/orders/{number}/").text
        shown = colleague.get(f"/api/v1/desk/orders/{number}").json()
        return f"/desk/cases/{case.number}/" in page, shown["subject"]

    assert led_to() == (True, {"kind": "case", "number": case.number})
    with protection.working("test"):
        Case.objects.filter(pk=case.pk).update(handler=chain[0], handler_path=chain[0].path)
    assert led_to() == (False, None)


def test_whoever_complained_is_called_back_though_the_invitation_knows_nobody(chain):
    """By what lies in the case: on record, and neither by whoever is rated nor by anybody tied."""
    account = make_person().account
    employer = Employer.objects.create(name="义乌某某玩具有限公司", division=chain[3].division)
    case = make_case(union=chain[3], account=account, document=COMPLAINT, accused=employer)
    rated, colleague, tied = (make_officer(chain[3]) for _number in range(3))
    refuse(case, rated)
    declare_tie(
        account=tied.account,
        employer=employer,
        kind=TieKind.FAMILY,
        by=tied.account,
        now=clock.now(),
    )
    rate_badly(invitation())
    with protection.working("test"):
        waiting = CallBack.objects.get()
    address = f"/desk/ratings/call-backs/{waiting.pk}/contact/"
    for post in (rated, tied):
        assert officer_client(post).post(address).status_code == 404
    assert str(account.phone) in officer_client(colleague).post(address).text
    seen = AuditEntry.objects.get(subject=f"case:{case.pk}", purpose="call-back")
    assert (seen.account_id, seen.union_id) == (colleague.account_id, chain[3].pk)


@pytest.mark.parametrize("document", [AID, COMPLAINT])
def test_whom_to_call_is_counted_among_the_cases_that_are_opened(chain, monkeypatch, document):
    """Also where the invitation knows them: else everybody who rated badly is read one by one."""
    monkeypatch.setattr(reading_limits, "LIMITS", (Limit(1, dt.timedelta(hours=1)),))
    employer = Employer.objects.create(name="义乌某某玩具有限公司", division=chain[3].division)
    accused = {"accused": employer} if document is COMPLAINT else {}
    officer, above = make_officer(chain[3]), make_officer(chain[2])
    desk = officer_client(make_officer(chain[3]))
    for _number in range(2):
        account = make_person().account
        case = make_case(union=chain[3], account=account, document=document, **accused)
        refuse(case, officer)
        with protection.working("test"):
            asked = Invitation.objects.get(subject_id=case.pk)
        rate_badly(asked)
    with protection.working("test"):
        waiting = list(CallBack.objects.all())
    addresses = [f"/desk/ratings/call-backs/{each.pk}/contact/" for each in waiting]
    assert [desk.post(address).status_code for address in addresses] == [200, 429]
    assert desk.post(addresses[0]).status_code == 200, "the same once more is none more"
    assert Notice.objects.filter(account=above.account, kind="desk.openings_stopped").exists()


@pytest.mark.parametrize("has_account", [True, False])
def test_from_a_bad_rating_to_the_last_word_of_whoever_complained(chain, has_account):
    """Verified, put right, told, reviewed above, rated again: each by whoever may, and whoever
    complained hears of it, or reads it by their receipt, though the invitation knows nobody."""
    account = make_person().account if has_account else None
    employer = Employer.objects.create(name="义乌某某玩具有限公司", division=chain[3].division)
    if account:
        case = make_case(union=chain[3], account=account, document=COMPLAINT, accused=employer)
        browser = Client()
        browser.force_login(account)
    else:
        receipt = open_by(union=chain[3], anonymous=True, document=COMPLAINT, accused=employer)
        case, browser = receipt.case, Client()
    refuse(case, make_officer(chain[3]))
    mends, reviews = make_officer(chain[3]), make_officer(chain[2])

    def page():
        outbox.deliver_pending()
        if account:
            return browser.get(f"/mine/cases/{case.number}/").text
        return browser.post("/services/receipt/", {"receipt": receipt.receipt}).text

    def rate(level):
        link = re.search(r'href="(/rate/[^"]+)"', page()).group(1)
        given = {"level": level, "words": "没有人给我打过电话", "contact": "13800000000"}
        assert browser.post(link, given).status_code == 302

    def news():
        return Notice.objects.filter(account=account, kind="case.news").count()

    rate(1)
    assert "正在整改" in page()
    with protection.working("test"):
        order = RectificationOrder.objects.get()
    before = news()
    for by, step in (
        *((mends, step) for step in ("verification", "rectification", "answer")),
        (reviews, "approval"),
    ):
        feedback.take_step(
            by=by,
            order=order,
            step=step,
            words="情况属实，已向本人道歉并重新办理",
            finding="founded" if step == "verification" else "",
            now=clock.now(),
        )
    assert "说说现在好了没有" in page()
    if account:
        assert news() == before + 2
        assert "现在好了没有" in browser.get("/mine/cases/").text
    rate(5)
    with protection.working("test"):
        order.refresh_from_db()
    assert (order.stage, order.outcome) == ("closed", "satisfied")
    assert "正在整改" not in page()
    assert "说说现在好了没有" not in page()


def test_a_receipt_leads_to_a_link_of_its_own_after_a_counter_has_made_another(chain):
    """The family's, of a service; the control is that the counter's link is dead from then on."""
    officer = make_officer(chain[3])
    case = make_case(union=chain[3], account=make_person().account)
    noted = services.note_death(
        by=officer, case_id=case.pk, goes_on=True, words="儿子电话告知", now=clock.now()
    )
    refuse(case, officer)
    sent, browser = {"receipt": noted.receipt}, Client()
    first = re.search(r'href="(/rate/[^"]+)"', browser.post("/services/receipt/", sent).text)[1]
    assert browser.get(first).status_code == 200
    other = make_officer(chain[3]).account
    shown = feedback.renew_link(by=other, invitation=invitation(), now=clock.now())
    assert browser.get(first).status_code == 404
    page = browser.post("/services/receipt/", sent).text
    assert "/rate/" not in page
    assert 'name="rate"' in page
    read = browser.post("/api/v1/receipts/reading", sent, content_type="application/json")
    assert read.json()["rating"]["token"] == ""
    leads = browser.post("/services/receipt/", {**sent, "rate": "1"})
    assert browser.get(leads["Location"]).status_code == 200
    assert browser.get(f"/rate/{shown}/").status_code == 404
    made = browser.post("/api/v1/receipts/rating-link", sent, content_type="application/json")
    assert browser.get(f"/rate/{made.json()['token']}/").status_code == 200


def test_whoever_stayed_unknown_is_asked_how_to_be_called(chain):
    employer = Employer.objects.create(name="义乌某某玩具有限公司", division=chain[3].division)
    opened = open_by(union=chain[3], anonymous=True, document=COMPLAINT, accused=employer)
    refuse(opened.case, make_officer(chain[3]))
    assert not feedback.can_be_called(invitation())
    rate_badly(invitation())
    with protection.working("test"):
        assert not CallBack.objects.exists()
