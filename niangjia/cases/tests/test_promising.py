"""Another term than the item's own; and who had a case when."""

import datetime as dt

import pytest

from niangjia.cases import services
from niangjia.cases.models import EntryKind
from niangjia.cases.rules.chain import legs_of
from niangjia.cases.rules.content import Term
from niangjia.cases.selectors import list_entries
from niangjia.cases.services import Asking, Matter
from niangjia.cases.tests.factories import make_case, make_officer
from niangjia.core import protection
from niangjia.core.errors import Invalid, NotFound, TooLate
from niangjia.members.models import Role
from niangjia.members.rules.permissions import Action
from niangjia.members.tests.factories.accounts import make_person

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 3, 2, 2, tzinfo=dt.UTC)
WHY = "涉及多家单位，需要更多时间核实"


def entries(case):
    with protection.working("test"):
        return list(list_entries(case))


def promise(case, chain, days, **changes):
    return services.promise_term(
        **{
            "by": make_officer(chain[1]),
            "case_id": case.pk,
            "term": Term(days=days),
            "reason": WHY,
            "now": MONDAY + dt.timedelta(days=1),
            **changes,
        }
    )


def test_a_case_can_begin_under_another_term_than_its_items(chain):
    account = make_person().account
    case = services.open_case(
        matter=Matter("test-aid", chain[3], {"reason": "家里有人生病"}, term=Term(days=3)),
        asking=Asking(account=account, person=account.person),
        now=MONDAY,
    ).case
    assert case.due_at == dt.datetime(2026, 3, 5, 15, 59, 59, tzinfo=dt.UTC)


def test_a_term_counts_from_the_day_the_case_began_and_stands_on_the_timeline(chain):
    case = make_case(union=chain[3], now=MONDAY)
    promised = promise(case, chain, 20)
    assert promised.due_at == dt.datetime(2026, 3, 30, 15, 59, 59, tzinfo=dt.UTC)
    assert promise(case, chain, 5).due_at == dt.datetime(2026, 3, 9, 15, 59, 59, tzinfo=dt.UTC)
    last = entries(case)[-1]
    assert (last.kind, last.is_public, last.facts["days"]) == (EntryKind.TERM, True, 5)


def test_a_term_is_changed_in_time_within_the_law_and_with_a_reason(chain):
    case = make_case(union=chain[3], now=MONDAY)
    with pytest.raises(Invalid) as refused:
        promise(case, chain, 31)
    assert "term" in refused.value.fields
    with pytest.raises(Invalid) as refused:
        promise(case, chain, 3, now=MONDAY + dt.timedelta(days=9))
    assert "term" in refused.value.fields
    with pytest.raises(Invalid) as refused:
        promise(case, chain, 20, reason="太难")
    assert "reason" in refused.value.fields
    with pytest.raises(TooLate):
        promise(case, chain, 25, now=MONDAY + dt.timedelta(days=22))


def test_who_may_give_a_case_on_is_said_by_the_action(chain):
    """An agent of the hotline decides no case, and gives it on only where their room says so."""
    case = make_case(union=chain[1], now=MONDAY)
    arguments = {
        "by": make_officer(chain[1], Role.HOTLINE_AGENT),
        "case_id": case.pk,
        "to": chain[3],
        "reason": WHY,
        "now": MONDAY,
    }
    with pytest.raises(NotFound):
        services.transfer_case(**arguments)
    moved = services.transfer_case(**arguments, action=Action.ANSWER_HOTLINE)
    assert moved.handler == chain[3]


def test_who_had_it_when_is_read_off_the_timeline(chain):
    """Given down, sent back, given down again, up for the decision: every turn, nobody twice at
    once."""
    case = make_case(union=chain[1], now=MONDAY)
    hour = dt.timedelta(hours=1)
    top, county, below = (make_officer(union) for union in chain[1:4])
    for by, act, to, at in (
        (top, services.transfer_case, chain[2], MONDAY + hour),
        (county, services.object_to_transfer, None, MONDAY + 2 * hour),
        (top, services.transfer_case, chain[3], MONDAY + 3 * hour),
    ):
        target = {"to": to} if to else {}
        act(by=by, case_id=case.pk, reason=WHY, now=at, **target)
    services.take_step(
        by=below, case_id=case.pk, step="check", outcome="passed", now=MONDAY + 4 * hour
    )
    legs = legs_of(entries(case))
    had = [chain[1], chain[2], chain[1], chain[3], chain[2]]
    assert [leg.union_id for leg in legs] == [union.pk for union in had]
    assert [leg.until for leg in legs[:-1]] == [leg.since for leg in legs[1:]]
    assert legs[-1].until is None
