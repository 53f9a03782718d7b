"""Memberships in the hands of officers: rested, woken, corrected, ended, entered from paper."""

import datetime as dt

import pytest

from niangjia.core.errors import Conflict, DomainError, Invalid, NotFound
from niangjia.core.models import AuditEntry
from niangjia.members import services
from niangjia.members.models import Membership, Notice, Role
from niangjia.members.tests.factories.accounts import make_answers
from niangjia.members.tests.factories.joining import (
    MONDAY,
    make_applicant,
    make_chain,
    make_membership,
    make_officer,
)
from niangjia.organisations import selectors as organisations
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
REASON = "已办理退休手续，按规定保留会籍。"


def enter(post, union, admitted=dt.date(2015, 5, 1), **answers):
    return services.register_paper_member(
        by=post,
        union=union,
        answers=make_answers(**answers),
        admitted_date=admitted,
        job="车工",
        now=MONDAY,
    )


def test_rest_wake_correct_and_end_are_written_down_and_told():
    union = make_union()
    account = make_applicant()
    membership = make_membership(union=union, person=account.person)
    officer = make_officer(union)
    arguments = {"by": officer, "membership": membership, "now": MONDAY}
    services.reserve_membership(reason=REASON, **arguments)
    with pytest.raises(Conflict):
        services.reserve_membership(reason=REASON, **arguments)
    assert organisations.figures(union)["members"] == 1
    services.restore_membership(**arguments)
    new = {"employer_name": "新单位", "job": "质检员"}
    services.correct_membership(particulars=new, reason=REASON, **arguments)
    services.end_membership(reason=REASON, **arguments)
    with pytest.raises(Conflict):
        services.end_membership(reason=REASON, **arguments)
    kinds = membership.changes.order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["admitted", "reserved", "restored", "corrected", "ended"]
    assert organisations.figures(union).get("members", 0) == 0
    assert Notice.objects.filter(account=account).count() == 4
    assert AuditEntry.objects.filter(subject=f"membership:{membership.pk}").count() == 5


@pytest.mark.parametrize("change", ["reserve", "correct", "end"])
def test_a_change_needs_a_reason_and_a_post_within_reach(change):
    _province, _city, county, union = make_chain()
    membership = make_membership(union=union)
    function = getattr(services, f"{change}_membership")
    more = {"particulars": {"job": "质检员"}} if change == "correct" else {}
    with pytest.raises(Invalid):
        function(by=make_officer(county), membership=membership, reason="退休", now=MONDAY, **more)
    for post in (make_officer(make_union()), make_officer(union, role=Role.ANALYST)):
        with pytest.raises(NotFound):
            function(by=post, membership=membership, reason=REASON, now=MONDAY, **more)


def test_a_paper_member_needs_no_account_and_keeps_the_date():
    union = make_union()
    membership = enter(make_officer(union), union)
    assert (membership.admitted_date, membership.union) == (dt.date(2015, 5, 1), union)
    assert membership.changes.get().kind == "registered"
    assert not hasattr(membership.person, "account")
    assert organisations.figures(union)["members"] == 1


def test_nobody_is_entered_twice_or_taken_from_another_union():
    here, there = make_union(), make_union()
    account = make_applicant()
    person = account.person
    make_membership(union=there, person=person)
    same = {"name": person.name, "identity_number": person.identity_number}
    with pytest.raises(Conflict) as refused:
        enter(make_officer(here), here, **same)
    assert refused.value.code == "member-already"
    with pytest.raises(Conflict) as refused:
        enter(make_officer(here), here, **same | {"name": "别人"})
    assert refused.value.code == "identity-in-use"
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"admitted": dt.date(2030, 1, 1)}, {"identity_number": "330782199001010001"}, {"name": ""}],
)
def test_what_cannot_be_is_not_entered(wrong):
    union = make_union()
    with pytest.raises(Invalid):
        enter(make_officer(union), union, **wrong)
    assert not Membership.objects.exists()


def test_entering_needs_a_post_within_reach():
    union = make_union()
    for post in (make_officer(make_union()), make_officer(union, role=Role.ADMINISTRATOR)):
        with pytest.raises(DomainError) as refused:
            enter(post, union)
        assert refused.value.status == 404
