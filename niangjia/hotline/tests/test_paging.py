"""Somebody is fetched within minutes, or the next one is; whatever dies in between."""

import datetime as dt

import pytest
from django.core.cache import cache

from niangjia.core import clock, protection
from niangjia.core.errors import Unavailable
from niangjia.core.outbox import deliver_pending
from niangjia.hotline import services
from niangjia.hotline.clients import paging as pager
from niangjia.hotline.models import OrderEntryKind, Page
from niangjia.hotline.rules import on_call
from niangjia.hotline.services import paging
from niangjia.hotline.tests.aftercare import dispatch, make_chair, settled, take_in
from niangjia.hotline.tests.factories import fresh, make_agent, refused, tie_to
from niangjia.members.models import Notice, Post, Role

pytestmark = pytest.mark.django_db
MIDNIGHT = dt.time(0)


@pytest.fixture(autouse=True)
def demo(settings):
    """The fake stands in for the gateway."""
    settings.DEMO = True
    cache.delete(pager.ShownPager.key)


def on_duty(world, post, begin=MIDNIGHT, end=MIDNIGHT, way="sms"):
    return services.add_on_call(
        by=make_chair(world.city),
        line=world.line,
        account=post.account,
        from_time=begin,
        until_time=end,
        way=way,
        now=clock.now(),
    )


def paged():
    """The phones that were paged, the first first."""
    return [each.phone for each in pager.ShownPager().last()][::-1]


def urgent(world):
    order = take_in(world, urgent="suicide")
    return fresh(order)


def later(minutes):
    return clock.now() + dt.timedelta(minutes=minutes)


def phones(*posts):
    return [str(post.account.phone) for post in posts]


def test_one_after_the_other_until_somebody_comes(world):
    first, second = world.caller, world.checker
    on_duty(world, first)
    on_duty(world, second, way="voice")
    order = urgent(world)
    assert paging.page_next(order_id=order.pk, now=clock.now())
    assert not paging.page_next(order_id=order.pk, now=clock.now())
    assert paging.sweep(now=later(4)) == 0
    assert paging.sweep(now=later(6)) == 1
    assert paging.sweep(now=later(12)) == 1
    assert paged() == phones(first, second, first)
    link = pager.ShownPager().last()[1].link
    for _twice in range(2):
        services.acknowledge_link(token=link.rstrip("/").rsplit("/", 1)[-1], now=later(13))
    came = fresh(order)
    assert (came.acknowledged_by, came.page_at) == (second.account, None)
    assert paging.sweep(now=later(60)) == 0
    with protection.working("test"):
        kinds = [entry.kind for entry in order.entries.order_by("number")]
    assert kinds == [OrderEntryKind.PAGED] * 3 + [OrderEntryKind.ACKNOWLEDGED]


def test_after_a_worker_died_the_next_sweep_fetches_somebody(world):
    """The job was lost: the moment is not. A page that was written and never sent goes out."""
    on_duty(world, world.caller)
    order = urgent(world)
    message = paging.write_page(order_id=order.pk, now=clock.now())
    assert message is not None
    assert paged() == []
    assert paging.sweep(now=later(6)) == 1
    with protection.working("test"):
        page = Page.objects.get()
    assert (page.sent_at is not None, page.round) == (True, 1)
    with refused("not-found"):
        services.acknowledge_link(token=message.token, now=later(7))


def test_whom_the_gateway_refuses_the_next_one_follows_at_once(world, monkeypatch):
    on_duty(world, world.caller)
    on_duty(world, world.checker)
    order = urgent(world)
    send = pager.ShownPager.page

    def page(self, *, phone, **said):
        if phone == str(world.caller.account.phone):
            raise Unavailable("unreachable")
        send(self, phone=phone, **said)

    monkeypatch.setattr(pager.ShownPager, "page", page)
    assert paging.page_next(order_id=order.pk, now=clock.now())
    assert paged() == phones(world.checker)


def test_nobody_tied_to_the_accused_is_fetched_and_nobody_off_duty(world):
    tied, away = make_agent(world.city), world.caller
    tie_to(tied.account, world.employer)
    on_duty(world, tied)
    at = clock.now().astimezone(clock.CHINA)
    on_duty(world, away, (at + dt.timedelta(hours=2)).time(), (at + dt.timedelta(hours=4)).time())
    on_duty(world, world.checker)
    order = urgent(world)
    paging.page_next(order_id=order.pk, now=clock.now())
    assert paged() == phones(world.checker)


def test_where_nobody_on_the_list_is_left_the_chairs_are_fetched_first(world):
    on_duty(world, world.caller)
    world.caller.ended_at = clock.now()
    world.caller.save()
    order = urgent(world)
    paging.page_next(order_id=order.pk, now=clock.now())
    chair = Post.objects.get(union=world.city, role=Role.CHAIR)
    assert paged() == phones(chair)


def test_where_everybody_on_the_list_is_tied_somebody_else_is_fetched(world):
    tied = make_agent(world.city)
    tie_to(tied.account, world.employer)
    on_duty(world, tied)
    order = urgent(world)
    assert paging.page_next(order_id=order.pk, now=clock.now())
    chair = Post.objects.get(union=world.city, role=Role.CHAIR)
    assert paged() == phones(chair)


def test_the_link_tells_nobody_what_it_is_about_and_looking_is_not_coming(world, client):
    on_duty(world, world.caller)
    order = urgent(world)
    paging.page_next(order_id=order.pk, now=clock.now())
    link = pager.ShownPager().last()[0].link
    shown = client.get(link).content.decode()
    assert order.number in shown
    assert not any(word in shown for word in (world.employer.name, "陈师傅", "wages"))
    assert fresh(order).acknowledged_at is None
    assert client.post(link).status_code == 302
    assert fresh(order).acknowledged_by == world.caller.account
    assert client.get("/hotline/pages/none/").status_code == 404
    assert client.post("/hotline/pages/none/").status_code == 404


def test_danger_that_is_seen_later_fetches_somebody_once(world):
    order = dispatch(world, take_in(world))
    arguments = {"by": world.taker, "order_id": order.pk, "now": clock.now()}
    with refused("unknown-kind"):
        services.flag_urgent(kind="boring", **arguments)
    for _twice in range(2):
        services.flag_urgent(kind="danger", **arguments)
    flagged = fresh(order)
    assert flagged.respond_by == arguments["now"] + dt.timedelta(minutes=30)
    with protection.working("test"):
        assert flagged.case.is_urgent
    told = Notice.objects.filter(kind="desk.case_urgent")
    assert [notice.account for notice in told] == [world.worker.account]
    services.acknowledge(**{**arguments, "by": world.caller, "now": later(31)})
    with protection.working("test"):
        assert order.entries.get(kind=OrderEntryKind.ACKNOWLEDGED).facts == {"late": True}


def test_what_is_settled_fetches_nobody_any_more(world):
    order = settled(world)
    with refused("other-state"):
        services.flag_urgent(by=world.taker, order_id=order.pk, kind="mass", now=clock.now())
    deliver_pending()
    assert fresh(order).page_at is None


def test_the_list_takes_only_who_answers_the_line(world):
    with refused("not-at-the-line"):
        on_duty(world, world.worker)
    duty = on_duty(world, world.caller)
    with refused("on-the-list"):
        on_duty(world, world.caller)
    chair = make_chair(world.city)
    for _twice in range(2):
        services.end_on_call(by=chair, line=world.line, duty_id=duty.pk, now=clock.now())
    assert on_duty(world, world.caller).position == 1


@pytest.mark.parametrize(
    ("begin", "end", "hour", "expected"),
    [(8, 18, 8, True), (8, 18, 18, False), (22, 6, 23, True), (22, 6, 5, True), (22, 6, 12, False)],
)
def test_hours_of_duty_may_run_over_midnight(begin, end, hour, expected):
    class Duty:
        from_time, until_time = dt.time(begin), dt.time(end)

    at = dt.datetime(2026, 3, 2, hour, tzinfo=clock.CHINA)
    assert on_call.is_on_call(Duty(), at) is expected
