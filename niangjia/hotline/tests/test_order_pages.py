"""The orders at the desk: lists, one order, and everything that is done with it, by its forms."""

import pytest
from django.urls import reverse

from niangjia.cases.tests.factories import make_officer
from niangjia.core import protection
from niangjia.core.outbox import deliver_pending
from niangjia.feedback.models import Rating
from niangjia.hotline.models import Call, Channel, State
from niangjia.hotline.rules.aftercare import CHECKLIST
from niangjia.hotline.tests.aftercare import (
    call_back,
    dispatch,
    make_chair,
    settle,
    settled,
    take_in,
)
from niangjia.hotline.tests.factories import PHONE, fresh, make_agent, tie_to
from niangjia.members.models import Role
from niangjia.members.tests.factories.desk import signed_in

pytestmark = pytest.mark.django_db
WHY = "属地在义乌，请你会办理"


def page(order, name="order"):
    return reverse(f"hotline:{name}", args=[order.number])


def text(answer):
    return answer.content.decode()


def test_from_the_line_to_the_close_by_forms_alone(world):
    order = take_in(world)
    taker, caller, checker = (
        signed_in(post.account) for post in (world.taker, world.caller, world.checker)
    )
    shown = text(taker.get(page(order)))
    assert world.county.name in shown
    wrong = taker.post(page(order, "dispatch"), {"union": "没有这个工会", "reason": WHY})
    assert (wrong.status_code, WHY in text(wrong)) == (422, True)
    given = taker.post(page(order, "dispatch"), {"chosen": world.county.number, "reason": WHY})
    assert given.status_code == 302
    settle(world, order)
    assert "你自己经手过" in text(taker.get(page(order)))
    refused = taker.post(page(order, "order_call_back"), {"result": "reached", "level": 5})
    assert refused.status_code == 422
    assert PHONE not in text(caller.get(page(order)))
    assert PHONE in text(caller.post(page(order, "order_contact")))
    assert taker.post(page(order, "order_contact")).status_code == 422
    nothing = caller.post(page(order, "order_call_back"), {"result": "reached", "words": "办得好"})
    assert (nothing.status_code, "办得好" in text(nothing)) == (422, True)
    done = caller.post(page(order, "order_call_back"), {"result": "reached", "level": 5})
    assert done.status_code == 302
    deliver_pending()
    assert checker.post(page(order, "order_check"), {"class": "yes"}).status_code == 422
    yes = dict.fromkeys(CHECKLIST, "yes")
    assert checker.post(page(order, "order_check"), yes).status_code == 302
    assert fresh(order).state == State.CLOSED
    assert "全部合格" in text(checker.get(page(order)))


def test_a_call_back_asks_what_the_handbook_asks(world):
    order = settled(world)
    caller = signed_in(world.caller.account)
    assert "id_attitude" in text(caller.get(page(order)))
    said = {"result": "reached", "level": "4", "attitude": "9"}
    wrong = caller.post(page(order, "order_call_back"), said)
    assert (wrong.status_code, "请从五档里选一档" in text(wrong)) == (422, True)
    caller.post(page(order, "order_call_back"), said | {"attitude": "2", "service_speed": ""})
    with protection.working("test"):
        assert Rating.objects.get().indicators == {"attitude": 2}
    written = settled(world)
    with protection.working("test"):
        Call.objects.filter(pk=written.call_id).update(channel=Channel.PORTAL)
    asked = text(caller.get(page(written)))
    assert "id_usability" in asked
    assert "id_attitude" not in asked


def test_from_its_case_back_to_the_order_for_whoever_may_see_both(world):
    order = dispatch(world, take_in(world))
    with protection.working("test"):
        number = order.case.number
    there = f"/desk/cases/{number}/"
    chair = signed_in(make_chair(world.county).account)
    assert page(order) in text(chair.get(there))
    assert chair.get(page(order)).status_code == 200
    worker = signed_in(make_officer(world.county, Role.CASE_OFFICER).account)
    assert page(order) not in text(worker.get(there))
    assert worker.get(page(order)).status_code == 404
    tied = make_chair(world.county)
    tie_to(tied.account, world.employer)
    assert page(order) not in text(signed_in(tied.account).get(there))
    listed = f"/api/v1/desk/hotline/orders?case={number}"
    for post, numbers in ((world.caller, [order.number]), (tied, [])):
        found = signed_in(post.account).get(listed).json()["items"]
        assert [each["number"] for each in found] == numbers


def test_grade_and_danger_by_their_forms(world, settings):
    settings.DEMO = True
    order = take_in(world)
    client = signed_in(world.taker.account)
    assert client.post(page(order, "grade"), {"grade": "x", "reason": WHY}).status_code == 422
    data = {"grade": "difficult", "reason": "涉及多家单位，需要更多时间"}
    assert client.post(page(order, "grade"), data).status_code == 302
    assert client.post(page(order, "urgency"), {}).status_code == 422
    assert client.post(page(order, "urgency"), {"kind": "danger"}).status_code == 302
    assert "正在依次呼叫" in text(client.get(page(order)))
    assert client.post(page(order, "order_acknowledgement")).status_code == 302
    assert fresh(order).acknowledged_by == world.taker.account


def test_each_list_shows_what_is_to_be_done_and_never_ones_own_work(world):
    waiting, at_line = settled(world), take_in(world)
    lists = {
        "call": (waiting, world.caller, world.taker),
        "dispatch": (at_line, world.taker, None),
    }
    for tab, (order, sees, not_) in lists.items():
        url = f"{reverse('hotline:orders')}?tab={tab}"
        assert order.number in text(signed_in(sees.account).get(url))
        if not_:
            assert order.number not in text(signed_in(not_.account).get(url))
    call_back(world, waiting)
    url = f"{reverse('hotline:orders')}?tab=check"
    assert waiting.number not in text(signed_in(world.caller.account).get(url))
    assert waiting.number in text(signed_in(world.checker.account).get(url))
    tied = make_agent(world.city)
    tie_to(tied.account, world.employer)
    for tab in ("", "check", "dispatch"):
        shown = text(signed_in(tied.account).get(f"{reverse('hotline:orders')}?tab={tab}"))
        assert not any(order.number in shown for order in (waiting, at_line))


def test_the_list_and_the_page_ask_so_many_questions(world, django_assert_num_queries):
    order = take_in(world)
    client = signed_in(world.caller.account)
    client.get(reverse("hotline:orders"))
    # All eight lists are counted by one.
    with django_assert_num_queries(8):
        client.get(reverse("hotline:orders"))
    with django_assert_num_queries(15):
        client.get(page(order))


def test_the_on_call_list_by_its_forms(world):
    chair = make_chair(world.city)
    client = signed_in(chair.account)
    assert client.get(reverse("hotline:on_call_lists")).status_code == 302
    there = reverse("hotline:on_call", args=[world.line.number])
    data = {"account": str(world.caller.account_id), "from_time": "18:00", "until_time": "08:00"}
    assert client.post(there, {**data, "way": "pigeon"}).status_code == 422
    assert client.post(there, {**data, "way": "sms"}).status_code == 302
    assert "18:00–08:00" in text(client.get(there))
    duty = world.line.on_call.get()
    end = reverse("hotline:on_call_end", args=[world.line.number])
    assert client.post(end, {"duty": "nonsense"}).status_code == 404
    assert client.post(end, {"duty": str(duty.pk)}).status_code == 302
    assert signed_in(world.taker.account).get(there).status_code == 404


def test_the_units_that_are_typed_are_offered_within_the_line(world):
    order = take_in(world)
    client = signed_in(world.taker.account)
    there = f"{page(order, 'units')}?union="
    assert world.county.number in text(client.get(f"{there}{world.county.number[:8]}"))
    assert world.chain[0].number not in text(client.get(f"{there}{world.chain[0].number}"))


def test_a_line_is_set_by_its_form_and_by_programs(world):
    client = signed_in(make_chair(world.city).account)
    there = reverse("hotline:line_settings", args=[world.line.number])
    numbers = {
        "ordinary_days": 3,
        "difficult_days": 10,
        "complex_days": 20,
        "urgent_minutes": 15,
        "page_minutes": 2,
        "answered_call_back_percent": 5,
        "quality_percent": 100,
    }
    for wrong in ({"quality_percent": 101}, {"complex_days": 9}, {"quality_always": "x"}):
        assert client.post(there, numbers | wrong).status_code == 422
    sent = client.post(there, numbers | {"quality_always": ["complaint", "legal_aid"]})
    assert sent.status_code == 302
    api = f"/api/v1/desk/hotline/lines/{world.line.number}"
    shown = client.get(api).json()
    assert (shown["page_minutes"], shown["quality_always"]) == (2, ["complaint", "legal_aid"])
    options = {"content_type": "application/json"}
    assert client.put(api, shown | {"complex_days": 91}, **options).status_code == 422
    assert client.put(api, shown | {"complex_days": 90}, **options).json()["complex_days"] == 90
    assert signed_in(world.taker.account).get(there).status_code == 404
