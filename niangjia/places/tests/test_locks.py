"""Doors that open by a member's code: without a network, once for each, and for nobody known."""

import base64
import datetime as dt
import json
import uuid

import pytest
from django.apps import apps
from django.db import connection

from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, NotFound, Throttled
from niangjia.members.models import Notice
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from niangjia.members.tests.factories.joining import make_membership
from niangjia.organisations.tests.factories import make_union
from niangjia.places import services
from niangjia.places.clients.locks import OfflineLock, Told
from niangjia.places.models import DoorEvent, DoorSaid, Lock, Visit, VisitDay
from niangjia.places.rules import doors
from niangjia.places.rules.voices import Speaker
from niangjia.places.selectors import locks
from niangjia.places.selectors.visits import find_own_visit
from niangjia.places.services import locks as acting
from niangjia.places.services import visits as visiting
from niangjia.places.tests.factories import make_place, make_problem

pytestmark = pytest.mark.django_db
#: Ten in the morning in China.
NOW = dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)
SECOND, HOUR, DAY = dt.timedelta(seconds=1), dt.timedelta(hours=1), dt.timedelta(days=1)


class Network:
    """The node, through its operations, as a lock reaches it; now and then there is none."""

    def __init__(self, client):
        self.client, self.is_down, self.loses_answers = client, False, False

    def post(self, path, body, token=""):
        if self.is_down:
            raise OSError("no network")
        answer = self.client.post(
            f"/api/v1/locks/{path}",
            json.dumps(body),
            content_type="application/json",
            headers={"X-Lock-Token": token},
        )
        if self.loses_answers or answer.status_code >= 400:
            raise OSError(answer.status_code)
        return answer.json()

    def pair(self, code):
        return self.post("pairing", {"code": code})["token"]

    def fetch(self, token):
        got = self.post("own/pack", {}, token)
        parsed = dt.datetime.fromisoformat
        return doors.Pack(
            uuid.UUID(got["lock"]),
            {
                dt.date.fromisoformat(each["date"]): base64.b64decode(each["key"])
                for each in got["keys"]
            },
            tuple((parsed(each["begins_at"]), parsed(each["ends_at"])) for each in got["open"]),
            parsed(got["valid_until"]),
        )

    def tell(self, token, events, now):
        body = {
            "now": now.isoformat(),
            "events": [
                {
                    "id": str(each.id),
                    "said": each.said,
                    "at": each.at.isoformat(),
                    "pass_id": str(each.pass_id) if each.pass_id else None,
                }
                for each in events
            ],
        }
        return {uuid.UUID(one) for one in self.post("own/events", body, token)["taken"]}


@pytest.fixture
def time(monkeypatch):
    """A moment that moves: `time(HOUR)` later."""
    at = [NOW]
    monkeypatch.setattr(clock, "now", lambda: at[0])

    def later(step=dt.timedelta()):
        at[0] += step
        return at[0]

    return later


@pytest.fixture
def door(time, client):
    """A station with a lock that was paired and has its pack, and its officer."""
    place = make_place(make_union(), now=NOW, hours="Mo-Su 08:00-20:00")
    officer = make_post(union=place.union)
    lock = OfflineLock(Network(client), clock.now)
    lock.pair(services.make_lock(by=officer, place=place, name="正门", now=NOW))
    assert lock.connect()
    return place, lock, officer


def member():
    return make_membership().person.account


def code_for(account, place):
    lock = Lock.objects.select_related("place").get(place=place)
    return services.issue_pass(account=account, lock=lock, now=clock.now()).text


def test_a_code_opens_once_also_without_a_network_and_a_screenshot_does_not(door, time):
    place, lock, _officer = door
    lock.node.is_down = True
    who = member()
    code = code_for(who, place)
    assert lock.hold(code) == DoorSaid.OPENED
    assert lock.hold(code) == DoorSaid.USED
    time(31 * SECOND)
    assert lock.hold(code_for(who, place)) == DoorSaid.OPENED
    time(5 * 60 * SECOND)
    assert lock.hold(code) == DoorSaid.NOT_GOOD
    assert lock.hold("nonsense") == DoorSaid.NO_CODE
    lock.drift = dt.timedelta(seconds=80)
    assert lock.hold(code_for(who, place)) == DoorSaid.OPENED
    lock.drift = dt.timedelta(minutes=10)
    assert lock.hold(code_for(who, place)) == DoorSaid.NOT_GOOD


def test_another_doors_code_another_days_and_a_shut_place_open_nothing(door, time, client):
    place, lock, officer = door
    other = make_place(place.union, now=NOW, name="另一处驿站")
    second = OfflineLock(Network(client), clock.now)
    second.pair(services.make_lock(by=officer, place=other, name="后门", now=NOW))
    assert second.connect()
    who = member()
    assert lock.hold(code_for(who, other)) == DoorSaid.NOT_GOOD
    assert second.hold(code_for(who, other)) == DoorSaid.OPENED
    code = code_for(who, place)
    lock.pack = doors.Pack(lock.pack.lock_id, lock.pack.keys, (), lock.pack.valid_until)
    assert lock.hold(code) == DoorSaid.SHUT
    time(3 * DAY)
    assert second.hold(code_for(who, other)) == DoorSaid.OUT_OF_DATE


@pytest.mark.parametrize(
    ("who", "hours", "why"),
    [("stranger", 0, "not-a-member"), ("member", 12, "shut"), ("member", 0, "not-welcome")],
)
def test_who_may_not_enter_is_told_kindly_why(door, time, who, hours, why, monkeypatch):
    place, _lock, _officer = door
    if why == "not-welcome":
        place.welcome = ["driver"]
        place.save(update_fields=["welcome"])
        monkeypatch.setattr(locks, "guest_of", lambda _account: doors.Guest(True, "courier"))
    account = member() if who == "member" else make_account()
    time(hours * HOUR)
    with pytest.raises(Conflict) as refused:
        code_for(account, place)
    assert refused.value.code == why
    page = signed_in(account).get(f"/places/{place.code}/door/")
    assert (page.status_code, str(refused.value.message) in page.content.decode()) == (409, True)


def test_what_people_say_keeps_no_member_out_and_danger_does(door, time):
    place, lock, officer = door
    for n in (1, 2, 3):
        speaker = Speaker(account=f"account-{n}", address=f"10.{n}.0.1")
        services.report_place(place=place, said="closed", speaker=speaker, now=NOW)
    who = member()
    assert lock.connect()
    assert lock.hold(code_for(who, place)) == DoorSaid.OPENED
    make_problem(place, officer, item="fire", answer="danger", now=NOW)
    with pytest.raises(Conflict):
        code_for(who, place)
    assert lock.connect()
    assert lock.pack.open == ()


def test_a_member_who_was_never_asked_what_they_work_as_is_let_in(door, time):
    place, lock, _officer = door
    place.welcome = ["driver"]
    place.save(update_fields=["welcome"])
    assert lock.hold(code_for(member(), place)) == DoorSaid.OPENED


def test_what_happened_is_told_later_counted_once_and_says_nothing_of_anybody(door, time):
    place, lock, officer = door
    who = member()
    lock.node.is_down = True
    lock.hold(code_for(who, place))
    time(40 * SECOND)
    lock.hold(code_for(who, place))
    lock.hold("nonsense")
    lock.force()
    time(2 * HOUR)
    assert not lock.connect()
    lock.node.is_down, lock.node.loses_answers = False, True
    assert not lock.connect()
    assert len(lock.noted) == 4
    lock.node.loses_answers = False
    assert lock.connect()
    assert (lock.noted, DoorEvent.objects.count()) == ([], 4)
    assert DoorEvent.objects.earliest("at").at == NOW
    assert VisitDay.objects.get().visits == 1
    assert Visit.objects.get().arrived_at == NOW
    assert Notice.objects.filter(account=officer.account, kind="place.door_forced").count() == 1
    canaries = {str(who.pk), who.pk.hex, str(who.person_id), who.person_id.hex}
    for model in apps.get_app_config("places").get_models():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT t::text FROM {model._meta.db_table} AS t")  # noqa: S608
            rows = " ".join(row for (row,) in cursor.fetchall())
        assert not any(canary in rows for canary in canaries), model
    assert services.forget_door_events(now=NOW + 31 * DAY) == 4


@pytest.mark.parametrize("first", ["plate", "door"])
def test_whoever_scans_the_plate_and_opens_the_door_is_one_visitor(door, time, first, monkeypatch):
    place, lock, officer = door
    plate = services.issue_plate(by=officer, place=place, now=NOW)

    def both(who):
        """Through the door and past the plate, in this order or the other."""
        scanned = Speaker(account=str(who.pk), address="10.0.0.1")
        steps = [
            lambda: services.arrive(plate=plate, visitor=scanned, now=clock.now()),
            lambda: (lock.hold(code_for(who, place)), lock.connect()),
        ]
        for step in steps if first == "plate" else reversed(steps):
            step()
            time(40 * SECOND)
        return scanned

    scanned = both(member())
    assert (VisitDay.objects.get().visits, Visit.objects.count()) == (1, 1)
    assert find_own_visit(place, scanned, now=clock.now()).left_at is None
    services.leave(place=place, visitor=scanned, now=clock.now())
    assert Visit.objects.filter(left_at=None).count() == 0
    # The control: where nobody knows the pass, the same person is two.
    monkeypatch.setattr(visiting, "pass_mark", lambda *_args: None)
    both(member())
    assert VisitDay.objects.get().visits == 3


def test_two_doors_of_a_place_are_one_visit(door, time, client):
    place, lock, officer = door
    back = OfflineLock(Network(client), clock.now)
    back.pair(services.make_lock(by=officer, place=place, name="后门", now=NOW))
    assert back.connect()
    who = member()
    for each, name in ((lock, "正门"), (back, "后门")):
        held = Lock.objects.select_related("place").get(name=name)
        code = services.issue_pass(account=who, lock=held, now=clock.now()).text
        assert each.hold(code) == DoorSaid.OPENED
        time(40 * SECOND)
        assert each.connect()
    assert VisitDay.objects.get().visits == 1


def test_a_wrong_clock_is_set_right_and_what_is_too_old_is_not_taken(door, time):
    _place, lock, _officer = door
    lock.drift = dt.timedelta(hours=-3)
    lock.force()
    lock.noted.append(Told(uuid.uuid4(), DoorSaid.FORCED, lock.now() - 9 * DAY))
    assert lock.connect()
    assert DoorEvent.objects.get().at == NOW


def test_a_revoked_lock_and_a_guessed_pairing_get_nothing(door, client):
    place, lock, officer = door
    desk = officer_client(officer)
    page = f"/desk/places/{place.code}/locks/"
    shown = desk.post(page, {"name": "夜间入口"}).content.decode()
    assert "只显示这一次" in shown
    assert desk.post(page, {"name": ""}).status_code == 422
    who = member()
    first = Lock.objects.get(name="正门")
    for _twice in range(2):
        desk.post(f"/desk/places/locks/{first.pk}/revocation/")
    assert not lock.connect()
    with pytest.raises(NotFound):
        services.issue_pass(account=who, lock=Lock.objects.get(pk=first.pk), now=NOW)
    for _n in range(acting.WRONG_PAIRINGS[0].count):
        with pytest.raises(NotFound):
            services.pair_lock(code="123456789012", address="10.9.9.9", now=NOW)
    with pytest.raises(Throttled):
        services.pair_lock(code="123456789012", address="10.9.9.9", now=NOW)


def test_a_pairing_code_is_good_once_and_for_half_an_hour(door, client):
    place, _lock, officer = door
    code = services.make_lock(by=officer, place=place, name="侧门", now=NOW)
    with pytest.raises(NotFound):
        services.pair_lock(code=code, address="", now=NOW + doors.PAIRING_FOR)
    services.pair_lock(code=code, address="", now=NOW)
    with pytest.raises(NotFound):
        services.pair_lock(code=code, address="", now=NOW)
    many = [
        acting.Happened(uuid.uuid4(), DoorSaid.FORCED, NOW) for _n in range(acting.MOST_EVENTS + 1)
    ]
    with pytest.raises(Invalid):
        services.take_events(
            lock=Lock.objects.get(name="侧门"), events=many, device_now=NOW, now=NOW
        )


def test_the_members_page_and_operation(door):
    place, lock, officer = door
    who = member()
    browser = signed_in(who)
    assert "用手机开门" in browser.get(f"/places/{place.code}/").content.decode()
    page = browser.get(f"/places/{place.code}/door/").content.decode()
    assert "贴近门锁" in page
    assert (
        "<html"
        not in browser.get(
            f"/places/{place.code}/door/", headers={"HX-Request": "true"}
        ).content.decode()
    )
    code = browser.get(f"/api/v1/places/{place.code}/door-code").json()["text"]
    assert lock.hold(code) == DoorSaid.OPENED
    listed = officer_client(officer).get(f"/api/v1/desk/places/{place.code}/locks").json()
    assert [each["name"] for each in listed["items"]] == ["正门"]
