"""Files: asked for, added later, by officers; who sees them; what is not taken; where they end."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from niangjia.cases.models import Case, CaseFile
from niangjia.cases.rules import numbering
from niangjia.cases.tests.factories import (
    AID,
    COMPLAINT,
    end_step,
    fresh,
    make_case,
    make_file,
    make_officer,
    open_by,
    publish,
    text,
)
from niangjia.core import clock, protection
from niangjia.core.models import AuditEntry, FileChunk, StoredFile
from niangjia.core.tests import hostile
from niangjia.members.services.erasure import delete_account
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import officer_client, signed_in
from niangjia.members.tests.factories.joining import make_chain, make_membership
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_division

pytestmark = pytest.mark.django_db
THERE = "/services/test-aid/asking/"
REASON = "家里有人生病，收入不够"
MATERIALS = [
    {"key": "income", "name": text("收入证明"), "kinds": ["photos", "papers"]},
    {"key": "diagnosis", "name": text("诊断证明"), "when": "answers.income > 5000"},
]


@pytest.fixture(scope="module")
def made_chain(kept):
    made = make_chain()
    publish(AID, materials=MATERIALS)
    publish(COMPLAINT)
    return made


@pytest.fixture
def account(chain):
    return make_membership(union=chain[3]).person.account


def sent(content, name):
    return SimpleUploadedFile(name, content)


def rows():
    with protection.working("test"):
        return list(CaseFile.objects.order_by("id"))


def case_now():
    with protection.working("test"):
        return Case.objects.get()


def body(answer):
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (hostile.pdf(pages=200), "合同.pdf", "超过 100 页"),
        (hostile.archive({"word/document.xml": bytes(9_000_000)}), "材料.docx", "压缩包"),
        (b"MZ" + bytes(200), "工资表.pdf", "程序"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "章.png", "SVG"),
    ],
    ids=["200 pages", "packed", "renamed exe", "svg with script"],
)
def test_what_is_not_taken_is_said_beside_the_field_and_the_rest_is_kept(
    chain, account, content, name, words
):
    answer = signed_in(account).post(
        THERE,
        {
            "reason": REASON,
            "material-income-new": [sent(hostile.photo(), "收入.jpg"), sent(content, name)],
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    beside = page[page.index('id="id_material-income_0"') :]
    assert name in beside
    assert words in beside[: beside.index("</fieldset>")]
    assert "收入.jpg" in beside
    (kept,) = rows()
    again = {"reason": REASON, "material-income": str(kept.pk), "draft_version": "1"}
    assert signed_in(account).post(THERE, again).status_code == 302
    assert [row.slot for row in rows()] == ["material-income"]


@pytest.mark.parametrize(("income", "slots"), [("6000", ["material-diagnosis"]), ("900", [])])
def test_a_material_is_asked_of_whom_it_is_for(chain, account, income, slots):
    """`when` holds on the page, where the field is shown by it, and at the server, where what was
    not asked for is not kept; and one that is needed says so and may follow."""
    browser = signed_in(account)
    page = browser.get(THERE).content.decode()
    assert 'data-when="[&quot;&gt;&quot;, &quot;income&quot;, 5000.0]"' in page
    assert page.count("需要提交") == 2
    data = {"reason": REASON, "income": income}
    paper = {"material-diagnosis-new": sent(hostile.photo(), "诊断.jpg")}
    assert browser.post(THERE, data | paper).status_code == 302
    assert [row.slot for row in rows()] == slots


def test_what_was_sent_is_clean_sealed_under_the_case_and_comes_back(chain, account):
    browser = signed_in(account)
    data = {"reason": REASON, "files-camera": sent(hostile.photo(), "IMG_1.jpg")}
    assert browser.post(THERE, data).status_code == 302
    case, (row,) = case_now(), rows()
    assert row.case_id == case.pk
    assert row.draft_id is None
    assert StoredFile.objects.count() == 1
    answer = browser.get(f"/mine/cases/files/{row.pk}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"CANARY" not in body(answer)
    assert "IMG_1.jpg" in browser.get(f"/mine/cases/{case.number}/").content.decode()


def test_a_file_on_its_way_is_kept_by_itself_and_can_be_taken_away(chain, account):
    browser = signed_in(account)
    line = browser.post(
        f"{THERE}files/",
        {
            "slot": "material-income",
            "name": "material-income",
            "file": sent(hostile.pdf(), "a.pdf"),
        },
    )
    assert line.status_code == 200
    (row,) = rows()
    assert str(row.pk) in line.content.decode()
    assert "a.pdf" in browser.get(THERE).content.decode()
    assert body(browser.get(f"/mine/cases/drafts/files/{row.pk}/")).startswith(b"%PDF")
    refused = browser.post(
        f"{THERE}files/", {"slot": "material-income", "file": sent(b"MZ" + bytes(99), "b.pdf")}
    )
    assert refused.status_code == 422
    assert "<li" in refused.content.decode()
    page = browser.post(
        THERE, {"reason": REASON, "material-income": str(row.pk), "drop": str(row.pk)}
    )
    assert page.status_code == 200
    assert REASON in page.content.decode()
    assert rows() == []
    assert not FileChunk.objects.exists()


def test_what_is_lacking_is_said_until_it_is_there(chain, account):
    browser, case = signed_in(account), make_case(union=chain[3], account=account, income=900)
    there = f"/mine/cases/{case.number}/"
    page = browser.get(there).content.decode()
    assert "收入证明" in page[page.index("还没交") :]
    assert "诊断证明" not in page
    end_step(case, make_officer(chain[3]), "check", "incomplete", words="请补充收入证明，谢谢你。")
    name = "asked-material-income-new"
    data = {"step": "supplement", "outcome": "supplied", name: sent(hostile.pdf(), "收入.pdf")}
    assert browser.post(f"{there}answer/", data).status_code == 302
    assert fresh(case).step == "check"
    page = browser.get(there).content.decode()
    assert "还没交" not in page
    assert "收入.pdf" in page


def test_an_officer_adds_files_and_reads_them_on_record(chain, account):
    case = make_case(union=chain[3], account=account)
    desk = officer_client(make_officer(chain[3]))
    there = f"/desk/cases/{case.number}/"
    note = {"words": "", "said-files-new": sent(hostile.pdf(), "内部.pdf")}
    assert desk.post(f"{there}notes/", note).status_code == 302
    step = {
        "step": "check",
        "outcome": "passed",
        "asked-files-new": sent(hostile.photo(), "入户.jpg"),
    }
    assert desk.post(f"{there}steps/", step).status_code == 302
    page = signed_in(account).get(f"/mine/cases/{case.number}/").content.decode()
    assert "内部.pdf" not in page
    assert "入户.jpg" in page
    inner, outer = rows()
    assert signed_in(account).get(f"/mine/cases/files/{inner.pk}/").status_code == 404
    assert signed_in(account).get(f"/mine/cases/files/{outer.pk}/").status_code == 200
    # The case lies above now: whoever still sees it says why they open it, and its files.
    asked = desk.get(f"/desk/cases/files/{inner.pk}/")
    assert "attachment" not in asked.get("Content-Disposition", "")
    before = AuditEntry.objects.filter(action="case.read").count()
    desk.post(there, {"purpose": "asked"})
    got = desk.get(f"/desk/cases/files/{inner.pk}/")
    assert got["Content-Disposition"].startswith("attachment")
    assert AuditEntry.objects.filter(action="case.read").count() == before + 2


def test_a_file_not_handed_in_is_its_sender_s_alone(chain, account):
    case = make_case(union=chain[3], account=account)
    one, other = (officer_client(make_officer(chain[3])) for _ in range(2))
    files = f"/desk/cases/{case.number}/files/"
    assert (
        one.post(files, {"slot": "files", "file": sent(hostile.pdf(), "x.pdf")}).status_code == 200
    )
    (row,) = rows()
    assert other.get(f"/desk/cases/files/{row.pk}/").status_code == 404
    stolen = {"words": "别人的文件，我来交", "said-files": str(row.pk)}
    other.post(f"/desk/cases/{case.number}/notes/", stolen)
    assert rows()[0].entry_id is None


def test_somebody_unknown_keeps_files_through_a_mistake_and_reads_them_by_receipt(chain):
    chain[2].division = make_division("义乌市", code="330782")
    chain[2].save()
    browser = Client()
    browser.cookies["place"] = "330782"
    there = "/services/test-complaint/asking/"
    first = browser.post(there, {"matter": "短", "files-new": sent(hostile.photo(), "考勤.jpg")})
    assert first.status_code == 422
    keep = first.context["sheet"].keep
    (row,) = rows()
    done = browser.post(
        there,
        {
            "matter": "三个月没有发工资了",
            "about-employer": "义乌某某玩具有限公司",
            "keep": keep,
            "files": str(row.pk),
        },
    )
    receipt = done.context["receipt"]
    assert "考勤.jpg" in browser.post("/services/receipt/", {"receipt": receipt}).content.decode()
    got = Client().post("/services/receipt/file/", {"receipt": receipt, "file": str(row.pk)})
    assert got.status_code == 200
    other = {"receipt": numbering.receipt(), "file": str(row.pk)}
    wrong = Client().post("/services/receipt/file/", other)
    assert wrong.status_code == 404
    assert rows()[0].account_id is None


def test_the_accused_find_no_file_and_the_database_shows_none(chain):
    employer = Employer.objects.create(name="义乌某某玩具有限公司", division=chain[3].division)
    chain[3].employers.add(employer)
    case = open_by(union=chain[3], document=COMPLAINT, accused=employer).case
    file_id = make_file(case)
    accused, county = make_officer(chain[3]), make_officer(chain[2])
    assert officer_client(accused).get(f"/desk/cases/files/{file_id}/").status_code == 404
    assert officer_client(county).get(f"/desk/cases/files/{file_id}/").status_code == 200
    with protection.viewing(account=accused.account_id):
        assert not CaseFile.objects.exists()
    with protection.viewing(account=county.account_id):
        assert CaseFile.objects.count() == 1


def test_files_go_with_whoever_leaves(chain):
    account = make_person().account
    case = make_case(union=chain[3], account=account)
    make_file(case)
    make_file(make_case(union=chain[3]))
    delete_account(account=account, now=clock.now())
    assert [row.case_id for row in rows()] != [case.pk]
    assert StoredFile.objects.count() == 1
    assert FileChunk.objects.count() == 1


def test_no_more_than_fits_is_taken(chain, account, monkeypatch):
    monkeypatch.setattr("niangjia.cases.services.files.MOST_FILES", 1)
    page = signed_in(account).post(
        THERE,
        {
            "reason": REASON,
            "files-new": [sent(hostile.photo(), "1.jpg"), sent(hostile.photo(), "2.jpg")],
        },
    )
    assert page.status_code == 422
    assert "这里放满了" in page.content.decode()
    assert len(rows()) == 1
