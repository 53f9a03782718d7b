"""Supplies asked for and answered; places rated by whoever was there."""

import datetime as dt

import pytest

from niangjia.core import clock, outbox
from niangjia.core.errors import Conflict, Throttled
from niangjia.feedback.models import Invitation, RectificationOrder
from niangjia.feedback.selectors import read_scores
from niangjia.members.models import Notice
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from niangjia.organisations.tests.factories import make_union
from niangjia.places import services
from niangjia.places.models import Asked, RatedVisit, SupplyAsker, SupplyRequest
from niangjia.places.rules import ratings
from niangjia.places.rules.voices import Speaker
from niangjia.places.services import requests as acting
from niangjia.places.tests.factories import make_keeper, make_place

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, 6, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def kept():
    """A station, its keeper, and an officer of its union."""
    with clock.stopped_at(NOW):
        place = make_place(make_union(), now=NOW, facilities=("water", "medicine", "rest"))
        keeper = make_keeper(place, make_account(), now=NOW).account
        yield place, keeper, make_post(union=place.union)


def ask(place, what="饮用水", account=None, n=1, **fields):
    speaker = Speaker(
        account=str(account.pk) if account else "", device=f"d{n}", address="10.0.0.1"
    )
    return services.ask_for_supplies(
        place=place, what=what, speaker=speaker, account=account, now=NOW, **fields
    )


def told(account):
    return list(
        Notice.objects.filter(account=account).values_list("kind", flat=True).order_by("pk")
    )


def test_doubles_join_and_everybody_who_asked_is_told_what_became_of_it(kept):
    place, keeper, officer = kept
    worker = make_account()
    first = ask(place, account=worker)
    assert ask(place, " 饮 用水", account=worker) == first
    assert ask(place, account=None, n=2).asks == 2
    assert ask(place, account=keeper, by_keeper=True).asks == 3
    assert (SupplyRequest.objects.count(), SupplyAsker.objects.count()) == (1, 2)
    assert told(officer.account) == ["place.supply_asked"] * 2
    services.send_supplies(by=officer, request=first, expected_date=(NOW + DAY).date(), now=NOW)
    for _twice in range(2):
        services.receive_supplies(
            by=keeper, request=first, amount=12, expires_date=(NOW + 90 * DAY).date(), now=NOW
        )
    assert told(worker) == ["place.supply_on_way", "place.supply_arrived"]
    supply = place.supplies.get()
    assert (supply.name, supply.amount) == ("饮用水", 12)
    assert ask(place, account=worker) != first
    assert services.forget_askers(now=NOW + 29 * DAY) == 0
    assert services.forget_askers(now=NOW + 30 * DAY) == 2


def test_declined_with_a_reason_it_is_over(kept):
    place, keeper, officer = kept
    found = ask(place, "创可贴", facility="medicine", account=keeper, by_keeper=True)
    desk = officer_client(officer)
    page = "/desk/places/requests/"
    assert "创可贴" in desk.get(page).content.decode()
    empty = desk.post(f"{page}{found.pk}/refusal/", {"reason": " "})
    assert (empty.status_code, SupplyRequest.objects.get().state) == (422, Asked.ASKED)
    past = desk.post(f"{page}{found.pk}/shipment/", {"expected_date": "2026-11-01"})
    assert past.status_code == 422
    desk.post(f"{page}{found.pk}/refusal/", {"reason": "下周统一采购"})
    found.refresh_from_db()
    assert (found.state, found.reason) == (Asked.DECLINED, "下周统一采购")
    assert "下周统一采购" in desk.get(f"{page}?ended=1").content.decode()
    with pytest.raises(Conflict):
        services.receive_supplies(by=keeper, request=found, now=NOW)
    notice = Notice.objects.get(account=keeper, kind="place.supply_declined")
    assert notice.facts["reason"] == "下周统一采购"


def test_what_cannot_be_asked_is_answered_beside_the_field_and_nothing_typed_is_lost(kept, client):
    place, _keeper, _officer = kept
    there = f"/places/{place.code}/requests/"
    for wrong in ({"what": ""}, {"what": "水", "facility": "aed"}, {"what": "水" * 61}):
        answer = client.post(there, wrong)
        assert answer.status_code == 422
        assert wrong["what"] in answer.content.decode()
    client.post(there, {"what": "一次性纸杯"})
    assert "一次性纸杯" in client.get(f"/places/{place.code}/").content.decode()
    for n in range(acting.OF_ONE[0].count):
        client.post(there, {"what": f"第 {n} 样"})
    assert client.post(there, {"what": "还要"}).status_code == 429
    with pytest.raises(Throttled):
        services.ask_for_supplies(
            place=place,
            what="还要",
            speaker=Speaker(device=client.cookies["stations"].value.partition(".")[0]),
            now=NOW,
        )


def test_the_keeper_receives_on_the_phone(kept):
    place, keeper, _officer = kept
    found = ask(place, account=make_account())
    phone = signed_in(keeper)
    page = f"/keeping/{place.code}/"
    assert "饮用水" in phone.get(page).content.decode()
    wrong = phone.post(f"/keeping/requests/{found.pk}/", {"amount": "0"})
    assert wrong.status_code == 422
    phone.post(f"/keeping/requests/{found.pk}/", {"amount": "20", "expires_date": "2027-05-01"})
    found.refresh_from_db()
    assert (found.state, place.supplies.get().amount) == (Asked.ARRIVED, 20)


def test_operations_do_what_the_pages_do(kept, client):
    place, keeper, officer = kept
    json = {"content_type": "application/json"}
    there = f"/api/v1/places/{place.code}/supply-requests"
    assert client.post(there, {"what": ""}, **json).status_code == 422
    made = client.post(there, {"what": "雨伞"}, **json).json()
    desk = officer_client(officer)
    listed = "/api/v1/desk/supply-requests"
    assert [each["id"] for each in desk.get(listed).json()["items"]] == [made["id"]]
    sent = desk.post(f"{listed}/{made['id']}/shipment", {"expected_date": "2026-11-25"}, **json)
    assert (sent.status_code, sent.json()["state"]) == (200, "on_way")
    own = f"/api/v1/keeping/supply-requests/{made['id']}/receipt"
    assert signed_in(keeper).post(own, {}, **json).json()["state"] == "arrived"
    late = desk.post(f"{listed}/{made['id']}/refusal", {"reason": "晚了"}, **json)
    assert (late.status_code, late.json()["code"]) == (409, "request-ended")


# Rating


@pytest.fixture
def plate(kept):
    place, _keeper, officer = kept
    return services.issue_plate(by=officer, place=place, now=NOW)


def visit_and_rate(client, plate, level):
    client.get(f"/p/{plate.place.code}/{plate.key}/")
    client.post(f"/p/{plate.place.code}/{plate.key}/arrival/")
    there = client.post(f"/places/{plate.place.code}/rating/")["Location"]
    return client.post(there, {"level": level, "words": "没有热水"}), there


def test_a_guest_rates_once_a_week_after_a_visit_and_a_bad_one_is_put_right(plate, client):
    page = f"/places/{plate.place.code}/"
    assert "先扫" in client.post(f"{page}rating/", follow=True).content.decode()
    _answer, there = visit_and_rate(client, plate, 1)
    outbox.deliver_pending()
    assert RatedVisit.objects.get().level == 1
    order = RectificationOrder.objects.get()
    assert (order.subject_kind, order.subject_id) == (ratings.SUBJECT, RatedVisit.objects.get().pk)
    assert Invitation.objects.get().account is None
    assert "已经评价" in client.get(there).content.decode() or client.get(there).status_code == 200
    client.post(f"{page}rating/")
    assert Invitation.objects.count() == 1


def test_somebody_signed_in_finds_it_among_their_ratings(plate):
    account = make_account()
    _answer, there = visit_and_rate(signed_in(account), plate, 5)
    assert there.startswith("/mine/ratings/")
    outbox.deliver_pending()
    assert RatedVisit.objects.get().level == 5
    assert not RectificationOrder.objects.exists()


def test_a_lost_link_can_be_had_again_until_it_was_used(plate, client):
    client.get(f"/p/{plate.place.code}/{plate.key}/")
    client.post(f"/p/{plate.place.code}/{plate.key}/arrival/")
    rating = f"/places/{plate.place.code}/rating/"
    first, second = (client.post(rating)["Location"] for _n in range(2))
    assert first != second
    assert client.get(first).status_code == 404
    assert client.post(second, {"level": 4}).status_code == 302


def test_the_score_says_whole_months_ten_voices_at_a_time():
    october = dt.datetime(2026, 10, 1, tzinfo=clock.CHINA)
    november = dt.datetime(2026, 11, 1, tzinfo=clock.CHINA)
    few = ratings.score([(october, 5, 9), (november, 1, 40)], now=NOW)
    assert (few.count, few.score) == (0, None)
    enough = ratings.score([(october, 5, 12), (november, 1, 40)], now=NOW)
    # 12 fives and twenty more at 4: (60 + 80) / 32.
    assert (enough.count, enough.score.mean) == (10, 4.4)


def test_all_stations_are_one_item_of_a_unions_scores(plate, client):
    for n in range(10):
        RatedVisit.objects.all().delete()
        client.cookies.clear()
        client.defaults["REMOTE_ADDR"] = f"10.{n}.0.1"
        visit_and_rate(client, plate, 5)
    scores = read_scores(plate.place.union, now=NOW + 31 * DAY)
    [item] = scores.items
    assert (item.key, item.name["zh"]) == ("place-station", "服务站点")
