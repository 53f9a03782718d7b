"""Checking in: counted once, told in honest steps, and nobody can be found in it."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from niangjia.core import clock
from niangjia.core.errors import Conflict, Throttled
from niangjia.members.models import Notice
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from niangjia.organisations import selectors as organisations
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.services import verify_figures
from niangjia.organisations.tests.factories import make_union
from niangjia.places import services
from niangjia.places.models import Crowd, Sighting, Visit, VisitDay
from niangjia.places.rules import crowds, visits
from niangjia.places.rules.voices import Speaker
from niangjia.places.selectors import own_figures
from niangjia.places.services import visits as acting
from niangjia.places.tests.factories import make_keeper, make_place

pytestmark = pytest.mark.django_db

#: Two in the afternoon in China.
NOW = dt.datetime(2026, 11, 24, 6, 0, tzinfo=dt.UTC)
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
#: Three kilometres to the north.
AWAY = 0.027


@pytest.fixture
def plate():
    """The plate of a station, at two in the afternoon."""
    with clock.stopped_at(NOW):
        place = make_place(make_union(), now=NOW, seats=12)
        yield services.issue_plate(by=make_post(union=place.union), place=place, now=NOW)


def visitor(n=1):
    return Speaker(account=f"account-{n}", device=f"device-{n}", address=f"10.{n}.0.1")


def come(plate, n=1, now=NOW, **fields):
    return services.arrive(plate=plate, visitor=visitor(n), now=now, **fields)


def here(plate, now=NOW):
    return Visit.objects.filter(place=plate.place, left_at=None, until_at__gt=now).count()


def address(plate, tail=""):
    return f"/p/{plate.place.code}/{plate.key}/{tail}"


def test_two_scans_are_one_visit_which_lasts_longer_and_ends_by_itself(plate):
    first = come(plate).visit
    again = come(plate, now=NOW + 30 * MINUTE).visit
    assert (again.pk, again.until_at) == (first.pk, NOW + 90 * MINUTE)
    assert here(plate, NOW + 89 * MINUTE) == 1
    assert here(plate, NOW + 90 * MINUTE) == 0
    for _n in range(2):
        services.leave(place=plate.place, visitor=visitor(), now=NOW + 40 * MINUTE)
    assert here(plate, NOW + 40 * MINUTE) == 0
    come(plate, now=NOW + 50 * MINUTE)
    assert VisitDay.objects.get().visits == 1
    come(plate, now=NOW + 5 * HOUR)
    assert VisitDay.objects.get().visits == 2


def test_nobody_is_counted_for_longer_than_half_a_day(plate):
    for minutes in range(0, 12 * 60, 59):
        visit = services.arrive(plate=plate, visitor=visitor(), now=NOW + minutes * MINUTE).visit
    assert visit.until_at == NOW + visits.LONGEST


def test_days_add_up_the_tree_and_agree_with_the_rows(plate):
    for n in range(1, 4):
        come(plate, n)
    come(plate, 1, now=NOW + 20 * HOUR)
    union = plate.place.union
    figures = organisations.figures(union.parent or union)
    assert (figures["visits:261124"], figures["visits:261125"]) == (3, 1)
    metrics = own_figures.METRICS
    assert not verify_figures(own_figures.own_figures, metrics=metrics)
    VisitDay.objects.update(visits=9)
    assert verify_figures(own_figures.own_figures, metrics=metrics)


def test_one_visitor_and_one_network_of_guests_are_throttled(plate, monkeypatch):
    for _n in range(acting.OF_ONE[0].count):
        come(plate)
    with pytest.raises(Throttled):
        come(plate)
    for n in range(acting.OF_GUESTS[0].count):
        guest = Speaker(device=f"made-up-{n}", address="10.9.0.1")
        services.arrive(plate=plate, visitor=guest, now=NOW)
    guest = Speaker(device="one-more", address="10.9.0.77")
    with pytest.raises(Throttled):
        services.arrive(plate=plate, visitor=guest, now=NOW)
    # The control: without it a script fills the place.
    monkeypatch.setattr(acting.throttles, "take", lambda *_args, **_named: None)
    assert services.arrive(plate=plate, visitor=guest, now=NOW).visit


def test_a_dead_plate_and_a_closed_place_let_nobody_in(plate):
    officer = make_post(union=plate.place.union)
    fresh = services.renew_plate(by=officer, place=plate.place, reason="被撕走了", now=NOW)
    with pytest.raises(Conflict):
        come(plate)
    assert come(fresh).visit
    services.close_place(by=officer, place=plate.place, reason="拆迁", now=NOW)
    with pytest.raises(Conflict):
        come(fresh)


# What others see


@given(
    people=st.integers(0, 60),
    less=st.integers(0, crowds.MOST_LEFT_OUT),
    seats=st.none() | st.integers(1, 80),
)
def test_one_person_or_two_never_show_and_numbers_are_never_small(people, less, seats):
    said = crowds.crowded(here=people, within_a_day=60, seats=seats, less=less)
    if people < crowds.HIDDEN_BELOW:
        assert said == crowds.Crowded(Crowd.QUIET)
    assert said.at_least is None or (said.at_least >= 10 and said.at_least % 5 == 0)
    assert said.at_least is None or said.at_least <= people
    more = crowds.crowded(here=people + 1, within_a_day=61, seats=seats, less=less)
    order = list(Crowd)
    assert order.index(more.step) >= order.index(said.step)


def test_the_steps_against_the_seats():
    said = [
        crowds.crowded(here=n, within_a_day=40, seats=12, less=0) for n in (2, 3, 4, 9, 11, 12, 26)
    ]
    assert [each.step for each in said] == [
        *(Crowd.QUIET, Crowd.QUIET, Crowd.SOME_ROOM, Crowd.BUSY, Crowd.BUSY, Crowd.FULL),
        Crowd.FULL,
    ]
    assert [each.at_least for each in said] == [None, None, None, None, 10, 10, 25]


def test_how_many_are_left_out_changes_and_cannot_be_foreseen():
    found = [crowds.left_out("a place", NOW + n * HOUR) for n in range(48)]
    assert set(found) == {0, 1, 2}
    assert found != [crowds.left_out("another", NOW + n * HOUR) for n in range(48)]


def test_it_is_told_on_the_page_in_the_list_and_by_the_api_once_it_means_something(
    plate, client, monkeypatch
):
    monkeypatch.setattr(crowds, "left_out", lambda _place, _now: 0)
    page, near = f"/places/{plate.place.code}/", f"{plate.place.latitude},{plate.place.longitude}"
    for n in range(7):
        come(plate, n)
    assert client.get(f"/api/v1{page[:-1]}").json()["crowd"] is None
    for n in range(7, 11):
        come(plate, n)
    shown = {"step": "busy", "at_least": 10}
    assert client.get(f"/api/v1{page[:-1]}").json()["crowd"] == shown
    [listed] = client.get(f"/api/v1/places?near={near}").json()["items"]
    assert listed["crowd"] == shown
    for there in (page, f"/places/?near={near}"):
        assert "人比较多 · 至少 10 人" in client.get(there).content.decode()


# Nobody is followed


def test_nothing_of_who_it_was_is_anywhere_and_after_a_day_nothing_of_the_visit(plate):
    account = make_account()
    browser = signed_in(account)
    browser.get(address(plate))
    browser.post(address(plate, "arrival/"))
    other = make_place(plate.place.union, now=NOW, name="另一处驿站")
    second = services.issue_plate(by=make_post(union=other.union), place=other, now=NOW)
    browser.post(address(second, "arrival/"))
    marks = {bytes(mark) for mark in Visit.objects.values_list("visitor_digest", flat=True)}
    assert len(marks) == 2
    device = browser.cookies["stations"].value.partition(".")[0]
    canaries = {str(account.pk), account.pk.hex, device}
    for model in apps.get_app_config("places").get_models():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT t::text FROM {model._meta.db_table} AS t")  # noqa: S608
            rows = " ".join(row for (row,) in cursor.fetchall())
        assert not any(canary in rows for canary in canaries), model
    assert services.forget_visits(now=NOW + visits.KEPT - MINUTE) == 0
    assert services.forget_visits(now=NOW + visits.KEPT) == 2
    assert VisitDay.objects.get(place=other).visits == 1


# The pages


def test_a_guest_checks_in_by_the_plate_stays_and_leaves(plate, client):
    page = client.get(address(plate)).content.decode()
    assert "我在这里" in page
    assert client.cookies["stations"].value
    for _lost_answer in range(2):
        assert client.post(address(plate, "arrival/"))["Location"] == address(plate)
    assert VisitDay.objects.get().visits == 1
    assert "你已经签到" in client.get(address(plate)).content.decode()
    gone = client.post(f"/places/{plate.place.code}/departure/", follow=True)
    assert "下次再来" in gone.content.decode()
    assert here(plate) == 0


def test_the_scan_asks_four_questions(plate, client, django_assert_num_queries):
    client.get(address(plate))
    with django_assert_num_queries(4):
        client.get(address(plate))


def test_the_api_checks_in_and_out(plate, client):
    client.get(address(plate))
    visits_of = f"/api/v1/places/{plate.place.code}/visits"
    options = {"content_type": "application/json"}
    assert client.get(f"{visits_of}/own").status_code == 404
    assert client.post(visits_of, {"plate": "1"}, **options).status_code == 404
    wrong = client.post(visits_of, {"plate": plate.key, "near": "120.07,29.3"}, **options)
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "near")
    far = {"plate": plate.key, "near": "39.9,116.4"}
    assert client.post(visits_of, far, **options).json()["code"] == "far"
    assert client.post(visits_of, {"plate": plate.key}, **options).status_code == 201
    assert client.get(f"{visits_of}/own").json()["left_at"] is None
    assert client.post(f"{visits_of}/own/end").status_code == 204
    assert client.get(f"{visits_of}/own").json()["left_at"]


# A plate that hangs elsewhere


def scan(plate, n, *, by=AWAY, now=NOW, **fields):
    near = Position(plate.place.longitude, plate.place.latitude + by)
    return come(plate, n, near=near, now=now, **fields)


def is_doubted(plate):
    plate.refresh_from_db()
    return plate.doubted_at is not None


def test_far_from_it_nobody_is_checked_in_and_the_page_says_so(plate, client):
    client.get(address(plate))
    near = f"{plate.place.latitude + AWAY},{plate.place.longitude}"
    far = client.post(address(plate, "arrival/"), {"near": near})
    assert far.status_code == 409
    assert "3.0 公里" in far.content.decode()
    assert not Visit.objects.exists()
    assert Sighting.objects.get().near
    wrong = client.post(address(plate, "arrival/"), {"near": "nowhere"})
    assert wrong.status_code == 422
    assert client.post(address(plate, "arrival/")).status_code == 302


def test_three_voices_doubt_a_plate_and_one_person_cannot(plate, client):
    keeper = make_keeper(plate.place, make_account(), now=NOW)
    for _n in range(9):
        scan(plate, 1)
        services.arrive(
            plate=plate,
            visitor=Speaker(device="own phone, signed out", address="10.1.0.1"),
            near=Position(plate.place.longitude, plate.place.latitude + AWAY),
            now=NOW,
        )
    scan(plate, 2)
    assert not is_doubted(plate)
    scan(plate, 3)
    assert is_doubted(plate)
    scan(plate, 4)
    told = Notice.objects.filter(account=keeper.account, kind="place.plate_away")
    assert told.count() == 1
    assert "不要相信" in client.get(address(plate)).content.decode()
    scan(plate, 5, by=0.001, by_keeper=True, now=NOW + MINUTE)
    assert not is_doubted(plate)


def test_an_officer_who_saw_it_there_ends_the_doubt_and_a_week_forgets_it(plate):
    for n in (1, 2, 3):
        scan(plate, n)
    browser = officer_client(make_post(union=plate.place.union))
    desk = f"/desk/places/{plate.place.code}/"
    assert "可能被挂到了别处" in browser.get(desk).content.decode()
    for _twice in range(2):
        browser.post(f"{desk}plate/confirmation/")
    assert (is_doubted(plate), Sighting.objects.count()) == (False, 0)
    scan(plate, 4, by=0)
    assert not Sighting.objects.get().near
    assert services.forget_sightings(now=NOW + dt.timedelta(days=7)) == 1
