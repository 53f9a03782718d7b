"""What a call becomes."""

import datetime as dt

import pytest

from niangjia.cases.models import Case
from niangjia.cases.models import Way as CaseWay
from niangjia.cases.selectors import owner_of_receipt
from niangjia.cases.services import read_own_case
from niangjia.cases.tests.factories import fresh as fresh_case
from niangjia.core import clock, ids
from niangjia.core.errors import Invalid
from niangjia.core.models import OutboxEvent
from niangjia.hotline import services
from niangjia.hotline.models import Article, CallState, Ending, State
from niangjia.hotline.services import Caller, Intake, sealing
from niangjia.hotline.tests.factories import (
    PHONE,
    fresh,
    make_agent,
    make_call,
    open_order,
    refused,
    take,
    tie_to,
)
from niangjia.members.tests.factories.joining import MONDAY
from niangjia.organisations.models import Employer

pytestmark = pytest.mark.django_db


def answer(agent, call, **changes):
    values = {
        "intake": Intake(topic_key="how-to-join"),
        "caller": Caller(name="陈师傅", phone=PHONE),
        "matter": "没有单位怎么入会",
        "answer": "可以在网上向街道工会申请",
    }
    return services.answer_order(
        by=agent, call_id=call.pk, now=clock.now(), **{**values, **changes}
    )


def test_an_answer_on_the_spot_keeps_the_wording_that_was_read_out(agent, call):
    article = Article.objects.create(
        key="joining",
        title="怎样入会",
        body="……",
        as_of_date=dt.date(2026, 11, 1),
        edited_at=clock.now(),
    )
    order = answer(agent, call, article_key="joining").order
    assert (order.state, order.article, order.case) == (State.HANDLED, article, None)
    assert ids.check_digit_holds(order.number)
    words = sealing.opened_json(fresh(order), "words")
    assert words["matter"] == "没有单位怎么入会"
    assert (fresh(call).state, fresh(call).ending) == (CallState.ENDED, Ending.HANDLED)


def test_question_and_answer_are_needed_each_beside_its_field(agent, call):
    with pytest.raises(Invalid) as refused:
        answer(agent, call, matter=" ", answer="")
    assert set(refused.value.fields) == {"matter", "answer"}


def test_what_is_urgent_is_not_over_with_an_answer(agent, call):
    with refused("urgent-needs-case"):
        answer(agent, call, intake=Intake(topic_key="how-to-join", urgent="suicide"))


def test_a_case_is_opened_in_the_one_engine_and_the_caller_can_read_it(agent, call, chain):
    taken = open_order(agent, call, chain[2])
    case = fresh_case(taken.case)
    assert (case.handler, case.way, case.applicant) == (chain[2], CaseWay.HOTLINE, None)
    reading = read_own_case(owner=owner_of_receipt(taken.receipt), number=case.number)
    assert (reading.told.name, reading.told.phone) == ("陈师傅", PHONE)
    assert taken.order.state == State.OPEN


@pytest.mark.parametrize(("grade", "days"), [("ordinary", 5), ("difficult", 15), ("complex", 30)])
def test_the_term_is_the_lines_own_for_the_grade(agent, call, chain, grade, days):
    with clock.stopped_at(MONDAY):
        order = open_order(agent, call, chain[2], grade=grade).order
    case = fresh_case(order.case)
    assert (case.due_days, order.respond_by) == (days, None)
    weeks = days // 5
    assert case.due_at.astimezone(clock.CHINA).date() >= MONDAY.date() + dt.timedelta(weeks=weeks)


def test_what_is_urgent_is_due_in_minutes_and_says_so_to_those_above(agent, call, chain):
    with clock.stopped_at(MONDAY):
        taken = open_order(agent, call, chain[2], urgent="danger")
    assert taken.order.respond_by == MONDAY + dt.timedelta(minutes=30)
    assert fresh_case(taken.case).is_urgent
    news = OutboxEvent.objects.get(type="hotline.WorkOrderOpened")
    assert news.payload["is_urgent"] is True


def test_a_second_press_makes_no_second_order(agent, call, chain):
    open_order(agent, call, chain[2], version=0, goes_on=True)
    with refused("already-taken"):
        open_order(agent, call, chain[2], version=0, goes_on=True)
    open_order(agent, call, chain[2], version=1)


def test_an_unknown_caller_leaves_no_number_behind(agent, call, chain):
    accused = Employer.objects.create(name="甲玩具有限公司", division=chain[2].division)
    taken = open_order(
        agent, call, chain[2], topic="wages", accused=accused, caller=Caller(is_anonymous=True)
    )
    found = fresh(call)
    assert found.is_forgotten
    assert (found.number, found.number_digest, found.note, found.draft) == (None,) * 4
    assert taken.receipt
    assert taken.case.is_anonymous


def test_an_agent_tied_to_the_employer_takes_nothing_down(agent, call, chain):
    accused = Employer.objects.create(name="甲玩具有限公司", division=chain[2].division)
    tie_to(agent.account, accused)
    with refused("agent-is-tied"):
        open_order(agent, call, chain[2], topic="wages", accused=accused)
    assert not Case.objects.exists()
    assert fresh(call).state == CallState.TAKEN


def test_a_matter_goes_to_no_union_outside_the_line(agent, call, chain):
    with refused("outside-the-line"):
        open_order(agent, call, chain[0])


def test_a_topic_that_is_only_answered_opens_no_case(agent, call, chain):
    with refused("no-case-for-topic"):
        open_order(agent, call, chain[2], topic="how-to-join")


def test_only_the_agent_who_has_the_call_writes_it_down(line, agent, call, chain):
    colleague, stranger = make_agent(chain[1]), make_agent(chain[3])
    with refused("not-your-call"):
        answer(colleague, call)
    with refused("not-found"):
        answer(stranger, call)
    with refused("not-your-call"):
        take(colleague, call)
    answer(agent, call)
    with refused("call-ended"):
        answer(agent, call)


def test_three_silent_calls_in_a_day_are_called_back(line, agent):
    ends = []
    for _ in range(3):
        call = take(agent, make_call(line))
        ends.append(
            services.end_call(by=agent, call_id=call.pk, ending=Ending.SILENT, now=clock.now())
        )
    assert [fresh(call).call_back_by is not None for call in ends] == [False, False, True]
    assert fresh(take(agent, ends[2])).state == CallState.TAKEN


def test_a_call_that_became_an_order_is_not_abusive_afterwards(agent, call, chain):
    open_order(agent, call, chain[2], goes_on=True)
    with refused("has-order"):
        services.end_call(by=agent, call_id=call.pk, ending=Ending.ABUSIVE, now=clock.now())
