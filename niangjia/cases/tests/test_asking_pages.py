"""Asking for a service on the pages: signed in, and unknown."""

import re

import pytest
from django.test import Client

from niangjia.cases.forms.questions import QuestionsForm
from niangjia.cases.models import Case
from niangjia.cases.rules.content import Form
from niangjia.cases.rules.questions import questions_of
from niangjia.cases.tests.factories import AID, publish, text
from niangjia.core import protection
from niangjia.members.models import Role
from niangjia.members.tests.factories.desk import officer_client, signed_in
from niangjia.members.tests.factories.joining import make_membership, make_officer
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_division

pytestmark = pytest.mark.django_db
REASON = "家里有人生病，收入不够"


@pytest.fixture
def worker(chain):
    """The browser of a member of the grassroots union."""
    return signed_in(make_membership(union=chain[3]).person.account)


def cases():
    with protection.working("test"):
        return list(Case.objects.select_related("handler"))


def test_the_catalogue_shows_what_is_offered(chain, worker, django_assert_num_queries):
    page = worker.get("/services/").content.decode()
    assert "测试帮扶" in page
    assert "测试投诉" in page


def test_a_member_asks_and_finds_it_again(chain, worker):
    answer = worker.post("/services/test-aid/asking/", {"reason": REASON, "income": "1200.5"})
    assert answer.status_code == 302
    (case,) = cases()
    assert case.handler == chain[3]
    page = worker.get("/mine/cases/").content.decode()
    assert "测试帮扶" in page
    page = worker.get(f"/mine/cases/{case.number}/").content.decode()
    assert "工会正在看你的材料" in page


def test_what_is_wrong_stands_beside_its_question_and_nothing_is_lost(chain, worker):
    answer = worker.post("/services/test-aid/asking/", {"reason": "短", "income": "很少"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="很少"' in page
    assert "短" in page
    assert "请填写数字" in page
    assert cases() == []


def test_an_ordinary_service_asks_to_sign_in_first(chain):
    answer = Client().get("/services/test-aid/asking/")
    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


def test_somebody_unknown_complains_and_comes_back_with_the_receipt(chain):
    chain[2].division = make_division("义乌市", code="330782")
    chain[2].save()
    browser = Client()
    browser.cookies["place"] = "330782"
    answer = browser.post(
        "/services/test-complaint/asking/",
        {"matter": "三个月没有发工资了", "about-employer": "义乌某某玩具有限公司"},
    )
    page = answer.content.decode()
    receipt = re.search(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){7}", page)[0]
    (case,) = cases()
    assert case.is_anonymous
    assert case.applicant is None
    assert Employer.objects.get().name == "义乌某某玩具有限公司"
    assert "sessionid" not in browser.cookies
    again = Client().post("/services/receipt/", {"receipt": receipt.lower().replace("-", " ")})
    assert "工会正在核实" in again.content.decode()
    for times in (1, 2):  # pressed twice it is said once; on the page as it is then, once more
        page = Client().post("/services/receipt/", {"receipt": receipt}).text
        seen = re.search(r'name="seen" value="(\d+)"', page)[1]
        sent = {"receipt": receipt, "words": "厂门口有公告", "seen": seen}
        for _press in range(2):
            assert Client().post("/services/receipt/", sent).text.count("厂门口有公告") == times


def test_the_same_form_sent_twice_is_one_complaint_with_one_receipt(chain):
    chain[2].division = make_division("义乌市", code="330782")
    chain[2].save()
    browser = Client()
    browser.cookies["place"] = "330782"
    form = browser.get("/services/test-complaint/asking/").text
    sent = {
        "matter": "三个月没有发工资了",
        "about-employer": "义乌某某玩具有限公司",
        "keep": re.search(r'name="keep" value="([^"]+)"', form)[1],
    }
    pages = [browser.post("/services/test-complaint/asking/", sent).text for _press in range(2)]
    shown = [re.search(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){7}", page)[0] for page in pages]
    assert len(cases()) == 1
    assert shown[0] == shown[1]
    again = browser.get("/services/test-complaint/asking/").text
    assert sent["keep"] not in again


def test_without_a_place_nobody_knows_whom_to_give_it_to(chain):
    answer = Client().post(
        "/services/test-complaint/asking/",
        {"matter": "三个月没有发工资了", "about-employer": "义乌某某玩具有限公司"},
    )
    assert answer.status_code == 422
    assert "请先在顶部选择地区" in answer.content.decode()
    assert cases() == []


def test_one_sees_before_asking_whether_it_is_for_one(chain, worker):
    publish(
        AID,
        key="test-poor",
        parameters={"line": 1000},
        eligibility=[
            {
                "key": "income",
                "when": "answers.income < settings.line",
                "text": text("收入低于当地标准"),
                "basis": text("测试依据第一条"),
            },
            {
                "key": "member",
                "when": "person.is_member",
                "text": text("是工会会员"),
                "basis": text("测试依据第二条"),
            },
        ],
    )
    page = worker.get("/services/test-poor/eligibility/").content.decode()
    assert 'name="income"' in page
    assert 'name="reason"' not in page
    seen = {
        income: worker.post("/services/test-poor/eligibility/", {"income": income})
        for income in ("900", "1200", "")
    }
    pages = {income: answer.content.decode() for income, answer in seen.items()}
    assert "符合申请条件" in pages["900"]
    assert "有一项条件不符合" in pages["1200"]
    assert "还有情况没有填写" in pages[""]
    assert "测试依据第一条" in pages["1200"]
    assert cases() == []


def test_a_wrong_receipt_leads_nowhere(chain):
    answer = Client().post("/services/receipt/", {"receipt": "ABCD-" * 8})
    assert answer.status_code == 422
    assert "没有查到这个回执" in answer.content.decode()


def test_a_complaint_names_its_employer(chain, worker):
    answer = worker.post("/services/test-complaint/asking/", {"matter": "三个月没有发工资了"})
    assert answer.status_code == 422
    assert "请写明反映的是哪家单位" in answer.content.decode()


def test_the_officer_of_the_accused_finds_nothing_and_the_county_does(chain):
    employer = Employer.objects.create(name="义乌某某玩具有限公司", division=chain[3].division)
    chain[3].employers.add(employer)
    worker = signed_in(make_membership(union=chain[3]).person.account)
    worker.post(
        "/services/test-complaint/asking/",
        {"matter": "三个月没有发工资了", "about-employer": employer.name},
    )
    (case,) = cases()
    assert case.handler == chain[2]
    accused = officer_client(make_officer(chain[3], role=Role.CHAIR))
    county = officer_client(make_officer(chain[2], role=Role.CHAIR))
    assert case.number not in accused.get("/desk/cases/").content.decode()
    assert accused.get(f"/desk/cases/{case.number}/").status_code == 404
    assert case.number in county.get("/desk/cases/").content.decode()
    assert "三个月没有发工资了" in county.get(f"/desk/cases/{case.number}/").content.decode()


ASKED = Form.model_validate(
    {
        "schema": {
            "type": "object",
            "properties": {
                "ill": {"type": "boolean"},
                "hospital": {"type": "string"},
                "kinds": {"type": "array", "items": {"enum": ["a", "b"]}},
                "which": {"type": "string"},
            },
            "required": ["ill"],
        },
        "ui": {
            "fields": {
                "hospital": {
                    "label": text("医院", "Hospital"),
                    "show_when": {"field": "ill", "equals": True},
                    "required": True,
                },
                "which": {"show_when": {"field": "kinds", "equals": "b"}},
            }
        },
    }
)


@pytest.mark.parametrize(
    ("data", "answers"),
    [
        ({"ill": "no", "hospital": "市医院"}, {"ill": False}),
        ({"ill": "yes", "hospital": "市医院"}, {"ill": True, "hospital": "市医院"}),
        (
            {"ill": "no", "kinds": ["a", "b"], "which": "x"},
            {"ill": False, "kinds": ["a", "b"], "which": "x"},
        ),
        ({"ill": "no", "kinds": ["a"], "which": "x"}, {"ill": False, "kinds": ["a"]}),
        ({"ill": "yes"}, None),
        ({}, None),
    ],
)
def test_only_what_is_asked_is_needed_and_kept(data, answers):
    form = QuestionsForm(questions_of(ASKED), data)
    assert form.is_valid() is (answers is not None)
    if answers is not None:
        assert form.answers() == answers
