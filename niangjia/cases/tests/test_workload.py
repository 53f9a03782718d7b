"""Giving cases to officers and to unions."""

import datetime as dt

import pytest
from django.db import connection, transaction

from niangjia.cases import selectors, services
from niangjia.cases.selectors import surroundings
from niangjia.cases.services import groups
from niangjia.cases.tests.factories import (
    AID,
    COMPLAINT,
    end_step,
    fresh,
    make_case,
    make_officer,
    publish,
)
from niangjia.core import clock, protection
from niangjia.core.errors import Conflict, Invalid, NotFound, TooLate
from niangjia.core.models import CalendarYear
from niangjia.core.working_calendar import set_working_day
from niangjia.members.models import Notice, Role
from niangjia.members.rules import permissions
from niangjia.members.rules.permissions import Action
from niangjia.members.selectors import current_posts
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import signed_in
from niangjia.members.tests.factories.joining import MONDAY
from niangjia.organisations import services as organisations
from niangjia.organisations.models import Employer, Kind
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
REASON = "按属地管理应由你会办理，请接收"


@pytest.fixture
def beside(chain):
    return make_union("邻厂工会", parent=chain[2])


def sees(post, case):
    account = post.account
    with protection.viewing(account=account.pk):
        found = selectors.visible_cases(current_posts(account), account=account)
        return found.filter(pk=case.pk).exists()


def test_the_database_names_the_roles_that_handle_cases(chain):
    """The table of roles is written twice: in Python, and in the policies' function."""
    may = {role for role, actions in permissions.MAY.items() if Action.HANDLE_CASES in actions}
    for role in Role:
        post = make_officer(chain[2], role)
        with connection.cursor() as cursor:
            cursor.execute("SELECT cases_reaches(%s)", [post.account_id])
            assert bool(cursor.fetchone()[0]) is (role in may), role


def test_an_officer_takes_a_case_and_a_chair_gives_it(chain):
    case = make_case(union=chain[2], now=MONDAY)
    officer, chair = make_officer(chain[2], Role.CASE_OFFICER), make_officer(chain[2])
    services.assign_case(by=officer, case_id=case.pk, to=officer.account, now=MONDAY)
    assert fresh(case).assigned_to_id == officer.account_id
    with pytest.raises(NotFound):
        services.assign_case(by=officer, case_id=case.pk, to=chair.account, now=MONDAY)
    services.assign_case(by=chair, case_id=case.pk, to=chair.account, now=MONDAY)
    assert fresh(case).assigned_to_id == chair.account_id


@pytest.mark.parametrize("whom", ["elsewhere", "analyst", "applicant", "tied"])
def test_whoever_may_not_handle_it_is_not_given_it(chain, beside, whom):
    account = make_person().account
    employer = Employer.objects.create(name="某某公司", division=chain[2].division)
    case = make_case(union=chain[2], document=COMPLAINT, accused=employer, now=MONDAY)
    if whom == "applicant":
        case = make_case(union=chain[2], account=account, now=MONDAY)
    to = {
        "elsewhere": lambda: make_officer(beside).account,
        "analyst": lambda: make_officer(chain[2], Role.ANALYST).account,
        "applicant": lambda: make_officer(chain[2], account=account).account,
        "tied": lambda: tied_officer(chain[2], beside, employer),
    }[whom]()
    with pytest.raises(Invalid) as refusal:
        services.assign_case(by=make_officer(chain[2]), case_id=case.pk, to=to, now=MONDAY)
    assert refusal.value.code == "not-assignable"


def tied_officer(union, theirs, employer):
    theirs.employers.add(employer)
    account = make_officer(union).account
    make_officer(theirs, Role.MEMBERSHIP_OFFICER, account=account)
    return account


def test_a_transfer_goes_near_and_the_old_union_goes_on_seeing_it(chain, beside):
    case = make_case(union=chain[3], now=MONDAY)
    old, new = make_officer(chain[3]), make_officer(beside)
    assert not sees(new, case)
    services.transfer_case(
        by=make_officer(chain[2]), case_id=case.pk, to=beside, reason=REASON, now=MONDAY
    )
    moved = fresh(case)
    assert moved.handler == beside
    assert sees(new, case)
    assert sees(old, case)
    assert Notice.objects.filter(account=new.account, kind="desk.case_moved").exists()
    with pytest.raises(NotFound):
        end_step(case, old, "check", "passed", now=MONDAY)


def test_a_transfer_goes_no_further(chain):
    case = make_case(union=chain[3], now=MONDAY)
    far = make_union("外省总工会", kind=Kind.FEDERATION)
    with pytest.raises(Invalid) as refusal:
        services.transfer_case(
            by=make_officer(chain[2]), case_id=case.pk, to=far, reason=REASON, now=MONDAY
        )
    assert "to" in refusal.value.fields


def test_a_complaint_is_never_transferred_to_a_union_of_the_accused(chain, beside):
    employer = Employer.objects.create(name="某某公司", division=chain[2].division)
    case = make_case(union=chain[2], document=COMPLAINT, accused=employer, now=MONDAY)
    beside.employers.add(employer)
    for service, field in ((services.transfer_case, "to"), (services.join_unit, "union")):
        arguments = {"to": beside, "reason": REASON} if field == "to" else {"union": beside}
        with pytest.raises(Invalid) as refusal:
            service(by=make_officer(chain[2]), case_id=case.pk, now=MONDAY, **arguments)
        assert field in refusal.value.fields


@pytest.mark.parametrize(("days", "in_time"), [(0, True), (7, True), (8, False)])
def test_a_transfer_is_objected_to_within_five_working_days(chain, beside, days, in_time):
    case = make_case(union=chain[3], now=MONDAY)
    services.transfer_case(
        by=make_officer(chain[3]), case_id=case.pk, to=beside, reason=REASON, now=MONDAY
    )
    arguments = {
        "by": make_officer(beside),
        "case_id": case.pk,
        "reason": "该单位不属于我会管辖范围",
        "now": MONDAY + dt.timedelta(days=days),
    }
    if not in_time:
        with pytest.raises(TooLate):
            services.object_to_transfer(**arguments)
        return
    services.object_to_transfer(**arguments)
    assert fresh(case).handler == chain[3]
    with pytest.raises(Conflict):
        services.object_to_transfer(**{**arguments, "by": make_officer(chain[3])})


@pytest.mark.parametrize("how", ["taken over", "passed up", "dissolved"])
def test_what_came_by_no_transfer_is_sent_back_to_nobody(chain, beside, how):
    """It was transferred before that, to a union that has it no longer."""
    case, above = make_case(union=beside, now=MONDAY), make_officer(chain[2])
    at = {"case_id": case.pk, "reason": REASON, "now": MONDAY}
    services.transfer_case(by=make_officer(beside), to=chain[3], **at)
    below, desk = make_officer(chain[3]), signed_in(above.account)
    if how == "taken over":
        services.take_over(by=above, **at)
    elif how == "passed up":
        end_step(case, below, "check", "passed")
    else:
        services.hand_over_cases(union=chain[3], now=MONDAY)
    assert fresh(case).handler == chain[2]
    with pytest.raises(Conflict) as refusal:
        services.object_to_transfer(by=above, **at)
    assert refusal.value.code == "not-transferred"
    page = f"/desk/cases/{case.number}/"
    assert f"{page}objection/" not in desk.get(page).content.decode()
    # What was transferred to it can be sent back, and is offered.
    services.transfer_case(by=above, to=chain[3], **at)
    assert f"{page}objection/" in signed_in(below.account).get(page).content.decode()


@pytest.mark.parametrize("moved_after", [None, 0, 14])
def test_whoever_is_given_a_paused_case_has_the_days_of_its_step_once_it_goes_on(
    chain, beside, moved_after
):
    case, chair = make_case(union=chain[3], now=MONDAY), make_officer(chain[3])
    until = (MONDAY + dt.timedelta(days=28)).date()
    services.pause_case(by=chair, case_id=case.pk, until=until, reason=REASON, now=MONDAY)
    if moved_after is not None:
        on = MONDAY + dt.timedelta(days=moved_after)
        services.transfer_case(by=chair, case_id=case.pk, to=beside, reason=REASON, now=on)
    goes_on = MONDAY + dt.timedelta(days=21)
    by = chair if moved_after is None else make_officer(beside)
    services.resume_case(by=by, case_id=case.pk, now=goes_on)
    # Three working days from Monday the 14th.
    assert fresh(case).next_due_at.astimezone(clock.CHINA).date() == dt.date(2026, 12, 17)


@pytest.mark.parametrize("who", ["handler", "themselves"])
def test_two_unions_handle_a_case_together_do_a_part_and_one_leaves(chain, beside, who):
    case = make_case(union=chain[3], now=MONDAY)
    other, chair = make_officer(beside), make_officer(chain[3])
    for _twice in range(2):
        services.join_unit(
            by=chair, case_id=case.pk, union=beside, task="请协助入户走访", now=MONDAY
        )
    assert sees(other, case)
    part = {"by": other, "case_id": case.pk, "words": "已走访，情况属实", "now": MONDAY}
    services.finish_part(**part)
    with pytest.raises(Conflict) as refusal:
        services.finish_part(**part)
    assert refusal.value.code == "part-done"
    assert Notice.objects.filter(account=chair.account, kind="desk.case_part_done").count() == 1
    with pytest.raises(NotFound):
        services.finish_part(**{**part, "by": chair})
    with pytest.raises(NotFound):
        end_step(case, other, "check", "passed", now=MONDAY)
    assert fresh(case).due_at == case.due_at
    leaver = {"handler": chair, "themselves": other}[who]
    services.leave_unit(by=leaver, case_id=case.pk, union=beside, now=MONDAY)
    assert not sees(other, case)


def test_nothing_is_offered_that_the_service_would_refuse(chain, beside):
    """Every union of the province is tried: what is offered is taken, and nothing else is."""
    old = Employer.objects.create(name="旧名公司", division=chain[2].division)
    heir = Employer.objects.create(name="新名公司", division=chain[2].division)
    theirs = make_union("新名公司工会", parent=chain[2])
    theirs.employers.add(heir)
    below = make_union("新名公司车间工会", parent=theirs)
    old.merged_into = heir
    old.save()
    gone = make_union("已撤销工会", parent=chain[2])
    organisations.dissolve_union(union_id=gone.pk, by=None, now=MONDAY)
    gone.refresh_from_db()
    case = make_case(union=chain[2], document=COMPLAINT, accused=old, now=MONDAY)
    offered = set(surroundings.list_near(case).values_list("pk", flat=True))
    assert offered == {chain[0].pk, chain[1].pk, chain[3].pk, beside.pk}
    for union in (theirs, below, gone, *chain[:2], chain[3], beside):
        with transaction.atomic():
            try:
                services.transfer_case(
                    by=make_officer(chain[2]), case_id=case.pk, to=union, reason=REASON, now=MONDAY
                )
            except Invalid:
                assert union.pk not in offered
            else:
                assert union.pk in offered
            transaction.set_rollback(True)
    joint = set(surroundings.list_of_province(case).values_list("pk", flat=True))
    assert joint & {theirs.pk, below.pk, gone.pk, case.handler_id} == set()


def test_a_service_of_the_county_is_not_sent_below_it(chain):
    publish(AID, key="test-high", level=3)
    case = make_case(union=chain[2], document={**AID, "key": "test-high"}, now=MONDAY)
    assert chain[3].pk not in surroundings.list_near(case).values_list("pk", flat=True)


def test_a_post_that_ended_a_second_ago_does_nothing_of_the_shared_work(chain, beside):
    case = make_case(union=chain[3], now=MONDAY)
    other = make_case(union=chain[3], now=MONDAY)
    link = services.propose_link(case_id=case.pk, other_id=other.pk, now=MONDAY)
    chair = make_officer(chain[3])
    chair.ended_at = MONDAY
    chair.save()
    acts = (
        lambda: services.join_unit(by=chair, case_id=case.pk, union=beside, now=MONDAY),
        lambda: services.finish_part(by=chair, case_id=case.pk, words="已办", now=MONDAY),
        lambda: services.confirm_link(by=chair, link_id=link.pk, now=MONDAY),
        lambda: services.assign_queue(by=chair, union=chain[3], now=MONDAY),
        lambda: groups.open_group(by=chair, case_id=case.pk, now=MONDAY),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act()


def test_in_a_year_nobody_knows_terms_are_counted_and_move_when_it_is_known(chain):
    """No calendar is known for 2031: week-ends are off, and the arrangement, once entered, moves
    what runs across it."""
    then = dt.datetime(2031, 1, 24, 2, tzinfo=dt.UTC)
    case = make_case(union=chain[3], now=then)
    assert case.next_due_at.astimezone(clock.CHINA).date() == dt.date(2031, 1, 29)
    browser, there = signed_in(case.applicant), f"/mine/cases/{case.number}/"
    api = f"/api/v1/cases/{case.number}"
    with clock.stopped_at(then):
        assert "日期可能有变" in browser.get(there).content.decode()
        assert browser.get(api).json()["dates_may_move"] is True
        CalendarYear.objects.create(year=2031, source="国办通知")
        assert "日期可能有变" not in browser.get(there).content.decode()
        assert browser.get(api).json()["dates_may_move"] is False
    set_working_day(
        date=dt.date(2031, 1, 27),
        is_working=False,
        province="",
        name="春节",
        source="国办通知",
        by=None,
        now=then,
    )
    services.recount(date=dt.date(2031, 1, 27), province="", now=then)
    assert fresh(case).next_due_at.astimezone(clock.CHINA).date() == dt.date(2031, 1, 30)


def test_a_case_moves_with_its_union_at_once(chain, beside):
    case = make_case(union=chain[3], now=MONDAY)
    services.join_unit(by=make_officer(chain[3]), case_id=case.pk, union=beside, now=MONDAY)
    county = make_union("邻县总工会", kind=Kind.FEDERATION, parent=chain[1])
    there, here = make_officer(county), make_officer(chain[2])
    assert (sees(here, case), sees(there, case)) == (True, False)
    for union in (chain[3], beside):
        organisations.move_union(union_id=union.pk, parent_id=county.pk, by=None, now=MONDAY)
    assert (sees(here, case), sees(there, case)) == (False, True)
