"""Down the tree and back; how long it may take."""

import datetime as dt

import pytest

from niangjia.cases import services as cases
from niangjia.core import clock, protection
from niangjia.core.outbox import deliver_pending
from niangjia.hotline import services
from niangjia.hotline.models import OrderEntryKind, State
from niangjia.hotline.selectors.units import propose_units
from niangjia.hotline.services.order_reading import read_order
from niangjia.hotline.tests.aftercare import (
    dispatch,
    make_chair,
    settle,
    take_in,
)
from niangjia.hotline.tests.factories import (
    fresh,
    make_agent,
    make_call,
    make_line,
    open_order,
    refused,
    take,
    tie_to,
)
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import signed_in
from niangjia.organisations.models import Kind
from niangjia.organisations.tests.factories import make_root, make_union

pytestmark = pytest.mark.django_db
WHY = "该单位不在我市范围，不属于我会管辖"


def case_of(order):
    with protection.working("test"):
        return fresh(order.case)


def kinds(order):
    with protection.working("test"):
        return [entry.kind for entry in order.entries.order_by("number")]


def had(world, order):
    by, number = world.taker.account, order.number
    turns = read_order(by=by, posts=[world.taker], number=number).turns
    return [(turn.union.name, turn.kind) for turn in turns]


def test_an_order_goes_down_comes_back_and_goes_down_again(world):
    """Given to the county, sent back for the wrong unit, given to the grassroots union two levels
    down, settled: the line sees where it is at every moment, and everybody above hears the end."""
    order = dispatch(world, take_in(world))
    assert case_of(order).handler == world.county
    cases.object_to_transfer(by=world.worker, case_id=order.case_id, reason=WHY, now=clock.now())
    deliver_pending()
    assert case_of(order).handler == world.city
    assert kinds(order) == [OrderEntryKind.RETURNED]
    assert Notice.objects.filter(kind="desk.order_returned", account=world.taker.account).exists()
    settle(world, dispatch(world, order))
    names = [world.city.name, world.county.name, world.city.name, world.county.name]
    assert [name for name, _kind in had(world, order)] == names
    above = Notice.objects.filter(kind="desk.order_settled", account=world.taker.account)
    assert above.count() == 1
    assert (fresh(order).state, fresh(order).handled_by) == (State.HANDLED, world.county)


def test_after_its_term_nothing_comes_back_but_by_a_new_decision(world):
    order = dispatch(world, take_in(world))
    with refused("too-late"):
        cases.object_to_transfer(
            by=world.worker,
            case_id=order.case_id,
            reason=WHY,
            now=clock.now() + dt.timedelta(days=12),
        )


def test_only_the_line_gives_on_and_only_what_is_not_settled(world):
    order = take_in(world)
    arguments = {
        "order_id": order.pk,
        "to": world.county,
        "reason": WHY,
        "now": clock.now(),
    }
    with refused("not-found"):
        services.dispatch_order(by=make_agent(world.county), **arguments)
    tied = make_agent(world.city)
    tie_to(tied.account, world.employer)
    with refused("not-found"):
        services.dispatch_order(by=tied, **arguments)
    with refused("reason-needed"):
        services.dispatch_order(by=world.taker, **{**arguments, "reason": "去"})
    settle(world, dispatch(world, order))
    with refused("other-state"):
        services.dispatch_order(by=world.taker, **arguments)


def test_units_are_proposed_by_place_and_never_one_of_the_accused(world):
    grassroots = world.chain[3]
    grassroots.employers.add(world.employer)
    order = take_in(world)
    with protection.viewing(account=world.taker.account_id):
        proposed = propose_units(fresh(order))
    assert [each.union for each in proposed] == [world.county]


def test_another_grade_gives_the_one_clock_another_term_and_is_kept(world):
    order = take_in(world)
    before = case_of(order).due_at
    arguments = {"by": world.taker, "order_id": order.pk, "reason": WHY, "now": clock.now()}
    for _twice in range(2):
        services.grade_order(grade="complex", **arguments)
    assert case_of(order).due_at > before
    assert (kinds(order), fresh(order).grade) == ([OrderEntryKind.GRADED], "complex")
    with refused("unknown-grade"):
        services.grade_order(grade="easy", **arguments)
    with refused("too-late"):
        services.grade_order(
            **{**arguments, "grade": "ordinary", "now": clock.now() + dt.timedelta(days=200)}
        )


def test_a_late_order_climbs_by_the_cases_own_clock(world):
    order = dispatch(world, take_in(world))
    cases.sweep(now=case_of(order).next_due_at + dt.timedelta(minutes=1))
    assert case_of(order).raised_to == world.city
    cases.take_over(
        by=make_chair(world.city),
        case_id=order.case_id,
        reason="下级未按时办理，由我会办理",
        now=clock.now(),
    )
    deliver_pending()
    assert case_of(order).handler == world.city


def national(world):
    """A line of the whole country, its agent, and an order that they opened at the county."""
    root = make_root()
    line, agent = make_line(root, "010-12351"), make_agent(root)
    call = take(agent, make_call(line))
    order = open_order(agent, call, world.county, topic="wages", accused=world.employer).order
    return agent, order


def test_a_line_of_the_whole_country_gives_on_from_one_province_to_another(world):
    """The control is a line of a city, which reaches no other province."""
    agent, order = national(world)
    other = make_union("江苏省总工会", kind=Kind.FEDERATION)
    arguments = {"to": other, "reason": WHY, "now": clock.now()}
    with refused("not-transferable"):
        services.dispatch_order(by=world.taker, order_id=take_in(world).pk, **arguments)
    services.dispatch_order(by=agent, order_id=order.pk, **arguments)
    assert case_of(order).handler == other
    deliver_pending()
    cases.object_to_transfer(
        by=make_chair(other), case_id=order.case_id, reason=WHY, now=clock.now()
    )
    deliver_pending()
    assert case_of(order).handler == world.county
    assert fresh(order).returned_at is not None
    services.dispatch_order(by=agent, order_id=order.pk, **{**arguments, "to": world.city})
    deliver_pending()
    assert fresh(order).returned_at is None


def test_what_was_opened_at_the_wrong_union_is_returned_to_the_line(world):
    """The national line's union handles nothing itself: it gives on from where the order is."""
    agent, order = national(world)
    client = signed_in(world.worker.account)
    address = f"/desk/hotline/orders/{order.number}/"
    assert f"{address}return/" in client.get(address).text
    assert f"{address}return/" not in signed_in(agent.account).get(address).text
    assert client.post(f"{address}return/", {"reason": "不归"}).status_code == 422
    for _twice in range(2):
        assert client.post(f"{address}return/", {"reason": WHY}).status_code == 302
    assert kinds(order) == [OrderEntryKind.RETURNED]
    assert case_of(order).handler == world.county
    assert Notice.objects.filter(kind="desk.order_returned", account=agent.account).count() == 1
    listed = signed_in(agent.account).get("/api/v1/desk/hotline/orders?tab=dispatch").json()
    assert [each["number"] for each in listed["items"]] == [order.number]


def test_what_was_returned_and_is_that_unions_all_the_same_stays_there(world):
    agent, order = national(world)
    services.return_order(by=world.worker, order_id=order.pk, reason=WHY, now=clock.now())
    client = signed_in(agent.account)
    address = f"/desk/hotline/orders/{order.number}/dispatch/"
    sent = {"union": world.county.name, "chosen": world.county.number, "reason": "短"}
    assert client.post(address, sent).status_code == 422
    reason = "用工单位在你市，属于你会管辖范围"
    assert client.post(address, sent | {"reason": reason}).status_code == 302
    assert (fresh(order).returned_at, case_of(order).handler) == (None, world.county)
    assert kinds(order) == [OrderEntryKind.RETURNED, OrderEntryKind.KEPT]
    assert Notice.objects.filter(kind="desk.order_kept", account=world.worker.account).exists()
    page = signed_in(world.worker.account).get(f"/desk/hotline/orders/{order.number}/").text
    assert (reason in page, "时限照常计算" in page) == (True, True)
    # The control: what was not returned is given to whoever has it by nobody.
    with refused("not-transferable"):
        services.dispatch_order(
            by=agent, order_id=order.pk, to=world.county, reason=WHY, now=clock.now()
        )


def test_news_of_moves_that_comes_late_returns_an_order_once_and_its_end_returns_none(world):
    order = take_in(world)
    arguments = {"order_id": order.pk, "to": world.county, "reason": WHY}
    services.dispatch_order(by=world.taker, now=clock.now(), **arguments)
    cases.object_to_transfer(by=world.worker, case_id=order.case_id, reason=WHY, now=clock.now())
    deliver_pending()
    assert kinds(order) == [OrderEntryKind.RETURNED]
    assert Notice.objects.filter(
        kind="desk.order_returned", account=world.taker.account
    ).count() == (1)
    _agent, returned = national(world)
    services.return_order(by=world.worker, order_id=returned.pk, reason=WHY, now=clock.now())
    assert settle(world, returned).returned_at is None


def test_what_a_citys_line_opened_below_is_returned_to_the_city(world):
    order = take_in(world, world.county)
    answer = signed_in(world.worker.account).post(
        f"/api/v1/desk/hotline/orders/{order.number}/return",
        {"reason": WHY},
        content_type="application/json",
    )
    assert answer.status_code == 200
    deliver_pending()
    assert (case_of(order).handler, kinds(order)) == (world.city, [OrderEntryKind.RETURNED])
    with refused("not-found"):
        services.return_order(
            by=make_agent(world.city), order_id=order.pk, reason=WHY, now=clock.now()
        )
