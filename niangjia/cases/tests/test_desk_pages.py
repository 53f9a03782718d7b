"""The desk's page of a case: what is read there, and who can do what."""

import datetime as dt
import re

import pytest
from django.utils.translation import override

from niangjia.cases import services
from niangjia.cases.models import CaseEntry, EntryKind
from niangjia.cases.tests.factories import AID, COMPLAINT, end_step, fresh, make_case, publish, text
from niangjia.core import clock, protection
from niangjia.members.models import Role
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
REASON = "属于市总工会的职责，请继续办理。"
STEP_FORM = {
    "schema": {
        "type": "object",
        "properties": {
            "visited": {"type": "boolean"},
            "day": {"type": "string", "format": "date"},
        },
        "required": ["visited"],
        "additionalProperties": False,
    },
    "ui": {
        "fields": {
            "visited": {"label": text("是否入户", "Visited")},
            "day": {
                "label": text("入户日期", "Day of the visit"),
                "show_when": {"field": "visited", "equals": True},
            },
        }
    },
}
LABELLED = {
    **AID["form"],
    "ui": {"fields": {"reason": {"label": text("困难原因", "Why")}}},
}


@pytest.fixture(scope="module")
def made_chain(kept):
    made = make_chain()
    steps = [{**AID["steps"][0], "form": STEP_FORM}, *AID["steps"][1:]]
    publish(AID, form=LABELLED, steps=steps)
    publish(COMPLAINT)
    return made


def officer(union, role=Role.CHAIR):
    """A post of somebody with a name."""
    return make_post(union=union, role=role, account=make_person().account)


def entries(case, kind):
    with protection.working("test"):
        return list(CaseEntry.objects.filter(case=case, kind=kind))


def test_answers_stand_under_what_was_asked(chain):
    case = make_case(union=chain[3], income=1200.0)
    page = officer_client(officer(chain[3])).get(f"/desk/cases/{case.number}/").content.decode()
    assert "困难原因" in page
    assert "<dd>1200</dd>" in page
    assert "剩 3 个工作日" in page or "剩 2 个工作日" in page or "剩 4 个工作日" in page
    assert f'title="{case.next_due_at.astimezone(clock.CHINA):%Y-%m-%d %H:%M}"' in page


def test_a_case_page_takes_the_same_queries_however_long_its_timeline(
    chain, django_assert_num_queries, django_assert_max_num_queries
):
    case, post = make_case(union=chain[3]), officer(chain[3])
    client = officer_client(post)
    client.get(f"/desk/cases/{case.number}/")
    with django_assert_max_num_queries(40) as first:
        client.get(f"/desk/cases/{case.number}/")
    for _n in range(5):
        services.write_note(
            by=post, case_id=case.pk, words="已电话联系", to_applicant=False, now=clock.now()
        )
    with django_assert_num_queries(len(first)):
        client.get(f"/desk/cases/{case.number}/")


def test_a_steps_own_questions_are_asked_and_kept(chain):
    case, client = make_case(union=chain[3]), officer_client(officer(chain[3]))
    there = f"/desk/cases/{case.number}/steps/"
    taken = {"step": "check", "outcome": "passed", "words": "情况属实"}
    wrong = client.post(there, taken)
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert "是否入户" in page
    assert "情况属实" in page
    assert fresh(case).step == "check"
    client.post(there, {**taken, "asked-visited": "yes", "asked-day": "2026-11-20"})
    assert fresh(case).step == "decide"
    page = officer_client(officer(chain[2])).get(f"/desk/cases/{case.number}/").content.decode()
    assert "初审：passed" in page
    assert "2026年11月20日" in page


WRITTEN = {
    "words": "家访时情况属实，孩子在读高中",
    "asked-visited": "yes",
    "asked-day": "2026-11-20",
}


@pytest.mark.parametrize(
    ("faster", "how_it_stands"),
    [
        ({"outcome": "incomplete", "words": REASON}, "supplement"),
        ({"outcome": "refused", "words": REASON}, "check"),
    ],
)
def test_whoever_is_second_reads_who_was_faster_and_keeps_what_they_typed(
    chain, faster, how_it_stands
):
    """Two at one step: it is the applicant's turn now, or finished. Nothing of the second is
    carried out; the words need only be sent as a note."""
    case, first = make_case(union=chain[3]), officer(chain[3])
    second, there = officer_client(officer(chain[3])), f"/desk/cases/{case.number}/steps/"
    mine = {"step": "check", "outcome": "incomplete", **WRITTEN}
    sent = officer_client(first).post(there, {"step": "check", "asked-visited": "yes", **faster})
    assert sent.status_code == 302
    answer = second.post(there, mine)
    assert (answer.status_code, fresh(case).step) == (422, how_it_stands)
    page = answer.text
    assert f"{first.account.person.name}先办了一步：初审：{faster['outcome']}" in page
    above, below = page.split("刚才提交的没有办理")
    assert WRITTEN["words"] in below.split("</blockquote>")[0]
    assert "2026年11月20日" in below.split("</dl>")[0]
    assert f"{WRITTEN['words']}</textarea>" in below
    assert f"初审：{faster['outcome']}</strong>" in above + below
    assert len(entries(case, EntryKind.STEP)) == 1
    assert second.post(f"/desk/cases/{case.number}/notes/", WRITTEN).status_code == 302


def test_where_it_has_gone_on_to_another_union_the_second_reads_the_same_without_opening_it(chain):
    """Only whoever saw it: the control is an officer of elsewhere, who is told what is told of a
    case that there is not."""
    case, first = make_case(union=chain[3]), officer(chain[3])
    seconds = [officer_client(officer(union)) for union in (chain[3], make_union("邻县总工会"))]
    there, mine = f"/desk/cases/{case.number}/steps/", {"step": "check", "outcome": "incomplete"}
    officer_client(first).post(
        there, {"step": "check", "outcome": "passed", "asked-visited": "yes"}
    )
    answers = [second.post(there, mine | WRITTEN) for second in seconds]
    assert [answer.status_code for answer in answers] == [404, 404]
    told = f"{first.account.person.name}先办了一步：初审：passed"
    assert [told in answer.text for answer in answers] == [True, False]
    assert all(WRITTEN["words"] in answer.text for answer in answers)
    assert len(entries(case, EntryKind.STEP)) == 1


def test_what_was_meant_for_one_step_answers_no_other(chain):
    """The colleague's step has led to another one of the same union, which ends in the same words:
    its form is as nobody has touched it. The control is a mistake in the step at hand."""
    case, chair = make_case(union=chain[3]), officer(chain[2])
    end_step(case, officer(chain[3]), "check", "passed", answers={"visited": True})
    end_step(case, chair, "decide", "granted")
    client, there = officer_client(officer(chain[2])), f"/desk/cases/{case.number}/steps/"
    page = client.post(
        there, {"step": "decide", "outcome": "refused", "words": "不属于帮扶范围，请改走法律援助"}
    ).text
    assert "先办了一步：审批：granted" in page
    assert 'name="step" value="notice"' in page
    assert " checked" not in page.split('name="step"')[1].split("</form>")[0]
    at_hand = client.post(there, {"step": "notice", "outcome": "opposed", "words": "短"})
    assert (at_hand.status_code, "先办了一步" in at_hand.text) == (422, False)
    assert 'value="opposed" required checked' in at_hand.text


def test_an_employer_has_both_its_names(chain):
    """The one it had when somebody complained, and the one it has now: at the desk and to whoever
    complained."""
    made = {"division": chain[3].division}
    one, other = (Employer.objects.create(name=name, **made) for name in ("甲玩具厂", "乙包装厂"))
    account, opened_at = make_person().account, clock.now() - dt.timedelta(days=1)
    cases = [
        make_case(union=chain[3], document=COMPLAINT, accused=each, account=account, now=opened_at)
        for each in (one, other)
    ]
    organisations.rename_employer(employer_id=one.pk, name="甲智造公司", by=None, now=clock.now())
    organisations.merge_employers(employer_id=other.pk, into_id=one.pk, by=None, now=clock.now())
    said = ["甲玩具厂现名甲智造公司，本件照常办理", "乙包装厂已并入甲智造公司，本件照常办理"]
    desk, worker = officer_client(officer(chain[3])), signed_in(account)
    for case, expected in zip(cases, said, strict=True):
        for page in (
            desk.get(f"/desk/cases/{case.number}/"),
            worker.get(f"/mine/cases/{case.number}/"),
        ):
            assert expected in re.sub(r"<[^>]*>|\s", "", page.text)


def test_an_officer_takes_a_case_and_gives_it_on(chain):
    case, chair = make_case(union=chain[3]), officer(chain[3])
    client, colleague = officer_client(chair), officer(chain[3], Role.CASE_OFFICER)
    there = f"/desk/cases/{case.number}/assignment/"
    for _twice in range(2):
        assert client.post(there, {"to": str(chair.account_id)}).status_code == 302
    assert fresh(case).assigned_to_id == chair.account_id
    assert len(entries(case, EntryKind.ASSIGNED)) == 1
    client.post(there, {"to": str(colleague.account_id)})
    assert fresh(case).assigned_to_id == colleague.account_id
    refused = officer_client(colleague).post(there, {"to": str(chair.account_id)})
    assert refused.status_code == 404
    assert fresh(case).assigned_to_id == colleague.account_id


@pytest.mark.parametrize("to", ["", "x", "7f6e2b6a-0000-4000-8000-000000000001"])
def test_who_is_no_colleague_is_given_nothing(chain, to):
    case, client = make_case(union=chain[3]), officer_client(officer(chain[3]))
    answer = client.post(f"/desk/cases/{case.number}/assignment/", {"to": to})
    assert answer.status_code == 422
    assert fresh(case).assigned_to_id is None


def test_the_union_above_takes_a_case_over(chain):
    case, client = make_case(union=chain[3]), officer_client(officer(chain[2]))
    there = f"/desk/cases/{case.number}/"
    assert "不由你所在工会办理" in client.get(there).content.decode()
    assert client.post(there, {"purpose": "service", "words": "督办"}).status_code == 200
    # What was stated holds for the work that begins: it is not asked again after each act.
    assert "提级办理" in client.get(there).content.decode()
    assert client.post(f"{there}take-over/", {"reason": "短"}).status_code == 422
    assert client.post(f"{there}take-over/", {"reason": REASON}).status_code == 302
    assert fresh(case).handler == chain[2]


def test_a_purpose_holds_for_half_an_hour_only(chain):
    case, client = make_case(union=chain[3]), officer_client(officer(chain[2]))
    there = f"/desk/cases/{case.number}/"
    client.post(there, {"purpose": "service"})
    with clock.stopped_at(clock.now() + dt.timedelta(minutes=29)):
        assert "困难原因" in client.get(there).content.decode()
    with clock.stopped_at(clock.now() + dt.timedelta(minutes=31)):
        assert "困难原因" not in client.get(there).content.decode()


def test_a_case_is_transferred_and_comes_back(chain):
    case, sender = make_case(union=chain[2]), officer_client(officer(chain[2]))
    there = f"/desk/cases/{case.number}/transfer/"
    found = sender.post(there, {"union": chain[3].name, "find": "union", "reason": REASON})
    assert found.status_code == 200
    assert REASON in found.content.decode()
    assert chain[3].number in found.content.decode()
    for nothing in ({"union": "没有的工会"}, {}):
        wrong = sender.post(there, {**nothing, "reason": REASON})
        assert wrong.status_code == 422
        assert "请从下面选一家工会" in wrong.content.decode()
    assert sender.post(there, {"chosen": chain[3].number, "reason": REASON}).status_code == 302
    assert fresh(case).handler == chain[3]
    receiver = officer_client(officer(chain[3]))
    page = receiver.get(f"/desk/cases/{case.number}/").content.decode()
    assert f"由{chain[2].name}转到{chain[3].name}" in page
    assert "退回转办" in page
    receiver.post(f"/desk/cases/{case.number}/objection/", {"reason": REASON})
    assert fresh(case).handler == chain[2]


def test_only_unions_near_are_offered(chain):
    case, client = make_case(union=chain[3]), officer_client(officer(chain[3]))
    beside, far = make_union("隔壁工会", parent=chain[2]), make_union("远方工会")
    there = f"/desk/cases/{case.number}/unions/"
    page = client.get(there, {"union": ""}).content.decode()
    assert beside.number in page
    assert chain[1].number in page
    assert far.number not in page
    assert far.number not in client.get(there, {"union": far.number}).content.decode()


def test_another_union_takes_part_and_leaves(chain):
    case, client = make_case(union=chain[3]), officer_client(officer(chain[3]))
    beside = make_union("隔壁工会", parent=chain[2])
    there = f"/desk/cases/{case.number}/units/"
    for _twice in range(2):
        assert client.post(there, {"chosen": beside.number}).status_code == 302
    assert len(entries(case, EntryKind.JOINED)) == 1
    page = client.get(f"/desk/cases/{case.number}/").content.decode()
    assert "与隔壁工会联合办理" in page
    other = officer_client(officer(beside))
    assert case.number in other.get("/desk/cases/").content.decode()
    for _twice in range(2):
        client.post(f"{there}departure/", {"union": beside.number})
    assert len(entries(case, EntryKind.LEFT)) == 1
    assert other.get(f"/desk/cases/{case.number}/").status_code == 404


def test_a_complaint_says_whom_it_accuses_and_is_given_to_nobody_tied(chain):
    employer = Employer.objects.create(name="义乌某某玩具有限公司", division=chain[3].division)
    chain[3].employers.add(employer)
    case = make_case(union=chain[3], document=COMPLAINT, accused=employer)
    client, tied = officer_client(officer(chain[2])), officer(chain[3])
    page = client.get(f"/desk/cases/{case.number}/").content.decode()
    assert "义乌某某玩具有限公司" in page
    assert "这是投诉件" in page
    there = f"/desk/cases/{case.number}/assignment/"
    assert client.post(there, {"to": str(tied.account_id)}).status_code == 422
    sent = client.post(
        f"/desk/cases/{case.number}/transfer/", {"chosen": chain[3].number, "reason": REASON}
    )
    assert sent.status_code == 422
    assert fresh(case).handler == chain[2]


def test_the_panel_is_the_page_without_its_frame(chain):
    case, client = make_case(union=chain[3]), officer_client(officer(chain[3]))
    asked = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "panel"}
    panel = client.get(f"/desk/cases/{case.number}/", **asked).content.decode()
    assert "困难原因" in panel
    assert "<html" not in panel


def test_the_page_speaks_english(chain):
    case, client = make_case(union=chain[3]), officer_client(officer(chain[3]))
    client.cookies["language"] = "en"
    with override("en"):
        page = client.get(f"/desk/cases/{case.number}/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "Test aid" in page
