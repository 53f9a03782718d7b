"""A complaint about somebody who works at a union: it goes above them, and they find nothing."""

import json

import pytest

from niangjia.cases import services
from niangjia.cases.models import Case, EntryKind
from niangjia.cases.services import AboutOfficer, Asking, Matter
from niangjia.cases.services.timeline import said_in, told_in
from niangjia.cases.tests.factories import AID, COMPLAINT, fresh, make_case, make_officer, publish
from niangjia.cases.tests.secrecy import find
from niangjia.cases.tests.test_becoming_tied import sees
from niangjia.core import outbox, protection
from niangjia.core.errors import Conflict, Invalid
from niangjia.feedback.models import Invitation, RectificationOrder
from niangjia.feedback.selectors.protection import may_know
from niangjia.members.models import Notice, Role
from niangjia.members.services import appoint_post
from niangjia.members.services.identity import identify_person
from niangjia.members.tests.factories.accounts import (
    make_account,
    make_identity_number,
    make_person,
)
from niangjia.members.tests.factories.desk import signed_in
from niangjia.members.tests.factories.joining import MONDAY, make_membership
from niangjia.organisations.models import Union
from niangjia.organisations.tests.factories import make_root, make_union

pytestmark = pytest.mark.django_db
NAME = "周海燕"
WHO = "副主席 周 海燕"
ABOUT = {**COMPLAINT, "key": "about-complaint", "about_officers": True}
IDEA = {**AID, "key": "about-idea", "begins": "place", "about_officers": True}


@pytest.fixture
def offered(chain):
    publish(ABOUT)
    publish(IDEA)
    return chain


@pytest.fixture
def meant(offered):
    """The chair of the county, whom workers complain about."""
    return make_officer(offered[2], account=make_person(name=NAME).account)


def complain(at, about, who=WHO, *, key="about-complaint", answer="matter", account=None):
    return services.open_case(
        matter=Matter(
            item_key=key,
            union=at,
            answers={answer: "他收了钱才肯办事"},
            officer=AboutOfficer(about, who),
        ),
        asking=Asking(
            account=account,
            person=account.person if account else None,
            is_anonymous=account is None,
        ),
        now=MONDAY,
    ).case


def test_it_goes_to_the_union_above_and_they_find_nothing_from_the_first_moment(offered, meant):
    case = complain(offered[3], offered[2])
    after = fresh(case)
    assert (after.handler, after.began_at) == (offered[1], offered[1])
    assert (after.about_ids, after.excluded_ids) == ([offered[2].pk], [meant.account_id])
    with protection.working("test"):
        assert told_in(after)["about"] == "副主席 周 海燕"
    above = make_officer(offered[1])
    assert sees(above, case)
    # Whatever post they get, they find nothing.
    for union in offered[:2]:
        make_officer(union, Role.CASE_OFFICER, account=meant.account)
    found = find(meant.account, MONDAY)
    assert not any(found.ways)
    assert found.counted == 0
    assert not Notice.objects.filter(account=meant.account, kind__startswith="desk.case").exists()
    # The control: without the account among them they would.
    with protection.working("test"):
        Case.objects.filter(pk=case.pk).update(excluded_ids=[])
    assert sees(meant, case)


def test_a_suggestion_about_somebody_is_kept_like_a_complaint(offered, meant):
    worker = make_person().account
    case = complain(offered[3], offered[2], key="about-idea", answer="reason", account=worker)
    assert (case.is_complaint, case.applicant, case.handler) == (True, None, offered[1])


def test_a_service_that_is_about_nobody_says_so(offered, meant):
    for key, answer, who, field in (
        ("test-complaint", "matter", WHO, "officer_union"),
        ("about-complaint", "matter", " ", "officer"),
    ):
        with pytest.raises(Invalid) as refusal:
            complain(offered[3], offered[2], who, key=key, answer=answer)
        assert field in refusal.value.fields


def test_where_everybody_is_kept_from_it_the_next_above_takes_it(offered, meant):
    make_officer(offered[1], account=meant.account)
    assert complain(offered[3], offered[2]).handler == offered[0]
    # The control: with one other officer there, it stays.
    make_officer(offered[1])
    assert complain(offered[3], offered[2]).handler == offered[1]


def test_about_somebody_at_the_top_it_is_the_matter_of_the_others_there(offered):
    for union in (offered[0], make_root()):
        top = make_officer(union, account=make_person(name=NAME).account)
        other = make_officer(union)
        case = complain(offered[3], union)
        assert case.handler == union
        assert (sees(top, case), sees(other, case)) == (False, True)
        top.account.person.name = "另有其名"
        top.account.person.save()


def test_it_comes_to_no_union_at_which_they_work(offered, meant):
    case = complain(offered[3], offered[2])
    chair = make_officer(offered[1])
    for to in offered[2:]:
        with pytest.raises(Invalid):
            services.transfer_case(
                by=chair, case_id=case.pk, to=to, reason="按属地管理应由你会办理", now=MONDAY
            )
        with pytest.raises(Invalid):
            services.join_unit(by=chair, case_id=case.pk, union=to, task="", now=MONDAY)
    beside = make_union("永康市总工会", parent=offered[1], kind="federation")
    services.transfer_case(
        by=chair, case_id=case.pk, to=beside, reason="按属地管理应由你会办理", now=MONDAY
    )
    assert fresh(case).handler == beside


def name(case, by, union, who=NAME):
    return services.name_officer(by=by, case_id=case.pk, union=union, who=who, now=MONDAY)


def test_an_officer_names_whom_nobody_knew(offered, meant):
    case = complain(offered[3], offered[2], "管困难补助的那个人")
    assert not fresh(case).excluded_ids
    both = make_officer(offered[1], account=meant.account)
    services.assign_case(by=both, case_id=case.pk, to=both.account, now=MONDAY)
    chair = make_officer(offered[1])
    with pytest.raises(Invalid) as refusal:
        name(case, chair, offered[2], "没有这个人")
    assert refusal.value.code == "nobody-called-so"
    name(case, chair, offered[2])
    after = fresh(case)
    assert (after.excluded_ids, after.assigned_to) == ([meant.account_id], None)
    assert (sees(both, case), sees(chair, case)) == (False, True)
    with protection.working("test"):
        entry = case.entries.get(kind=EntryKind.NOTE)
        assert (entry.is_public, said_in(after, entry).words) == (False, f"{NAME}（义乌市总工会）")
    plain = make_case(union=offered[3], now=MONDAY)
    with pytest.raises(Conflict) as refused:
        name(plain, chair, offered[2])
    assert refused.value.code == "not-about-officers"


def test_named_at_the_union_that_has_it_the_case_goes_on_above(offered, meant):
    case = make_case(union=offered[2], document=IDEA, now=MONDAY)
    other = make_officer(offered[2])
    name(case, other, offered[2])
    assert (fresh(case).handler, sees(other, case)) == (offered[1], False)


def test_whoever_gets_a_post_later_is_met(offered):
    """They had no account when it was filed, or signed in anew since."""
    case = complain(offered[3], offered[2])
    account = make_person(name=NAME).account
    make_officer(offered[1])
    with protection.working("test"):
        assert not fresh(case).excluded_ids
    appoint_post(by=None, account=account, union=offered[1], role=Role.CHAIR, now=MONDAY)
    outbox.deliver_pending()
    assert fresh(case).excluded_ids == [account.pk]
    elsewhere = make_person(name=f"{NAME}妹").account
    appoint_post(by=None, account=elsewhere, union=offered[1], role=Role.CHAIR, now=MONDAY)
    outbox.deliver_pending()
    assert fresh(case).excluded_ids == [account.pk]


def test_a_post_in_words_means_whoever_holds_it_where_nobody_is_called_so(offered):
    """The control: a deputy is somebody else, and a name goes before the post."""
    chair, colleague = make_officer(offered[2]), make_officer(offered[2], Role.CASE_OFFICER)
    named = make_officer(offered[2], account=make_person(name=NAME).account)
    for words, kept in (
        ("他们的主席", {chair.account_id, named.account_id}),
        ("chair of the union", {chair.account_id, named.account_id}),
        ("服务专员", {colleague.account_id}),
        ("副主席", set()),
        (f"主席 {NAME}", {named.account_id}),
        ("管困难补助的那个人", set()),
    ):
        assert set(fresh(complain(offered[3], offered[2], words)).excluded_ids) == kept, words


def test_whoever_gets_the_post_where_nobody_held_it_is_met(offered):
    case, other = complain(offered[3], offered[2], "主席"), complain(offered[3], offered[2])
    for union, role in ((offered[1], Role.CHAIR), (offered[2], Role.CASE_OFFICER)):
        appoint_post(by=None, account=make_account(), union=union, role=role, now=MONDAY)
    outbox.deliver_pending()
    assert not fresh(case).excluded_ids
    first, second = make_account(), make_account()
    for account in (first, second):
        appoint_post(by=None, account=account, union=offered[2], role=Role.CHAIR, now=MONDAY)
        outbox.deliver_pending()
    assert (fresh(case).excluded_ids, fresh(other).excluded_ids) == ([first.pk], [])


def test_whoever_says_their_name_after_they_got_the_post_is_met(offered):
    case, number = complain(offered[3], offered[2]), make_identity_number(sequence=5)
    post = make_officer(offered[2], account=make_account())
    for said, kept in (("吴敏", []), (NAME, [post.account_id])):
        answers = {"name": said, "document_type": "resident_id", "identity_number": number}
        identify_person(account=post.account, answers=answers, now=MONDAY)
        outbox.deliver_pending()
        assert fresh(case).excluded_ids == kept


def test_nothing_of_its_rating_reaches_them(offered, meant):
    case = complain(offered[3], offered[2])
    officer = make_officer(offered[1])
    services.take_step(
        by=officer, case_id=case.pk, step="look", outcome="settled", words="", now=MONDAY
    )
    with protection.working("test"):
        asked = Invitation.objects.get(subject_id=case.pk)
    assert asked.is_protected
    assert may_know({meant.account_id, officer.account_id}, asked) == {officer.account_id}
    for post, count in ((meant, 0), (officer, 1)):
        with protection.viewing(account=post.account_id):
            assert Invitation.objects.filter(subject_id=case.pk).count() == count
            assert not RectificationOrder.objects.exists()


def worker_of(union):
    return signed_in(make_membership(union=union).person.account)


def test_on_the_pages_of_a_worker(offered, meant):
    worker = worker_of(offered[3])
    page = "/services/about-complaint/asking/"
    form = worker.get(page).content.decode()
    assert "这是关于工会里的人" in form
    assert offered[3].name in form
    assert (
        "这是关于工会里的人" not in worker.get("/services/test-complaint/asking/").content.decode()
    )
    told = {"matter": "他收了钱才肯办事", "about-officer": WHO}
    nobody = worker.post(page, {"matter": told["matter"]})
    assert nobody.status_code == 422
    assert "要写明是哪个单位" in nobody.content.decode()
    unknown = worker.post(page, {**told, "about-officer_union": "总工会"})
    assert unknown.status_code == 422
    assert offered[2].number in unknown.content.decode()
    assert WHO in unknown.content.decode()
    searched = worker.post(page, {**told, "about-officer_union": "义乌", "find": "x"})
    assert searched.status_code == 200
    assert offered[2].number in searched.content.decode()
    offers = worker.get("/services/officer-unions/", {"about-officer_union": "义乌"})
    assert f'name="about-officer_chosen" value="{offered[2].number}"' in offers.content.decode()
    sent = worker.post(page, {**told, "about-officer_chosen": offered[2].number})
    assert sent.status_code == 302
    with protection.working("test"):
        case = Case.objects.get()
    assert (case.handler_id, case.excluded_ids) == (offered[1].pk, [meant.account_id])
    mine = worker.get(f"/mine/cases/{case.number}/").content.decode()
    assert WHO in mine
    assert offered[2].name in mine


def test_on_the_desk(offered, meant):
    case = complain(offered[3], offered[2], "管困难补助的那个人")
    chair = make_officer(offered[1], account=make_person().account)
    make_officer(offered[1], account=meant.account)
    desk, page = signed_in(chair.account), f"/desk/cases/{case.number}/"
    assert "管困难补助的那个人" in desk.get(page).content.decode()
    short = desk.post(f"{page}officer/", {"officer": "周", "officer_union": "哪里都不是"})
    assert short.status_code == 422
    assert "哪里都不是" in short.content.decode()
    found = desk.post(f"{page}officer/", {"officer": NAME, "officer_union": "义乌", "find": "x"})
    assert found.status_code == 200
    assert f'value="{offered[2].number}"' in found.content.decode()
    told = {"officer": NAME, "officer_chosen": offered[2].number}
    assert "看不到这件办件" in desk.post(f"{page}officer/", told, follow=True).content.decode()
    excluded = signed_in(meant.account)
    assert excluded.get(page).status_code == 404
    assert excluded.post(f"{page}officer/", told).status_code == 404
    assert case.number not in excluded.get("/desk/cases/").content.decode()


def sent(browser, where, **body):
    return browser.post(f"/api/v1/{where}", json.dumps(body), content_type="application/json")


def test_by_the_api(offered, meant):
    worker = signed_in(make_account())
    told = {
        "union": offered[3].number,
        "answers": {"matter": "他收了钱才肯办事"},
        "officer_union": offered[2].number,
    }
    where = "services/about-complaint/cases"
    for officer, status in ((" ", 422), (WHO, 201)):
        assert sent(worker, where, **told, officer=officer).status_code == status
    wrong = sent(worker, where, **{**told, "officer_union": "1"}, officer=WHO)
    assert (wrong.status_code, "officer_union" in wrong.content.decode()) == (422, True)
    with protection.working("test"):
        case = Case.objects.get()
    assert case.excluded_ids == [meant.account_id]
    make_officer(offered[1], account=meant.account)
    chair = make_officer(offered[1], account=make_person().account)
    desk, excluded = signed_in(chair.account), signed_in(meant.account)
    there = f"desk/cases/{case.number}"
    shown = sent(desk, f"{there}/reading").json()["about"]
    assert (shown["who"], shown["unions"][0]["number"]) == (WHO, offered[2].number)
    named = {"officer_union": offered[2].number, "officer": NAME}
    assert sent(excluded, f"{there}/reading").status_code == 404
    assert sent(excluded, f"{there}/officers", **named).status_code == 404
    assert sent(desk, f"{there}/officers", **{**named, "officer": "无此人"}).status_code == 422
    assert sent(desk, f"{there}/officers", **named).status_code == 200
    itself = {"officer_union": offered[1].number, "officer": NAME}
    assert sent(desk, f"{there}/officers", **itself).status_code == 204
    assert Union.objects.get(pk=fresh(case).handler_id) == offered[0]
