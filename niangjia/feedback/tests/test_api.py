"""The operations: what the pages do, as JSON."""

import datetime as dt

import pytest
from django.test import Client

from niangjia.core import clock
from niangjia.feedback import selectors, services
from niangjia.feedback.models import CallBack, Rating, RectificationOrder, Signal
from niangjia.feedback.tests.factories import invite, make_order, rate, take, to_review
from niangjia.members.models import Role
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in

pytestmark = pytest.mark.django_db

API = "/api/v1"
#: Closed, and so told of.
LAST_MONTH = dt.datetime(2026, 10, 10, 4, 0, tzinfo=dt.UTC)


def post(client, address, body):
    return client.post(f"{API}{address}", body, content_type="application/json")


def test_by_link_once(office):
    _invitation, token = invite(office)
    shown = Client().get(f"{API}/ratings/links/{token}").json()
    assert shown["item"] == {"zh": "欠薪维权帮助", "en": "Help with unpaid wages"}
    assert shown["rating"] is None
    first = post(Client(), f"/ratings/links/{token}", {"level": 2, "words": "等了三周"})
    assert first.status_code == 201
    assert first.json()["stage"] == "verify"
    assert first.json()["due_at"]
    again = post(Client(), f"/ratings/links/{token}", {"level": 5})
    assert (again.status_code, again.json()["code"]) == (409, "rated-already")
    assert Client().get(f"{API}/ratings/links/{'x' * 32}").status_code == 404


def test_in_the_app(office):
    invitation, _token = invite(office)
    client = signed_in(invitation.account)
    assert len(client.get(f"{API}/ratings").json()["items"]) == 1
    body = {"level": 4, "indicators": {"efficiency": 5}}
    rated = post(client, f"/ratings/{invitation.pk}/rating", body)
    assert rated.status_code == 201
    assert client.get(f"{API}/ratings/{invitation.pk}").json()["rating"]["level"] == 4


@pytest.mark.parametrize(
    "wrong", [{}, {"level": 0}, {"level": 6}, {"level": 3, "indicators": {"attitude": 3}}]
)
def test_bad_input_is_422(office, wrong):
    _invitation, token = invite(office)
    assert post(Client(), f"/ratings/links/{token}", wrong).status_code == 422
    assert not Rating.objects.exists()


def test_an_order_step_by_step(office):
    order = make_order(office)
    below, above = officer_client(office.colleague), officer_client(office.county)
    assert below.get(f"{API}/desk/orders").json()["items"][0]["number"] == order.number
    shown = below.get(f"{API}/desk/orders/{order.number}").json()
    assert (shown["next_steps"], shown["name"]) == (["verification"], None)
    start = f"/desk/orders/{order.number}/steps"
    for step in ("verification", "rectification", "answer"):
        body = {"step": step, "words": "已核实并处理。", "finding": "founded"}
        assert post(below, start, body).status_code == 200
    assert post(below, start, {"step": "approval", "words": "同意办结。"}).status_code == 404
    assert above.get(f"{API}/desk/orders/{order.number}").json()["next_steps"] == [
        "approval",
        "return",
    ]
    done = post(above, start, {"step": "approval", "words": "同意办结。"}).json()
    assert (done["stage"], done["steps"][-1]["kind"]) == ("rate_again", "passed")
    assert above.get(f"{API}/desk/orders?stage=rate_again").json()["items"]
    late = post(above, start, {"step": "approval", "words": "同意办结。"})
    assert (late.status_code, late.json()["code"]) == (409, "other-stage")


def test_calls(office):
    make_order(office)
    client = officer_client(office.colleague)
    call_back = CallBack.objects.get()
    assert client.get(f"{API}/desk/call-backs").json()["items"][0]["tries"] == 0
    start = f"/desk/call-backs/{call_back.pk}"
    assert post(client, f"{start}/contact", {}).json()["phone"]
    called = post(client, f"{start}/calls", {"result": "not_reached"}).json()
    assert (called["tries"], called["result"]) == (1, None)


def test_what_was_said_on_the_phone(office):
    invitation, _token = invite(office)
    start = f"/desk/invitations/{invitation.pk}/rating"
    assert post(officer_client(office.rated), start, {"level": 5}).status_code == 422
    body = {"level": 1, "indicators": {"attitude": 1}}
    said = post(officer_client(office.colleague), start, body)
    assert said.status_code == 201
    assert RectificationOrder.objects.exists()


def test_a_code_for_the_counter_asks_how_one_was_treated(office):
    invitation, old = invite(office)
    client = officer_client(office.colleague)
    drawn = post(client, f"/desk/invitations/{invitation.pk}/code", {}).json()["address"]
    token, at = drawn.removesuffix("?at=counter").rstrip("/").rsplit("/", 1)[1], "?at=counter"
    assert post(Client(), f"/ratings/links/{old}", {"level": 5}).status_code == 404
    body = {"level": 5, "indicators": {"attitude": 5}}
    assert post(Client(), f"/ratings/links/{token}", body).status_code == 422
    assert post(Client(), f"/ratings/links/{token}{at}", body).status_code == 201
    assert Rating.objects.get().channel == "counter"
    assert post(client, f"/desk/invitations/{invitation.pk}/code", {}).status_code == 409


def test_a_union_sets_how_long_an_order_may_take(office):
    chair = officer_client(make_post(union=office.union, role=Role.CHAIR))
    there = f"{API}/desk/order-terms/{office.union.number}"
    for days, status in ((16, 422), (5, 200)):
        answer = chair.put(there, {"working_days": days}, content_type="application/json")
        assert answer.status_code == status
    assert selectors.working_days_at(office.union) == 5


def test_what_unions_answered_is_listed(office):
    order = to_review(office, make_order(office))
    take(office.county, order, "approval", public_answer="已加派人手，三日内办结。")
    found = Client().get(f"{API}/scores/{office.county.union.number}/answers").json()["items"]
    assert [each["text"] for each in found] == ["已加派人手，三日内办结。"]


def test_signals(office):
    for _number in range(3):
        rate(invite(office).invitation, device="one")
    services.find_signals(day=clock.today(), now=clock.now())
    client = officer_client(office.county)
    [shown] = client.get(f"{API}/desk/signals").json()["items"]
    assert shown["facts"] == {"ratings": 3}
    said = {"verdict": "explained", "judgement": "一家人共用"}
    judged = post(client, f"/desk/signals/{shown['id']}/judgement", said)
    assert (judged.json()["verdict"], judged.json()["judgement"]) == tuple(said.values())
    assert Signal.objects.get().judged_at


def test_scores(office):
    for _number in range(12):
        rate(invite(office, now=LAST_MONTH).invitation, level=5, now=LAST_MONTH)
    shown = Client().get(f"{API}/scores/{office.union.number}").json()
    assert shown["whole"]["count"] == 10
    assert shown["whole"]["levels"][0] == {"level": 5, "count": 10}
    assert shown["items"][0]["name"]["zh"] == "欠薪维权帮助"
    above = Client().get(f"{API}/scores/{office.city.union.number}?item=wage-arrears").json()
    assert above["below"][0]["union"]["number"] == office.county.union.number


@pytest.mark.parametrize("shown_by", ["rated", "colleague"])
def test_a_code_that_the_rated_officer_showed_tells_nothing_of_the_rating(office, shown_by):
    """They may have kept it. By a colleague's the person follows what is done, as by any link."""
    invitation, _old = invite(office)
    by = getattr(office, shown_by).account
    token = services.renew_link(by=by, invitation=invitation, now=clock.now())
    start, page = f"/ratings/links/{token}", f"/rate/{token}/"
    sent = post(Client(), start, {"level": 1, "words": "等了三周"}).json()
    seen = Client(HTTP_ACCEPT_LANGUAGE="zh-hans").get(page).content.decode()
    order = RectificationOrder.objects.get()
    take(office.county, to_review(office, order), "approval", words="同意办结。")
    later = Client().get(f"{API}{start}").json()
    is_told = shown_by == "colleague"
    assert "谢谢你的评价" in seen
    assert ("等了三周" in seen, "非常不满意" in seen, "接下来怎么办" in seen) == (is_told,) * 3
    assert (sent["rating"] is not None, sent["due_at"] is not None) == (is_told, is_told)
    assert (sent["stage"], sent["is_open"]) == ("verify" if is_told else None, False)
    # Only the link that was never the officer's leads to the next round.
    assert (later["id"] != str(invitation.pk), later["is_open"]) == (is_told, is_told)
    assert later["stage"] == ("rate_again" if is_told else None)
    assert ('name="level"' in Client().get(page).content.decode()) == is_told
