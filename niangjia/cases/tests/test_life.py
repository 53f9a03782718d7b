"""Whoever asked moves away, dies, or closes their account."""

import pytest
from django.test import Client

from niangjia.cases import services
from niangjia.cases.models import EntryKind, State
from niangjia.cases.selectors import owner_of_account, owner_of_receipt
from niangjia.cases.services import moving_away
from niangjia.cases.tests.factories import COMPLAINT, end_step, fresh, make_case, make_officer
from niangjia.core import clock, protection
from niangjia.core.errors import NotFound
from niangjia.core.models import AuditEntry
from niangjia.core.tests import letters as papers
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import officer_client, signed_in
from niangjia.members.tests.factories.joining import make_membership
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_division, make_union
from niangjia.regions.models import Level

pytestmark = pytest.mark.django_db
JSON = "application/json"
FAMILY = "儿子陈小雨电话告知，13800000000"


@pytest.fixture
def member(chain):
    return make_membership(union=chain[3])


def entries(case, kind):
    with protection.working("test"):
        return list(case.entries.filter(kind=kind))


def test_the_family_goes_on_with_a_receipt_and_the_dead_are_told_nothing(chain, member):
    account = member.person.account
    case = make_case(union=chain[3], account=account)
    desk = officer_client(make_officer(chain[3]))
    answer = desk.post(f"/desk/cases/{case.number}/death/", {"goes_on": "yes", "words": FAMILY})
    receipt = answer.context["receipt"]
    assert receipt in answer.content.decode()
    told = Notice.objects.filter(account=account).count()
    page = Client().post("/services/receipt/", {"receipt": receipt}).content.decode()
    assert "由家属继续办理" in page
    assert signed_in(account).get(f"/mine/cases/{case.number}/").status_code == 404
    end_step(case, make_officer(chain[3]), "check", "passed")
    assert Notice.objects.filter(account=account).count() == told
    assert bytes(fresh(case).owner_digest) == owner_of_receipt(receipt)


def test_their_other_matters_are_settled_too_and_other_unions_hear_of_it(chain, member):
    """Whoever noted it sees what they may; an unknown complaint leads nobody to its applicant."""
    account, away = member.person.account, make_union(parent=chain[2])
    first, second, third = (
        make_case(union=union, account=account) for union in (chain[3], chain[3], away)
    )
    desk, elsewhere = officer_client(make_officer(chain[3])), make_officer(away)
    answer = desk.post(f"/desk/cases/{first.number}/death/", {"goes_on": "no", "words": FAMILY})
    assert [each.pk for each, *_rest in answer.context["others"]] == [second.pk]
    page = answer.text
    assert f"/desk/cases/{second.number}/death/" in page
    assert FAMILY in page
    assert third.number not in page
    told = Notice.objects.get(kind="desk.case_applicant_died")
    assert (told.account, told.facts["number"]) == (elsewhere.account, third.number)
    said = officer_client(elsewhere).get(f"/desk/cases/{third.number}/").text
    assert f"{chain[3].name}在另一件事里得知" in said
    given = {"goes_on": True, "words": FAMILY}
    settled = desk.post(f"/api/v1/desk/cases/{second.number}/death", given, JSON).json()
    assert settled["receipt"]
    assert settled["others"] == []
    assert Notice.objects.filter(kind="desk.case_applicant_died").count() == 1


def test_from_a_complaint_nobody_else_is_told(chain, member):
    account, employer = member.person.account, make_employer(chain)
    case = make_case(union=chain[3], account=account, document=COMPLAINT, accused=employer)
    other, away = make_case(union=chain[3], account=account), make_union(parent=chain[2])
    hidden = make_case(union=away, account=account)
    make_officer(away)
    officer = make_officer(chain[3])
    noted = services.note_death(
        by=officer, case_id=case.pk, goes_on=False, words=FAMILY, now=clock.now()
    )
    assert noted.others == [other]
    assert not entries(hidden, EntryKind.DIED)
    assert not Notice.objects.filter(kind="desk.case_applicant_died").exists()


def make_employer(chain):
    return Employer.objects.create(name="义乌某某玩具有限公司", division=chain[3].division)


def test_of_a_complaint_as_well(chain, member):
    case = make_case(
        union=chain[3],
        account=member.person.account,
        document=COMPLAINT,
        accused=make_employer(chain),
    )
    officer = make_officer(chain[3])
    told = Notice.objects.filter(account=member.person.account).count()
    services.note_death(by=officer, case_id=case.pk, goes_on=True, words=FAMILY, now=clock.now())
    services.write_note(
        by=officer, case_id=case.pk, words="请家属补充", to_applicant=True, now=clock.now()
    )
    assert Notice.objects.filter(account=member.person.account).count() == told


def test_what_only_helped_the_person_ends_and_asks_nobody_to_rate(chain, member):
    case = make_case(union=chain[3], account=member.person.account)
    desk = officer_client(make_officer(chain[3]))
    there = f"/desk/cases/{case.number}/death/"
    refused = desk.post(there, {"goes_on": "no", "words": ""})
    assert refused.status_code == 422
    assert "哪位家属告知" in refused.content.decode()
    assert desk.post(there, {"goes_on": "no", "words": FAMILY}).status_code == 302
    assert fresh(case).state == State.WITHDRAWN
    assert not Notice.objects.filter(kind__startswith="rating").exists()
    with pytest.raises(NotFound):
        services.note_death(
            by=make_officer(make_union()),
            case_id=case.pk,
            goes_on=False,
            words=FAMILY,
            now=clock.now(),
        )


def test_whoever_moves_keeps_their_case_and_the_officers_know_once(chain, member):
    case = make_case(union=chain[3], account=member.person.account)
    officer, away = make_officer(chain[3]), make_union()
    for _again in range(2):
        services.note_move(membership_id=member.pk, to=away, now=clock.now())
    assert [entry.facts["to"] for entry in entries(case, EntryKind.MOVED)] == [str(away.pk)]
    assert fresh(case).handler == chain[3]
    assert Notice.objects.filter(account=officer.account, kind="desk.case_moved_away").count() == 1
    page = officer_client(officer).get(f"/desk/cases/{case.number}/").content.decode()
    assert away.name in page[page.index("申请人已迁往外地") :]
    near = make_union(parent=chain[3])
    assert services.note_move(membership_id=member.pk, to=near, now=clock.now()) == 0


def test_whoever_closes_their_account_reads_first_what_ends_with_it(chain, member):
    account = member.person.account
    browser = signed_in(account)
    assert "一起撤回" not in browser.get("/mine/privacy/deletion/").content.decode()
    case = make_case(union=chain[3], account=account)
    page = browser.get("/mine/privacy/deletion/").content.decode()
    assert f"测试帮扶，编号 {case.number}" in page[page.index("一起撤回") :]


class TestMovingToAnotherProvince:
    @pytest.fixture
    def case(self, chain, member):
        make_division("广东省", code="440000", level=Level.PROVINCE)
        return make_case(union=chain[3], account=member.person.account)

    def test_the_case_stays_and_its_record_goes_along_with_consent(self, chain, member, case):
        worker, officer = signed_in(member.person.account), make_officer(chain[3])
        desk = officer_client(officer)
        there, record = f"/mine/cases/{case.number}/move/", f"/mine/cases/{case.number}/record/"
        assert there in worker.get(f"/mine/cases/{case.number}/").content.decode()
        assert "不用重新申请" in worker.get(there).content.decode()
        assert worker.get(record).url == there, "nobody has agreed to it yet"
        refused = worker.post(there, {"province": "330000", "agreed": "on"})
        assert refused.status_code == 422
        assert "id_province_error" in refused.content.decode()
        for _twice in range(2):
            assert worker.post(there, {"province": "440000"}).status_code == 302
        assert len(entries(case, EntryKind.MOVED)) == 1
        assert desk.get(f"/desk/cases/{case.number}/record/").status_code == 302
        assert worker.post(there, {"province": "440000", "agreed": "on"}).status_code == 302
        paper = worker.get(record)
        assert paper["Content-Type"] == "application/pdf"
        said = papers.text_of(paper.content)
        for told in (case.number, "测试帮扶", "家里有人生病，收入不够", "广东省"):
            assert told in said
        page = desk.get(f"/desk/cases/{case.number}/").content.decode()
        assert "给当地工会的办件记录" in page
        assert desk.get(f"/desk/cases/{case.number}/record/").content[:4] == b"%PDF"
        assert AuditEntry.objects.filter(action="case.record-taken").count() == 1
        assert fresh(case).handler == chain[3]
        told = Notice.objects.filter(account=officer.account, kind="desk.case_moved_away")
        assert told.count() == 2
        worker.post(there, {"province": "440000"})
        assert worker.get(record).status_code == 302, "and taken back"

    def test_over_the_api(self, chain, member, case):
        worker, desk = signed_in(member.person.account), officer_client(make_officer(chain[3]))
        there, record = f"/api/v1/cases/{case.number}/move", f"/api/v1/cases/{case.number}/record"
        assert worker.get(there).json() == {"province": None, "agreed": False}
        assert worker.get(record).json()["code"] == "not-agreed"
        for wrong in ("330000", "000000", ""):
            refused = worker.post(there, {"province": wrong}, JSON)
            assert (refused.status_code, refused.json()["code"]) == (422, "no-province")
        moved = worker.post(there, {"province": "440000", "agreed": True}, JSON)
        assert moved.json() == worker.get(there).json() == {"province": "广东省", "agreed": True}
        assert worker.get(record).content[:4] == b"%PDF"
        taken = desk.post(f"/api/v1/desk/cases/{case.number}/record", {}, JSON)
        assert (taken.content[:4], taken["Cache-Control"]) == (b"%PDF", "private, no-store")
        assert AuditEntry.objects.filter(action="case.record-taken").count() == 1
        worker.post(f"/api/v1/cases/{case.number}/withdrawal", {}, JSON)
        assert worker.post(there, {"province": "440000"}, JSON).json()["code"] == "withdrawn"

    def test_what_only_officers_wrote_down_stays_here(self, chain, member, case):
        officer, owner = make_officer(chain[3]), owner_of_account(member.person.account.pk)
        services.write_note(
            by=officer, case_id=case.pk, words="内部意见：存疑", to_applicant=False, now=clock.now()
        )
        moving_away.tell_move(
            owner=owner, case_id=case.pk, province="440000", agreed=True, now=clock.now()
        )
        made = moving_away.take_record(
            by=officer.account, posts=[officer], number=case.number, now=clock.now()
        )
        assert "内部意见" not in papers.text_of(made)
