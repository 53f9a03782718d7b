"""Groups in the browser and by the interface for programs."""

import io
import json

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from niangjia.cases.forms.groups import rows_of_file, rows_of_text
from niangjia.cases.models import GroupMember, Representative
from niangjia.cases.selectors import owner_of_account
from niangjia.cases.services import groups
from niangjia.cases.tests.factories import COMPLAINT, make_case
from niangjia.core import protection
from niangjia.core.errors import Invalid
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from niangjia.organisations.models import Employer

pytestmark = pytest.mark.django_db
JOIN, BY_RECEIPT = "/mine/cases/groups/join/", "/mine/cases/groups/receipt/"


@pytest.fixture
def first():
    return make_person().account


@pytest.fixture
def case(chain, first):
    employer = Employer.objects.create(name="某某公司", division=chain[2].division)
    return make_case(union=chain[2], account=first, document=COMPLAINT, accused=employer)


@pytest.fixture
def code(case, first):
    client = signed_in(first)
    assert "生成加入码" in client.get(f"/mine/cases/{case.number}/group/").content.decode()
    client.post(f"/mine/cases/{case.number}/group/")
    part = groups.read_part(owner=owner_of_account(first.pk), number=case.number)
    assert part.code in client.get(f"/mine/cases/{case.number}/group/").content.decode()
    return part.code


@pytest.fixture
def office(chain):
    return officer_client(make_post(union=chain[2], account=make_person().account))


def typed(code, number=1):
    return {"code": code, "name": f"工友{number}号", "phone": f"1380000{number:04d}"}


def people(count):
    return [(f"工友{n}号", f"1390000{n:04d}") for n in range(count)]


def test_joining_with_a_receipt_and_coming_back(case, code):
    client = Client()
    wrong = client.post(JOIN, {**typed("ABC"), "phone": "12"})
    assert wrong.status_code == 422
    assert "工友1号" in wrong.content.decode()
    page = client.post(JOIN, typed(code)).content.decode()
    assert "只显示这一次" in page
    with protection.working("test"):
        assert GroupMember.objects.count() == 2
    assert client.post(BY_RECEIPT, {"receipt": "no-such"}).status_code == 422


def test_a_receipts_holder_reads_says_and_leaves(case, code, office):
    sent = {"text": "\n".join(" ".join(row) for row in people(10))}
    page = office.post(f"/desk/cases/{case.number}/group/members/", sent).content.decode()
    receipts = [part.split("<")[0] for part in page.split("<td><strong>")[1:]]
    assert len(receipts) == 10
    client = Client()

    def send(receipt, **more):
        return client.post(BY_RECEIPT, {"receipt": receipt, **more}).content.decode()

    page = send(receipts[0], act="stand")
    assert "工友0号" in page
    with protection.working("test"):
        standing = Representative.objects.get()
    for receipt in receipts[1:7]:
        page = send(receipt, act="voice", representative=standing.pk, agrees="yes")
    assert "代表" in page
    assert "由推选出的代表统一发言" in send(receipts[1], act="words", words="请尽快")
    assert "你已退出" in send(receipts[9], act="leave")
    assert client.post(BY_RECEIPT, {"receipt": receipts[9]}).status_code == 422


def test_a_member_with_an_account(case, code, django_assert_max_num_queries):
    account = make_person().account
    client = signed_in(account)
    there = f"/mine/cases/{case.number}/group/"
    assert client.get(there).status_code == 404
    assert client.post(JOIN, typed(code)).status_code == 302
    with django_assert_max_num_queries(40):
        page = client.get(there).content.decode()
    assert "2 人参加" in page
    assert "家里有人生病" not in page
    assert case.number in client.get("/mine/cases/").content.decode()
    assert client.post(there, {"act": "stand"}).status_code == 422
    assert client.post(there, {"act": "nonsense"}).status_code == 404
    assert client.post(there, {"act": "leave"}).status_code == 302
    assert client.get(there).status_code == 404


def test_officers_see_enter_nominate_and_take_out(case, office, django_assert_max_num_queries):
    there = f"/desk/cases/{case.number}/group/"
    office.post(there)
    bad = office.post(f"{there}members/", {"text": "张三 12\n李四 13800001111"})
    assert bad.status_code == 422
    assert "第 1 行" in bad.content.decode()
    office.post(f"{there}members/", {"text": "\n".join(",".join(row) for row in people(9))})
    with django_assert_max_num_queries(45):
        page = office.get(there).content.decode()
    assert "13900000003" in page
    with protection.working("test"):
        member = GroupMember.objects.order_by("-id").first()
    office.post(f"{there}nomination/", {"member": member.pk})
    with protection.working("test"):
        standing = Representative.objects.get()
        keys = [str(one.pk) for one in GroupMember.objects.all()]
    office.post(f"{there}voices/", {"representative": standing.pk, "members": keys})
    assert "提名后尚未同意" in office.get(there).content.decode()
    assert office.post(f"{there}removal/", {"member": member.pk, "reason": "短"}).status_code == 422
    office.post(f"{there}removal/", {"member": member.pk, "reason": "经核实不属于本案当事人"})
    assert "13900000008" not in office.get(there).content.decode()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("张三，138 0000 1111", [("张三", "138 0000 1111")]),
        ("姓名,手机\n张三\t13800001111\n\n", [("张三", "13800001111")]),
        ("欧阳 娜 +8613800001111", [("欧阳 娜", "+8613800001111")]),
    ],
)
def test_a_list_as_it_is_pasted(text, rows):
    assert rows_of_text(text) == rows


def workbook(rows):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        workbook([("姓名", "手机"), ("张三", 13800001111)]),
        "姓名,手机\n张三,13800001111\n".encode("gb18030"),
        "\ufeff张三,13800001111".encode(),
    ],
)
def test_a_list_as_a_file(content):
    sent = SimpleUploadedFile("list.xlsx", content)
    assert rows_of_file(sent) == [("张三", "13800001111")]


@pytest.mark.parametrize("content", [b"PK\x03\x04 no workbook", b"\x00\x01\x02", b"\xff\xfe\x00"])
def test_a_file_that_is_no_list(content):
    with pytest.raises(Invalid):
        rows_of_file(SimpleUploadedFile("list.csv", content))


def test_the_operations_do_the_same(case, first, office):
    worker, base = signed_in(first), f"/api/v1/cases/{case.number}/group"
    desk = f"/api/v1/desk/cases/{case.number}/group"

    def send(client, path, **body):
        return client.post(path, json.dumps(body), content_type="application/json")

    made = send(worker, base)
    assert made.status_code == 201
    joined = send(Client(), "/api/v1/receipts/groups", **typed(made.json()["code"]))
    assert joined.status_code == 201
    receipt = {"receipt": joined.json()["receipt"]}
    assert send(Client(), "/api/v1/receipts/groups/reading", **receipt).json()["count"] == 2
    assert send(Client(), "/api/v1/receipts/groups/reading", receipt="x").status_code == 404
    rows = [{"name": name, "phone": phone} for name, phone in people(9)]
    assert len(send(office, f"{desk}/members", people=rows).json()["items"]) == 9
    assert send(office, f"{desk}/members", people=rows).status_code == 422
    acts = "/api/v1/receipts/groups"
    stands = send(Client(), f"{acts}/candidacy", **receipt).json()["stands"]
    voice = {"representative": stands[0]["id"], "agrees": True}
    assert send(worker, f"{base}/voices", **voice).json()["stands"][0]["agree"] == 2
    read = send(office, f"{desk}/reading").json()
    assert len(read["members"]) == 11
    signed = [each["id"] for each in read["members"]]
    chosen = send(
        office, f"{desk}/signatures", representative=stands[0]["id"], members=signed
    ).json()
    assert chosen["stands"][0]["elected_at"]
    assert send(worker, f"{base}/messages", words="请尽快安排").status_code == 409
    assert send(Client(), f"{acts}/messages", words="请尽快安排", **receipt).status_code == 200
    out = next(each["id"] for each in read["members"] if each["name"] == "工友3号")
    gone = send(office, f"{desk}/removal", member=out, reason="经核实不属于本案当事人").json()
    assert len(gone["members"]) == 10
    assert send(office, f"{desk}/nominations", member=signed[1]).status_code == 200
    ended = send(Client(), f"{acts}/candidacy/end", **receipt).json()
    assert ended["stands"] == []
    assert send(Client(), f"{acts}/departure", **receipt).status_code == 204
    member = signed_in(make_person().account)
    typed_in = typed(made.json()["code"], number=77)
    assert send(member, "/api/v1/group-memberships", **typed_in).status_code == 201
    assert send(member, f"{base}/candidacy").json()["stands"]
    assert member.delete(f"{base}/candidacy").json()["stands"] == []
    assert send(member, f"{base}/departure").status_code == 204
    assert member.get(base).status_code == 404
