"""Answering applications: once, by who may, with what follows."""

import datetime as dt

import pytest

from niangjia.core.errors import Conflict, Invalid, NotFound
from niangjia.core.models import AuditEntry, OutboxEvent
from niangjia.members import services
from niangjia.members.models import Membership, Notice, Role
from niangjia.members.tests.factories.joining import (
    MONDAY,
    make_applicant,
    make_application,
    make_chain,
    make_membership,
    make_officer,
)
from niangjia.organisations import selectors as organisations
from niangjia.organisations.models import Kind
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
REASON = "你的单位已有工会，请向单位工会申请。"


def decide(post, application, verdict="admitted", reason="", now=MONDAY):
    return services.decide_application(
        by=post, application=application, verdict=verdict, reason=reason, now=now
    )


def test_admission_makes_a_member_counts_and_tells():
    union = make_union()
    application = make_application(union=union, now=MONDAY)
    before = organisations.figures(union)
    decided = decide(
        make_officer(union), application, now=MONDAY + dt.timedelta(hours=5, minutes=9)
    )
    membership = Membership.objects.get(person=application.person)
    assert (decided.status, membership.union, membership.status) == ("admitted", union, "admitted")
    after = organisations.figures(union)
    assert before["applications:open"] == 1
    assert after["members"] == after["applications:decided"] == after["answer_hours:5"] == 1
    assert after.get("applications:open", 0) == 0
    assert Notice.objects.filter(account=application.account, kind="application.admitted").exists()
    assert AuditEntry.objects.filter(action="application.admitted").count() == 1
    assert set(OutboxEvent.objects.values_list("type", flat=True)) >= {
        "members.ApplicationSubmitted",
        "members.ApplicationDecided",
        "members.MemberAdmitted",
    }


def test_refusal_needs_a_reason_that_helps():
    union = make_union()
    application = make_application(union=union)
    with pytest.raises(Invalid) as refused:
        decide(make_officer(union), application, "refused", "   不行   ")
    assert "reason" in refused.value.fields
    assert decide(make_officer(union), application, "refused", REASON).reason == REASON
    assert not Membership.objects.exists()
    notice = Notice.objects.get(account=application.account, kind="application.refused")
    assert notice.facts["reason"] == REASON


@pytest.mark.parametrize("verdict", ["", "withdrawn", "draft", "maybe", "<b>"])
def test_only_two_verdicts_exist(verdict):
    union = make_union()
    with pytest.raises(Invalid) as refused:
        decide(make_officer(union), make_application(union=union), verdict, REASON)
    assert "verdict" in refused.value.fields


def test_nobody_decides_twice_and_the_first_answer_stands():
    union = make_union()
    application = make_application(union=union)
    decide(make_officer(union), application, "refused", REASON)
    with pytest.raises(Conflict) as conflict:
        decide(make_officer(union), application)
    assert conflict.value.code == "already-decided"
    application.refresh_from_db()
    assert application.status == "refused"
    assert organisations.figures(union)["applications:decided"] == 1


def test_nobody_decides_what_was_withdrawn():
    union = make_union()
    application = make_application(union=union)
    services.withdraw_application(account=application.account, application=application, now=MONDAY)
    with pytest.raises(Conflict) as conflict:
        decide(make_officer(union), application)
    assert conflict.value.code == "withdrawn"


def test_out_of_reach_the_wrong_role_and_an_ended_post_answer_like_missing():
    _province, _city, county, union = make_chain()
    application = make_application(union=union)
    ended = make_officer(union)
    ended.ended_at = MONDAY
    ended.save()
    sibling = make_union(parent=county)
    for post in [
        make_officer(sibling),
        make_officer(county, reach="union"),
        make_officer(union, role=Role.ANALYST),
        make_officer(union, role=Role.ADMINISTRATOR),
        ended,
    ]:
        with pytest.raises(NotFound):
            decide(post, application)
    assert decide(make_officer(county), application).status == "admitted"


def test_officers_do_not_answer_themselves():
    union = make_union()
    application = make_application(union=union)
    post = make_officer(union)
    post.account = application.account
    post.save()
    with pytest.raises(Conflict) as conflict:
        decide(post, application)
    assert conflict.value.code == "own-application"


def test_a_transfer_moves_the_membership_with_its_number_and_date():
    old, new = make_union("旧工会"), make_union("新工会")
    account = make_applicant()
    membership = make_membership(union=old, person=account.person, now=MONDAY)
    application = make_application(union=new, account=account, now=MONDAY)
    assert application.kind == "transfer"
    decide(make_officer(new), application)
    moved = Membership.objects.get(person=account.person)
    assert (moved.pk, moved.number, moved.union) == (membership.pk, membership.number, new)
    assert moved.admitted_date == membership.admitted_date
    last = moved.changes.order_by("id").last()
    assert (last.kind, last.from_union, last.union) == ("transferred", old, new)
    assert organisations.figures(old).get("members", 0) == 0
    assert organisations.figures(new)["members"] == 1
    assert Notice.objects.filter(account=account, kind="application.transferred").exists()


def test_a_member_entered_from_paper_meanwhile_is_not_made_twice():
    union = make_union()
    application = make_application(union=union)
    make_membership(union=union, person=application.person)
    decide(make_officer(union), application)
    assert Membership.objects.filter(person=application.person).count() == 1
    assert organisations.figures(union)["members"] == 1


def test_a_reserved_membership_wakes_up():
    union = make_union()
    account = make_applicant()
    membership = make_membership(union=union, person=account.person)
    officer = make_officer(union)
    services.reserve_membership(
        by=officer, membership=membership, reason="已退休，按规定保留会籍。", now=MONDAY
    )
    decide(officer, make_application(union=union, account=account))
    membership.refresh_from_db()
    assert membership.status == "admitted"
    assert membership.changes.order_by("id").last().kind == "restored"


def test_a_federation_admits_only_whom_it_names():
    union = make_union(kind=Kind.FEDERATION, admits_directly=["courier"])
    with pytest.raises(Invalid) as refused:
        make_application(union=union, worker_kind="driver")
    assert refused.value.code == "not-admitted-here"
    assert make_application(union=union, worker_kind="courier").worker_kind == "courier"
