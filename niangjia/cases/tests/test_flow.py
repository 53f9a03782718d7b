"""A case from its first word to its end."""

import datetime as dt

import pytest

from niangjia.cases import services
from niangjia.cases.models import CaseEntry, EntryKind, State
from niangjia.cases.selectors import owner_of_account
from niangjia.cases.selectors.own_figures import METRICS, own_figures
from niangjia.cases.tests.factories import end_step, fresh, make_case, make_officer
from niangjia.core import clock, protection
from niangjia.core.errors import Conflict, Invalid, NotFound, TooLate
from niangjia.members.models import Notice, Role
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.joining import MONDAY
from niangjia.organisations import services as organisations
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


def day(n):
    """The morning `n` days after the Monday it began."""
    return MONDAY + dt.timedelta(days=n)


def kinds(case):
    with protection.working("test"):
        return list(
            CaseEntry.objects.filter(case=case).order_by("number").values_list("kind", flat=True)
        )


def test_a_case_begins_where_it_was_asked_for_with_a_date(chain):
    case = make_case(union=chain[3], now=MONDAY)
    assert case.handler == chain[3]
    assert case.step == "check"
    # Three working days from Monday; fifteen for the whole.
    assert case.next_due_at.astimezone(clock.CHINA).date() == dt.date(2026, 11, 26)
    assert case.due_at.astimezone(clock.CHINA).date() == dt.date(2026, 12, 14)
    assert Notice.objects.get().kind == "case.opened"


def test_a_case_goes_all_the_way(chain):
    case = make_case(union=chain[3], now=MONDAY)
    below, above = make_officer(chain[3]), make_officer(chain[2])
    end_step(case, below, "check", "passed", now=day(1))
    assert fresh(case).handler == chain[2]
    end_step(case, above, "decide", "granted", now=day(2))
    assert fresh(case).step == "notice"
    # Nobody objects: when the notice has hung for five working days the clock ends it.
    due = fresh(case).next_due_at
    services.sweep(now=due - dt.timedelta(hours=1))
    assert fresh(case).state == State.OPEN
    services.sweep(now=due + dt.timedelta(seconds=1))
    done = fresh(case)
    assert (done.state, done.result) == (State.CLOSED, "granted")
    assert kinds(case)[-1] == EntryKind.CLOSED


def test_two_officers_decide_at_once_and_one_does(chain):
    case = make_case(union=chain[3], now=MONDAY)
    officer = make_officer(chain[3])
    end_step(case, officer, "check", "passed", now=day(1))
    with pytest.raises(Conflict) as refusal:
        end_step(case, make_officer(chain[2]), "check", "passed", now=day(1))
    assert refusal.value.code == "step-taken"


def test_a_refusal_needs_a_reason(chain):
    case = make_case(union=chain[3], now=MONDAY)
    with pytest.raises(Invalid) as refusal:
        end_step(case, make_officer(chain[3]), "check", "refused", words="不行", now=day(1))
    assert "words" in refusal.value.fields


@pytest.mark.parametrize("where", ["beside", "below", "ended", "analyst"])
def test_who_may_not_take_a_step_finds_nothing(chain, where):
    case = make_case(union=chain[2], now=MONDAY)
    post = {
        "beside": lambda: make_officer(make_union(parent=chain[1])),
        "below": lambda: make_officer(chain[3]),
        "ended": lambda: ended(make_officer(chain[2])),
        "analyst": lambda: make_officer(chain[2], Role.ANALYST),
    }[where]()
    with pytest.raises(NotFound):
        end_step(case, post, "check", "passed", now=day(1))


def ended(post):
    post.ended_at = clock.now()
    post.save()
    return post


def test_a_case_officer_checks_but_does_not_decide(chain):
    case = make_case(union=chain[3], now=MONDAY)
    end_step(case, make_officer(chain[3], Role.CASE_OFFICER), "check", "passed", now=day(1))
    with pytest.raises(NotFound):
        end_step(case, make_officer(chain[2], Role.CASE_OFFICER), "decide", "granted", now=day(1))


def test_nobody_handles_their_own_case(chain):
    account = make_person().account
    case = make_case(union=chain[3], account=account, now=MONDAY)
    with pytest.raises(Conflict) as refusal:
        end_step(case, make_officer(chain[3], account=account), "check", "passed", now=day(1))
    assert refusal.value.code == "own-case"


def test_the_applicant_takes_their_own_step(chain):
    account = make_person().account
    owner = owner_of_account(account.pk)
    case = make_case(union=chain[3], account=account, now=MONDAY)
    with pytest.raises(Conflict) as refusal:
        services.answer_step(
            owner=owner, case_id=case.pk, step="check", outcome="passed", now=day(1)
        )
    assert refusal.value.code == "not-yours"
    end_step(case, make_officer(chain[3]), "check", "incomplete", now=day(1))
    services.answer_step(
        owner=owner, case_id=case.pk, step="supplement", outcome="supplied", now=day(2)
    )
    assert fresh(case).step == "check"


def test_silence_of_the_applicant_ends_it(chain):
    case = make_case(union=chain[3], now=MONDAY)
    end_step(case, make_officer(chain[3]), "check", "incomplete", now=day(1))
    services.sweep(now=fresh(case).next_due_at + dt.timedelta(minutes=1))
    assert fresh(case).result == "unresolved"


def test_a_late_case_climbs_and_is_late_once(chain):
    case = make_case(union=chain[3], now=MONDAY)
    due = case.next_due_at
    services.sweep(now=due + dt.timedelta(minutes=1))
    services.sweep(now=due + dt.timedelta(minutes=1))
    services.sweep(now=due + dt.timedelta(minutes=2))
    late = fresh(case)
    assert late.breaches == 1
    assert late.handler == chain[3]
    assert late.raised_to == chain[2]
    assert kinds(case).count(EntryKind.BREACHED) == 1
    services.sweep(now=late.next_due_at + dt.timedelta(minutes=1))
    assert fresh(case).raised_to == chain[1]
    services.take_over(
        by=make_officer(chain[1]),
        case_id=case.pk,
        reason="下级一直没有办，由我们来办",
        now=late.next_due_at + dt.timedelta(hours=1),
    )
    assert fresh(case).handler == chain[1]


def test_it_climbs_no_higher_than_the_province(chain):
    case = make_case(union=chain[0], now=MONDAY)
    services.sweep(now=case.next_due_at + dt.timedelta(minutes=1))
    assert fresh(case).raised_to is None
    assert fresh(case).breaches == 1


def test_a_pause_stops_the_clock_and_ends_by_itself(chain):
    case = make_case(union=chain[3], now=MONDAY)
    officer = make_officer(chain[3])
    services.pause_case(
        by=officer,
        case_id=case.pk,
        until=dt.date(2026, 12, 1),
        reason="等待医院出具诊断证明",
        now=day(1),
    )
    services.sweep(now=case.next_due_at + dt.timedelta(days=1))
    assert fresh(case).breaches == 0
    with pytest.raises(Conflict) as refusal:
        end_step(case, officer, "check", "passed", now=day(2))
    assert refusal.value.code == "paused"
    services.sweep(now=dt.datetime(2026, 12, 1, 17, 0, tzinfo=dt.UTC))
    going = fresh(case)
    assert going.state == State.OPEN
    # One of three working days was used before the pause: two are left after Wednesday the 2nd.
    assert going.step_days == 2
    assert going.next_due_at.astimezone(clock.CHINA).date() == dt.date(2026, 12, 4)


def test_a_pause_is_no_longer_than_the_item_allows(chain):
    case = make_case(union=chain[3], now=MONDAY)
    with pytest.raises(Invalid) as refusal:
        services.pause_case(
            by=make_officer(chain[3]),
            case_id=case.pk,
            until=dt.date(2027, 1, 31),
            reason="等待医院出具诊断证明",
            now=day(1),
        )
    assert "until" in refusal.value.fields


def test_an_extension_comes_before_the_end_and_once(chain):
    case = make_case(union=chain[3], now=MONDAY)
    officer = make_officer(chain[3])
    services.extend_case(by=officer, case_id=case.pk, reason="情况复杂，需要多方核实", now=day(1))
    assert fresh(case).due_days == 20
    with pytest.raises(Conflict):
        services.extend_case(
            by=officer, case_id=case.pk, reason="情况复杂，需要多方核实", now=day(2)
        )
    other = make_case(union=chain[3], now=MONDAY)
    with pytest.raises(TooLate):
        services.extend_case(
            by=officer,
            case_id=other.pk,
            reason="情况复杂，需要多方核实",
            now=other.due_at + dt.timedelta(hours=1),
        )


def test_figures_are_what_the_rows_add_up_to(chain):
    """A case finished above, one taken back, one waiting; and the check finds a wrong one."""
    case = make_case(union=chain[3], now=MONDAY)
    below, above = make_officer(chain[3]), make_officer(chain[2])
    end_step(case, below, "check", "passed", now=day(1))
    end_step(case, above, "decide", "refused", now=day(2))
    account = make_person().account
    taken_back = make_case(union=chain[3], account=account, now=MONDAY)
    owner = owner_of_account(account.pk)
    services.withdraw_case(owner=owner, case_id=taken_back.pk, now=day(1))
    make_case(union=chain[3], now=MONDAY)
    # What nobody asked for is in no figure, and no check gives away where it lies.
    services.plant_decoy(
        by=above,
        union=chain[3],
        item_key="test-aid",
        answers={"reason": "家里有人生病"},
        now=MONDAY,
    )
    assert organisations.verify_figures(own_figures, metrics=METRICS) == []
    organisations.count(union_id=chain[3].pk, metric="cases:open", change=1)
    assert organisations.verify_figures(own_figures, metrics=METRICS) != []


def test_withdrawing_twice_is_withdrawing_once(chain):
    account = make_person().account
    case = make_case(union=chain[3], account=account, now=MONDAY)
    owner = owner_of_account(account.pk)
    services.withdraw_case(owner=owner, case_id=case.pk, now=day(1))
    services.withdraw_case(owner=owner, case_id=case.pk, now=day(1))
    assert kinds(case).count(EntryKind.WITHDRAWN) == 1
    with pytest.raises(NotFound):
        services.withdraw_case(
            owner=owner_of_account(make_person().account.pk), case_id=case.pk, now=day(1)
        )
