"""Promises 3, 4 and 5: who complains, and what they say, stands nowhere in a copy of the node.

Canaries are planted by the ways there are, the matter goes through everything that can happen to
it, and then every row of every table and every line of the logs is searched, as the owner.
"""

import base64
import datetime as dt
import logging
import re
import zlib

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from niangjia.cases import services
from niangjia.cases.models import Case
from niangjia.cases.selectors import access_offered, owner_of_account
from niangjia.cases.services import Asking, Matter
from niangjia.cases.tests import dumps
from niangjia.cases.tests.factories import AID, COMPLAINT, end_step, fresh, make_officer, publish
from niangjia.core import audit, clock, protection
from niangjia.core.models import OutboxEvent
from niangjia.core.outbox import delivery
from niangjia.members.models import Notice, Person, Role
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import officer_client, signed_in
from niangjia.members.tests.factories.joining import make_chain, make_membership
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_division, make_union

pytestmark = pytest.mark.django_db(transaction=True)

NAME, PHONE = "欧阳金丝雀", "+8613917283746"
IDENTITY = "110101199003071234"
SAID = "车间主任金丝雀式羞辱并扣押身份证"
ADDED, NOTED, STEPPED = "补充金丝雀证词一条", "内部金丝雀备注两句", "办结金丝雀意见三行并已告知本人"
TYPED = "草稿金丝雀半句话"
ADDRESS, BROWSER = "198.51.100.237", "CanaryBrowser/7.31 (unmistakable)"
WORDS = (NAME, PHONE, PHONE[3:], IDENTITY, SAID, ADDED, NOTED, STEPPED, TYPED)


@pytest.fixture
def place():
    """A county with a union, services and somebody to handle cases."""
    chain = make_chain()
    chain[2].division = make_division("义乌市", code="330782")
    chain[2].save()
    publish(AID)
    publish(COMPLAINT, suspension={"allowed": True, "most_days": 30})
    return chain


@pytest.fixture
def logs(caplog):
    caplog.set_level(logging.DEBUG)
    return caplog


def work_on(case, chain):
    """Everything officers do with a case, until it is finished; and all news is delivered."""
    case, now = fresh(case), clock.now()
    chair, upper = make_officer(case.handler), make_officer(chain[1])
    desk = officer_client(chair)
    address = f"/desk/cases/{case.number}/"
    assert desk.get(address).status_code == 200
    assert desk.get("/desk/cases/").status_code == 200
    for words, to_applicant in ((NOTED, ""), (ADDED, "on")):
        sent = {"words": words, "to_applicant": to_applicant}
        assert desk.post(f"{address}notes/", sent).status_code == 302
    services.assign_case(by=chair, case_id=case.pk, to=chair.account, now=now)
    services.pause_case(
        by=chair,
        case_id=case.pk,
        until=clock.today() + dt.timedelta(days=7),
        reason=f"{SAID}，等待调查",
        now=now,
    )
    services.resume_case(by=chair, case_id=case.pk, now=now)
    services.sweep(now=fresh(case).next_due_at)
    other = make_union("邻近镇总工会", parent=chain[2])
    sent_by = upper if case.handler_id != chain[1].pk else make_officer(chain[0])
    services.transfer_case(
        by=sent_by, case_id=case.pk, to=other, reason=f"{ADDED}，请就近核实", now=now
    )
    asker = make_officer(make_union("外县总工会", parent=chain[1]), Role.CASE_OFFICER)
    grant = services.ask_emergency_access(
        by=asker.account, number=case.number, reason=f"{SAID}，人身安全", now=now
    )
    services.decide_emergency_access(by=sent_by.account, grant_id=grant.pk, granted=True, now=now)
    wrong = desk.post(f"{address}steps/", {"step": "nowhere", "outcome": "x", "words": STEPPED})
    assert wrong.status_code in (404, 422)
    end_step(case, make_officer(other), "look", "refused", words=STEPPED, now=now)
    delivery.deliver_pending()
    assert fresh(case).state == "closed"


def test_an_unknown_complainant_is_nowhere(place, owner, logs):
    browser = Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=BROWSER, HTTP_X_FORWARDED_FOR=ADDRESS)
    browser.cookies["place"] = "330782"
    told = {
        "matter": f"{SAID}，我叫{NAME}，身份证{IDENTITY}",
        "about-employer": "义乌某某玩具有限公司",
        "reach-phone": PHONE[3:],
    }
    refused = browser.post("/services/test-complaint/asking/", {**told, "about-employer": ""})
    assert refused.status_code == 422
    answer = browser.post("/services/test-complaint/asking/", told)
    receipt = re.search(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){7}", answer.content.decode())[0]
    added = browser.post("/services/receipt/", {"receipt": receipt, "words": ADDED})
    assert ADDED in added.content.decode()
    assert browser.post("/services/receipt/", {"receipt": "ABCD"}).status_code == 422
    with protection.working("test"):
        case = Case.objects.get()
    work_on(case, place)
    assert browser.post("/services/receipt/", {"receipt": receipt}).status_code == 200
    plain = receipt.replace("-", "")
    for canary in (*WORDS, ADDRESS, BROWSER, "CanaryBrowser", receipt, plain):
        assert dumps.tables_with(owner, canary) == set(), canary
        assert dumps.lines_with(logs.records, canary) == [], canary
    assert dumps.tables_with(owner, "义乌某某玩具有限公司") == {"organisations_employer"}


def test_a_named_complainant_is_in_nothing_that_leads_to_the_complaint(place, owner, logs):
    person = make_person()
    Person.objects.filter(pk=person.pk).update(name=NAME)
    make_membership(union=place[2], person=Person.objects.get(pk=person.pk))
    known = dumps.tables_with(owner, NAME)
    browser = signed_in(person.account)
    told = {"matter": f"{SAID}，身份证{IDENTITY}", "about-employer": "义乌某某玩具有限公司"}
    services.save_draft(
        owner=owner_of_account(person.account.pk),
        offered=access_offered("test-aid", place[2]),
        answers={"reason": TYPED},
        now=clock.now(),
    )
    assert browser.post("/services/test-complaint/asking/", told).status_code == 302
    with protection.working("test"):
        case = Case.objects.get()
    said = browser.post(f"/mine/cases/{case.number}/messages/", {"words": ADDED})
    assert said.status_code == 302
    work_on(case, place)
    withdrawn = services.open_case(
        matter=Matter(
            item_key="test-complaint",
            union=place[2],
            answers={"matter": SAID},
            accused=[Employer.objects.get()],
        ),
        asking=Asking(account=person.account, person=person, name=NAME, phone=PHONE),
        now=clock.now(),
    ).case
    services.withdraw_case(
        owner=bytes(withdrawn.owner_digest), case_id=withdrawn.pk, now=clock.now()
    )
    delivery.deliver_pending()
    for canary in (PHONE, PHONE[3:], IDENTITY, SAID, ADDED, NOTED, STEPPED, TYPED):
        assert dumps.tables_with(owner, canary) == set(), canary
        assert dumps.lines_with(logs.records, canary) == [], canary
    # Their name stands where it stood before they complained, and in no log.
    assert dumps.tables_with(owner, NAME) == known
    assert dumps.lines_with(logs.records, NAME) == []
    whose = (str(person.account.pk), str(person.pk), NAME)
    which = (str(case.pk), case.number, str(withdrawn.pk), withdrawn.number)
    assert links(owner, whose, which) == set()
    assert Notice.objects.filter(account=person.account).exists()


def links(owner, whose, which):
    """The tables with a row that names both somebody and a case."""
    return {
        table
        for table, row in dumps.rows(owner)
        if any(dumps.found(row, one) for one in whose)
        and any(dumps.found(row, one) for one in which)
    }


def test_control_an_ordinary_case_does_lead_to_its_applicant(place, owner):
    """The search for links finds those there are: an aid belongs to a member, by name."""
    person = make_person()
    case = services.open_case(
        matter=Matter(item_key="test-aid", union=place[2], answers={"reason": "妻子住院需要手术"}),
        asking=Asking(account=person.account, person=person),
        now=clock.now(),
    ).case
    found = links(owner, (str(person.account.pk), str(person.pk)), (str(case.pk), case.number))
    assert {"cases_case", "core_auditentry", "members_notice"} <= found


def in_a_notice():
    Notice.objects.create(
        account=make_person().account, kind="x", facts={"y": SAID}, created_at=clock.now()
    )


def in_a_session():
    client = signed_in(make_person().account)
    session = client.session
    session["draft"] = SAID * 20
    session.save()
    assert Session.objects.exists()


def in_the_cache():
    cache.set("draft", {"words": SAID})


def in_an_event():
    OutboxEvent.objects.create(type="x.Y", payload={"words": SAID}, at=clock.now())


def in_the_answers():
    """As if nobody had sealed them."""
    with protection.working("test"):
        Case.objects.update(answers=SAID.encode())


def packed_in_the_audit_chain():
    words = base64.urlsafe_b64encode(zlib.compress(SAID.encode())).decode()
    audit.record(action="x", by=None, subject="x", purpose=words)


LEAKS = {
    in_a_notice: "members_notice",
    in_a_session: "django_session",
    in_the_cache: "shared_cache",
    in_an_event: "core_outboxevent",
    in_the_answers: "cases_case",
    packed_in_the_audit_chain: "core_auditentry",
}


@pytest.mark.parametrize("leak", LEAKS)
def test_control_a_canary_that_lies_open_is_found(leak, place, owner):
    with transaction.atomic():
        services.open_case(
            matter=Matter(
                item_key="test-complaint",
                union=place[2],
                answers={"matter": SAID},
                accused=[Employer.objects.create(name="甲厂", division=place[2].division)],
            ),
            asking=Asking(is_anonymous=True),
            now=clock.now(),
        )
    assert dumps.tables_with(owner, SAID) == set()
    leak()
    assert dumps.tables_with(owner, SAID) == {LEAKS[leak]}


def test_control_a_canary_in_a_log_is_found(logs):
    logging.getLogger("niangjia.x").debug("said %s", SAID)
    logging.getLogger("niangjia.x").debug("sent %r", {"words": SAID.encode().hex()})
    assert len(dumps.lines_with(logs.records, SAID)) == 2
    assert dumps.lines_with(logs.records, NAME) == []
