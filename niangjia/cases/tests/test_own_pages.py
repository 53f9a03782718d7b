"""What somebody reads of their own case, signed in or with a receipt, and what they do there."""

import pytest
from django.test import Client

from niangjia.cases.models import CaseEntry
from niangjia.cases.tests.factories import (
    AID,
    COMPLAINT,
    end_step,
    fresh,
    make_case,
    open_by,
    publish,
    text,
)
from niangjia.core import protection
from niangjia.members.models import Role
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.models import Employer

pytestmark = pytest.mark.django_db

HANDED_IN = {
    "schema": {
        "type": "object",
        "properties": {"paper": {"type": "string", "enum": ["payslip", "contract"]}},
        "required": ["paper"],
    },
    "ui": {
        "fields": {
            "paper": {
                "label": text("补交哪一样", "Which paper"),
                "options": {"payslip": text("工资条"), "contract": text("劳动合同")},
            }
        }
    },
}
LABELLED = {**AID["form"], "ui": {"fields": {"reason": {"label": text("困难原因", "Why")}}}}
TURN = {
    "key": "add",
    "name": text("补充说明", "Add more"),
    "note": text("请再说明一下", "Please tell us more"),
    "by": "applicant",
    "outcomes": [{"key": "added", "name": text("已补充"), "next": "look"}],
}


@pytest.fixture(scope="module")
def made_chain(kept):
    made = make_chain()
    check, supplement, *rest = AID["steps"]
    publish(AID, form=LABELLED, steps=[check, {**supplement, "form": HANDED_IN}, *rest])
    (look,) = COMPLAINT["steps"]
    more = {"key": "more", "name": text("需补充"), "next": "add"}
    publish(COMPLAINT, steps=[{**look, "outcomes": [*look["outcomes"], more]}, TURN])
    return made


@pytest.fixture
def person():
    return make_person()


@pytest.fixture
def officer(chain):
    return make_post(union=chain[3], account=make_person().account)


def turn_back(case, officer):
    end_step(case, officer, "check", "incomplete", words="请补交工资条或者合同")


def test_status_next_date_and_what_was_written_stand_in_words(chain, person):
    case = make_case(union=chain[3], account=person.account)
    page = signed_in(person.account).get(f"/mine/cases/{case.number}/").content.decode()
    assert "工会正在看你的材料" in page
    assert "困难原因" in page
    assert "家里有人生病，收入不够" in page
    assert "还没有人打开过" in page


def test_who_opened_it_and_why_is_read_by_whose_it_is(chain, person, officer):
    case = make_case(union=chain[3], account=person.account)
    for _twice in range(2):
        officer_client(officer).get(f"/desk/cases/{case.number}/")
    above = make_post(union=chain[2], account=make_person().account)
    officer_client(above).post(
        f"/desk/cases/{case.number}/", {"purpose": "service", "words": "督办"}
    )
    page = signed_in(person.account).get(f"/mine/cases/{case.number}/").content.decode()
    assert "为了办理你的事项 · 2 次" in page
    assert f"{chain[2].name}<span" in page
    assert "督办" in page
    assert officer.account.person.name not in page.split("谁看过")[1]


def test_a_complaint_is_found_by_itself_and_says_who_opened_it(chain, person):
    employer = Employer.objects.create(name="某某公司", division=chain[3].division)
    case = make_case(union=chain[3], account=person.account, document=COMPLAINT, accused=employer)
    officer_client(make_post(union=chain[3], account=make_person().account)).get(
        f"/desk/cases/{case.number}/"
    )
    page = signed_in(person.account).get(f"/mine/cases/{case.number}/").content.decode()
    assert "为了办理你的事项" in page


def test_a_step_of_ones_own_asks_its_questions(chain, person, officer):
    case, worker = make_case(union=chain[3], account=person.account), signed_in(person.account)
    turn_back(case, officer)
    page = worker.get(f"/mine/cases/{case.number}/").content.decode()
    assert "轮到你" in page
    assert "请补交工资条或者合同" in page
    there = f"/mine/cases/{case.number}/answer/"
    sent = {"step": "supplement", "outcome": "supplied", "words": "在这里"}
    wrong = worker.post(there, sent)
    assert wrong.status_code == 422
    assert "在这里" in wrong.content.decode()
    worker.post(there, {**sent, "asked-paper": "payslip"})
    assert fresh(case).step == "check"
    page = worker.get(f"/mine/cases/{case.number}/").content.decode()
    assert "补交哪一样" in page
    assert "工资条" in page
    late = worker.post(there, {**sent, "asked-paper": "contract"})
    assert late.status_code == 422
    left = late.text.split("刚才提交的没有办理")[1].split("</dl>")[0]
    assert "在这里" in left
    assert "劳动合同" in left


def test_what_is_pressed_twice_without_a_script_is_said_once(chain, person, officer):
    """By whoever asked and at the desk; the control is another page's key."""
    case = make_case(union=chain[3], account=person.account)
    ends = (
        (signed_in(person.account), f"/mine/cases/{case.number}/", "messages", "message"),
        (officer_client(officer), f"/desk/cases/{case.number}/", "notes", "note"),
    )
    for client, page, where, kind in ends:
        for times in (1, 2):
            form = client.get(page).text.split(f'{page}{where}/"')[1]
            key = form.split('name="idempotency_key" value="')[1].split('"')[0]
            sent = {"words": "请问还要多久", "idempotency_key": key}
            for _press in range(2):
                assert client.post(f"{page}{where}/", sent)["Location"] == page
            with protection.working("test"):
                assert CaseEntry.objects.filter(case=case, kind=kind).count() == times


def test_whoever_has_a_receipt_takes_their_step_with_it(chain):
    employer = Employer.objects.create(name="某某公司", division=chain[3].division)
    opened = open_by(union=chain[3], document=COMPLAINT, accused=employer, anonymous=True)
    officer = make_post(union=chain[3], account=make_person().account)
    end_step(opened.case, officer, "look", "more")
    browser, carried = Client(), {"receipt": opened.receipt}
    page = browser.post("/services/receipt/", carried).content.decode()
    assert "请再说明一下" in page
    unsaid = browser.post("/services/receipt/", {**carried, "step": "add"})
    assert unsaid.status_code == 422
    done = browser.post(
        "/services/receipt/",
        {**carried, "step": "add", "outcome": "added", "words": "厂里有两百人"},
    )
    assert done.status_code == 200
    assert "厂里有两百人" in done.content.decode()
    assert fresh(opened.case).step == "look"
    second = {**carried, "step": "add", "outcome": "added", "words": "保安也没有领到工资"}
    late = browser.post("/services/receipt/", second)
    assert late.status_code == 422
    left = late.text.split("刚才提交的没有办理")[1]
    assert second["words"] in left.split("</blockquote>")[0]
    assert f"{second['words']}</textarea>" in left
    assert browser.post("/services/receipt/", {**carried, "words": "好"}).status_code == 200


def test_the_link_by_which_it_is_rated_is_for_the_applicant_alone(chain):
    employer = Employer.objects.create(name="某某公司", division=chain[3].division)
    opened = open_by(union=chain[3], document=COMPLAINT, accused=employer, anonymous=True)
    officer = make_post(union=chain[3], account=make_person().account)
    end_step(opened.case, officer, "look", "settled")
    page = Client().post("/services/receipt/", {"receipt": opened.receipt}).content.decode()
    token = page.split('href="/rate/')[1].split("/")[0]
    desk = officer_client(officer).get(f"/desk/cases/{opened.case.number}/").content.decode()
    assert "已解决" in desk
    assert token not in desk


def test_my_cases_say_whose_turn_it_is(chain, person, officer):
    worker = signed_in(person.account)
    assert "看看工会能帮你做什么" in worker.get("/mine/cases/").content.decode()
    case = make_case(union=chain[3], account=person.account)
    turn_back(case, officer)
    assert "轮到你：补充材料" in worker.get("/mine/cases/").content.decode()


def test_my_pages_take_the_same_queries_however_much_happened(
    chain, person, officer, django_assert_max_num_queries, django_assert_num_queries
):
    case, worker = make_case(union=chain[3], account=person.account), signed_in(person.account)
    there = f"/mine/cases/{case.number}/"
    worker.get(there)
    with django_assert_max_num_queries(20) as first:
        worker.get(there)
    queries = len(first)
    for _n in range(4):
        worker.post(f"{there}messages/", {"words": "请问还要多久"})
    make_case(union=chain[3], account=person.account)
    worker.get(there)
    with django_assert_num_queries(queries):
        worker.get(there)
    with django_assert_max_num_queries(14):
        worker.get("/mine/cases/")


@pytest.mark.parametrize("role", [Role.CHAIR, Role.CASE_OFFICER])
def test_an_officers_own_case_is_handled_by_somebody_else(chain, role):
    post = make_post(union=chain[3], role=role, account=make_person().account)
    case = make_case(union=chain[3], account=post.account)
    page = officer_client(post).get(f"/desk/cases/{case.number}/").content.decode()
    assert "结束这一步" not in page
    assert "请由同事或上级工会办理" in page
