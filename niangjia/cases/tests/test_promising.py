"""Another term than the item's own; and who had a case when."""

import datetime as dt

import pytest

from niangjia.cases import services
from niangjia.cases.models import EntryKind
from niangjia.cases.rules.chain import legs_of
from niangjia.cases.rules.content import Term
from niangjia.cases.selectors import list_entries
from niangjia.cases.services import Asking, Matter
from niangjia.cases.services.promising import calendars_of, find_legal_end
from niangjia.cases.tests.factories import AID, end_step, make_case, make_officer, publish
from niangjia.core import clock, protection
from niangjia.core.errors import Conflict, Invalid, NotFound, TooLate
from niangjia.core.prepared import together
from niangjia.members.models import Role
from niangjia.members.rules.permissions import Action
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import signed_in

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
    end_step(case, below, "check", "passed", now=MONDAY + 4 * hour)
    legs = legs_of(entries(case))
    had = [chain[1], chain[2], chain[1], chain[3], chain[2]]
    assert [leg.union_id for leg in legs] == [union.pk for union in had]
    assert [leg.until for leg in legs[:-1]] == [leg.since for leg in legs[1:]]
    assert legs[-1].until is None


LAWFUL = {
    **{**AID, "key": "lawful"},
    **{"promised_term": {"days": 45, "unit": "calendar"}},
    **{"legal_term": {"days": 60, "unit": "calendar"}},
    **{"extension": {"days": 30, "unit": "calendar"}},
}


def test_no_case_begins_with_a_longer_term_than_the_laws(chain):
    """A line of the hotline may give ninety working days to what is very complex."""
    publish(LAWFUL)
    for given, promised in ((90, (60, "calendar")), (20, (20, "working"))):
        account = make_person().account
        matter = Matter("lawful", chain[3], {"reason": "家里有人生病"}, term=Term(days=given))
        asking = Asking(account=account, person=account.person)
        case = services.open_case(matter=matter, asking=asking, now=MONDAY).case
        assert (case.due_days, case.due_unit) == promised


def test_past_the_laws_term_it_is_extended_by_whoever_decides_cases(chain):
    publish(LAWFUL)
    case = make_case(union=chain[3], document=LAWFUL, now=MONDAY)
    extension = {"case_id": case.pk, "reason": WHY, "now": MONDAY}
    with pytest.raises(Conflict) as refused:
        services.extend_case(by=make_officer(chain[3], Role.CASE_OFFICER), **extension)
    assert refused.value.code == "past-legal-term"
    longer = services.extend_case(by=make_officer(chain[3]), **extension)
    assert (longer.due_days, longer.due_unit) == (75, "calendar")
    # Within it, whoever handles the case may.
    within = make_case(union=chain[3], now=MONDAY)
    officer = make_officer(chain[3], Role.CASE_OFFICER)
    assert services.extend_case(by=officer, **{**extension, "case_id": within.pk}).due_days == 20


def test_what_the_law_says_is_shown_to_both_sides(chain):
    publish(LAWFUL)
    with clock.stopped_at(MONDAY):
        account = make_person().account
        case = make_case(union=chain[3], account=account, document=LAWFUL)
        desk = signed_in(make_officer(chain[3]).account)
        worker = signed_in(account)
        # Sixty days from the 2nd of March are over on the 1st of May, which is a holiday.
        assert "2026-05-0" in desk.get(f"/desk/cases/{case.number}/").content.decode()
        read = worker.get(f"/api/v1/cases/{case.number}").json()
        assert read["legal_due_at"].startswith("2026-05-0")
        assert "法定期限" in worker.get(f"/mine/cases/{case.number}/").content.decode()
        assert "法定期限" in worker.get("/services/lawful/").content.decode()


def test_what_has_been_given_and_goes_on_is_not_timed_by_the_law(chain):
    outcomes = [
        {**outcome, "then_within": {"days": 300}} for outcome in AID["steps"][0]["outcomes"]
    ]
    steps = [{**AID["steps"][0], "outcomes": outcomes}, *AID["steps"][1:]]
    publish({**LAWFUL, "steps": steps})
    case = make_case(union=chain[3], document=LAWFUL, now=MONDAY)
    calendars = together(calendars_of(case))[0]
    before = [(entry, None) for entry in entries(case)]
    assert find_legal_end(case, before, calendars) is not None
    end_step(case, make_officer(chain[3]), "check", "passed", now=MONDAY)
    after = [(entry, None) for entry in entries(case)]
    assert find_legal_end(case, after, calendars) is None
