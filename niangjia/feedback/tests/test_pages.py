"""The pages: what is shown, what is refused kindly, how many queries each takes."""

import datetime as dt
import uuid

import pytest
from django.test import Client

from niangjia.core import clock, working_calendar
from niangjia.feedback import services
from niangjia.feedback.models import (
    Answer,
    CallBack,
    Invitation,
    Rating,
    RectificationOrder,
    RectificationTerm,
    Signal,
)
from niangjia.feedback.tests.factories import (
    invite,
    make_case_officer,
    make_order,
    rate,
    take,
    to_review,
)
from niangjia.members.models import Role
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from niangjia.members.tests.factories.joining import MONDAY

pytestmark = pytest.mark.django_db

CHINESE = {"HTTP_ACCEPT_LANGUAGE": "zh-hans"}


def address(token):
    return f"/rate/{token}/"


def text(response):
    return response.content.decode()


# Rating


def test_by_link_without_signing_in(office):
    _invitation, token = invite(office)
    client = Client(**CHINESE)
    page = text(client.get(address(token)))
    for words in ("非常满意", "基本满意", "非常不满意", "欠薪维权帮助", "办事快不快"):
        assert words in page
    sent = {"level": "5", "words": "办得很快", "efficiency": "4", "usability": ""}
    after = client.post(address(token), sent, follow=True)
    assert "谢谢你的评价" in text(after)
    rating = Rating.objects.get()
    assert (rating.level, rating.indicators, rating.channel) == (5, {"efficiency": 4}, "link")
    assert rating.device_digest


def test_a_code_at_the_counter_asks_how_one_was_treated(office):
    _invitation, token = invite(office)
    client = Client(**CHINESE)
    assert "服务态度" in text(client.get(f"{address(token)}?at=counter"))
    client.post(f"{address(token)}?at=counter", {"level": "4", "attitude": "5"})
    assert Rating.objects.get().channel == "counter"


def test_nothing_chosen_is_said_beside_the_field_and_nothing_typed_is_lost(office):
    _invitation, token = invite(office)
    page = Client(**CHINESE).post(address(token), {"words": "等了三周", "is_named": "on"})
    assert page.status_code == 422
    assert "请选一下你是否满意" in text(page)
    assert "等了三周" in text(page)
    assert "checked" in text(page)


@pytest.mark.parametrize("wrong", [{"level": "9"}, {"level": "1", "words": "字" * 601}])
def test_bad_input_is_refused_kindly(office, wrong):
    _invitation, token = invite(office)
    assert Client().post(address(token), wrong).status_code == 422
    assert not Rating.objects.exists()


def test_a_second_time_it_shows_where_things_stand(office):
    _invitation, token = invite(office)
    client = Client(**CHINESE)
    client.post(address(token), {"level": "1", "words": "等了三周"})
    again = client.post(address(token), {"level": "5"})
    assert again.status_code == 200
    order = RectificationOrder.objects.get()
    page = text(again)
    assert "谢谢你的评价" in page
    assert order.handled_by.name in page
    assert f"{order.due_at.astimezone(clock.CHINA):%Y}" in page
    assert Rating.objects.get().level == 1


def test_the_first_link_rates_again_what_was_put_right(office):
    _invitation, token = invite(office)
    client = Client(**CHINESE)
    client.post(address(token), {"level": "1"})
    order = to_review(office, RectificationOrder.objects.get())
    assert "已核实，并已联系本人处理。" in text(client.get(address(token)))
    take(office.county, order, "approval")
    assert "现在好些了吗" in text(client.get(address(token)))
    client.post(address(token), {"level": "5"})
    assert RectificationOrder.objects.get().outcome == "satisfied"


def test_after_its_time_it_says_so(office):
    invitation, token = invite(office)
    Invitation.objects.update(
        created_at=clock.now() - dt.timedelta(days=40),
        closes_at=clock.now() - dt.timedelta(days=10),
    )
    page = Client(**CHINESE).get(address(token))
    assert "评价时间已过" in text(page)
    assert invitation.union.name in text(page)


@pytest.mark.parametrize(("contact", "said"), [("微信 abc123", "会在"), ("", "没有人能给你回电")])
def test_whoever_is_unknown_is_asked_how_to_reach_them_and_told_who_calls(office, contact, said):
    _invitation, token = invite(office, person=False)
    client = Client(**CHINESE)
    assert "我们怎么给你回电" in text(client.get(address(token)))
    client.post(address(token), {"level": "1", "contact": contact})
    assert CallBack.objects.count() == bool(contact)
    assert said in text(client.get(address(token)))


def test_whoever_is_known_is_not_asked_how_to_reach_them(office):
    page = text(Client(**CHINESE).get(address(invite(office).token)))
    assert "我们怎么给你回电" not in page
    assert "可以让为我办事的干部看到我的姓名" in page


def test_a_link_that_is_none_is_a_missing_page():
    assert Client().get(address("x" * 32)).status_code == 404


def test_in_the_app_by_whoever_was_served(office):
    invitation, _token = invite(office)
    client = signed_in(invitation.account, **CHINESE)
    mine = text(client.get("/mine/ratings/"))
    assert "欠薪维权帮助" in mine
    client.post(f"/mine/ratings/{invitation.pk}/", {"level": "4"})
    assert Rating.objects.get().channel == "in_app"
    assert "满意" in text(client.get("/mine/ratings/"))
    assert client.get(f"/mine/ratings/{uuid.uuid4()}/").status_code == 404


# The desk


def test_the_queue_and_an_order(office):
    order = make_order(office, words="等了三周")
    client = officer_client(office.colleague, **CHINESE)
    queue = text(client.get("/desk/ratings/"))
    assert order.number in queue
    assert "工作日" in queue
    page = text(client.get(f"/desk/ratings/orders/{order.number}/"))
    assert "等了三周" in page
    name = order.rating.invitation.person.name
    assert name not in page
    assert "属实" in page


def test_what_is_left_is_counted_in_the_days_of_the_province_that_handles_it(office):
    with clock.stopped_at(MONDAY):
        order = make_order(office)
        client = officer_client(office.colleague, **CHINESE)
        assert "剩 15 个工作日" in text(client.get("/desk/ratings/"))
        working_calendar.set_working_day(
            date=dt.date(2026, 12, 1),
            province=office.province.union.division_id[:2],
            is_working=False,
            name="本省放假",
            source="通知",
            by=None,
            now=MONDAY,
        )
        assert "剩 14 个工作日" in text(client.get("/desk/ratings/"))
        assert "剩 14 个工作日" in text(client.get(f"/desk/ratings/orders/{order.number}/"))


def test_the_name_is_shown_when_the_person_agreed(office):
    order = make_order(office, is_named=True)
    page = officer_client(office.colleague).get(f"/desk/ratings/orders/{order.number}/")
    assert order.rating.invitation.person.name in text(page)


def test_an_order_goes_its_way_on_the_pages(office):
    order = make_order(office)
    below = officer_client(office.colleague, **CHINESE)
    above = officer_client(office.county, **CHINESE)
    start = f"/desk/ratings/orders/{order.number}/"
    words = {"words": "已核实，确有拖延。"}
    below.post(f"{start}verification/", {**words, "finding": "founded"})
    below.post(f"{start}rectification/", words)
    below.post(f"{start}answer/", words)
    assert below.post(f"{start}approval/", words).status_code == 404
    after = above.post(f"{start}approval/", {**words, "public_answer": "已改。"}, follow=True)
    assert "好不好由本人说了算" in text(after)
    assert Answer.objects.get().text == "已改。"
    waiting = text(above.get("/desk/ratings/?stage=rate_again"))
    assert order.number in waiting


def test_a_step_taken_meanwhile_keeps_what_was_typed(office):
    order = make_order(office)
    take(office.county, order, "verification")
    sent = {"words": "我刚核实完，情况属实。", "finding": "founded"}
    page = officer_client(office.colleague, **CHINESE).post(
        f"/desk/ratings/orders/{order.number}/verification/", sent
    )
    assert page.status_code == 422
    assert "整改单已有新进展" in text(page)
    assert sent["words"] in text(page)


def test_a_step_without_words_is_refused_beside_the_field(office):
    order = make_order(office)
    page = officer_client(office.colleague, **CHINESE).post(
        f"/desk/ratings/orders/{order.number}/verification/", {}
    )
    assert page.status_code == 422
    assert "请选择核实结果" in text(page)


def test_calling_back(office):
    make_order(office)
    call_back = CallBack.objects.get()
    client = officer_client(office.colleague, **CHINESE)
    assert "欠薪维权帮助" in text(client.get("/desk/ratings/call-backs/"))
    start = f"/desk/ratings/call-backs/{call_back.pk}/"
    phone = call_back.rating.invitation.account.phone
    assert phone not in text(client.get(start))
    assert phone in text(client.post(f"{start}contact/"))
    assert client.post(f"{start}calls/", {}).status_code == 422
    assert client.post(f"{start}calls/", {"result": "reached"}).status_code == 422
    client.post(f"{start}calls/", {"result": "reached", "words": "本人表示已解决。"})
    assert CallBack.objects.get().result == "reached"
    assert "本人表示已解决" in text(client.get(start))
    assert "打通了" in text(client.get("/desk/ratings/call-backs/?done=on"))


def test_a_code_at_the_counter_and_a_rating_on_the_phone(office):
    invitation, old = invite(office)
    client = officer_client(office.rated, **CHINESE)
    start = f"/desk/ratings/invitations/{invitation.pk}/"
    assert "同事打电话回访" in text(client.get(start))
    assert "<svg" in text(client.post(f"{start}code/"))
    assert Client().get(address(old)).status_code == 404
    refused = client.post(f"{start}rating/", {"level": "5"})
    assert refused.status_code == 422
    officer_client(office.colleague).post(f"{start}rating/", {"level": "3", "attitude": "4"})
    rating = Rating.objects.get()
    assert (rating.channel, rating.entered_by_account_id) == (
        "call_back",
        office.colleague.account_id,
    )
    assert client.post(f"{start}code/").status_code == 200


def test_signals_are_judged_by_the_union_above(office):
    for _number in range(3):
        rate(invite(office).invitation, device="one")
    services.find_signals(day=clock.today(), now=clock.now())
    client = officer_client(office.county, **CHINESE)
    assert "同一设备多次评价" in text(client.get("/desk/ratings/signals/"))
    start = f"/desk/ratings/signals/{Signal.objects.get().pk}/judgement/"
    assert client.post(start, {"judgement": ""}).status_code == 422
    client.post(start, {"verdict": "explained", "judgement": "一家三口用一部手机"})
    assert "一家三口" in text(client.get("/desk/ratings/signals/?judged=on"))
    assert Rating.objects.count() == 3
    assert client.post(start, {"judgement": "再看一次吧"}).status_code == 404


@pytest.mark.parametrize(
    ("kind", "facts", "said"),
    [
        ("burst", {"ratings": 9, "usual": 0.4}, "十分钟内有 9 个最高评价"),
        ("same_device", {"ratings": 4}, "同一设备评价了 4 次"),
        ("officer_entered", {"ratings": 12, "entered": 7}, "12 个评价中有 7 个"),
    ],
)
def test_each_kind_of_signal_says_in_numbers_what_is_odd(office, kind, facts, said):
    Signal.objects.create(
        union=office.union, kind=kind, day=clock.today(), facts=facts, found_at=clock.now()
    )
    assert said in text(officer_client(office.county, **CHINESE).get("/desk/ratings/signals/"))


def test_a_chair_sets_the_term(office):
    chair = make_post(union=office.city.union, role=Role.CHAIR)
    client = officer_client(chair, **CHINESE)
    start = f"/desk/ratings/order-terms/{office.city.union.number}/"
    assert 'value="15"' in text(client.get("/desk/ratings/"))
    refused = client.post(start, {"working_days": "16"})
    assert refused.status_code == 422
    assert 'value="16"' in text(refused)
    assert "1 到 15 个工作日" in text(refused)
    client.post(start, {"working_days": "7"})
    assert RectificationTerm.objects.get().working_days == 7
    assert 'value="7"' in text(client.get("/desk/ratings/"))


# Queries. Who is looking is said with what is asked first.


def test_queries_of_the_worker(office, django_assert_num_queries):
    invitation, token = invite(office)
    visitor = Client()
    visitor.get(address(token))
    with django_assert_num_queries(5):
        visitor.get(address(token))
    client = signed_in(invitation.account)
    client.get("/mine/ratings/")
    with django_assert_num_queries(5):
        client.get("/mine/ratings/")


def test_queries_of_the_queue_do_not_grow(office, django_assert_num_queries):
    client = officer_client(office.county)
    make_order(office)
    client.get("/desk/ratings/")
    counted = []
    for more in (0, 4):
        for _number in range(more):
            make_order(office)
        with django_assert_num_queries(QUEUE_QUERIES):
            counted.append(text(client.get("/desk/ratings/")).count("<tr>"))
    assert counted[1] == counted[0] + 4
    with django_assert_num_queries(CALL_BACK_QUERIES):
        client.get("/desk/ratings/call-backs/")
    with django_assert_num_queries(SIGNAL_QUERIES):
        client.get("/desk/ratings/signals/")


def test_queries_of_an_order(office, django_assert_num_queries):
    order = make_order(office)
    make_case_officer(office.union)
    client = officer_client(office.colleague)
    client.get(f"/desk/ratings/orders/{order.number}/")
    with django_assert_num_queries(ORDER_QUERIES):
        client.get(f"/desk/ratings/orders/{order.number}/")


QUEUE_QUERIES = 8
CALL_BACK_QUERIES = 5
SIGNAL_QUERIES = 4
ORDER_QUERIES = 10
