"""People come in at the doors of an activity by their codes, and so they were there."""

import pytest

from niangjia.activities import services
from niangjia.activities.models import Attendance, Session, SignUp
from niangjia.activities.rules.doors import occasion_of
from niangjia.activities.selectors.own_figures import METRICS, own_figures
from niangjia.activities.tests.factories import (
    DAY,
    join,
    make_activity,
    make_draft,
    make_meeting,
    make_organiser,
    session_of,
)
from niangjia.activities.tests.test_pages import page, text
from niangjia.allocation.models import Gate
from niangjia.allocation.selectors import find_gate
from niangjia.allocation.tests.gates import HOUR, MINUTE, make_steward, scan, send
from niangjia.core import clock
from niangjia.core.errors import Conflict
from niangjia.core.outbox import deliver_pending
from niangjia.members.tests.factories.desk import officer_client, signed_in
from niangjia.organisations import services as organisations

pytestmark = pytest.mark.django_db


def gate_of(activity) -> Gate:
    return find_gate(occasion_of(session_of(activity).pk))


@pytest.fixture
def trip(db):
    """An activity that began half an hour ago, a family with a seat, somebody alone, a steward."""
    now = clock.now()
    soon = make_meeting(starts_at=now + HOUR, ends_at=now + 5 * HOUR)
    activity = make_activity(meeting=soon, companions_max=3, closes_at=now + HOUR / 2)
    activity.family, activity.single = join(activity, companions=2), join(activity)
    activity.gate = gate_of(activity)
    activity.steward = make_steward(activity.gate)
    return activity


def test_each_session_at_a_place_has_its_gate_and_moves_with_it():
    draft = make_draft()
    run = draft.runs.get()
    later = make_meeting(starts_at=clock.now() + 10 * DAY, ends_at=clock.now() + 10 * DAY + HOUR)
    services.add_session(by=None, run=run, meeting=later, now=clock.now())
    online = make_meeting(place="", address="", link="https://example.org/live")
    services.add_session(by=None, run=run, meeting=online, now=clock.now())
    services.publish_activity(by=None, activity=draft, now=clock.now())
    assert Gate.objects.filter(pool=run.pool_id or draft.runs.get().pool).count() == 2
    session = Session.objects.get(link="https://example.org/live")
    with pytest.raises(Conflict) as refused:
        services.open_door(by=None, session=session, now=clock.now())
    assert refused.value.code == "online"
    hall = make_meeting(starts_at=later.starts_at + HOUR, ends_at=later.ends_at + HOUR)
    services.move_session(by=None, session=session, meeting=hall, now=clock.now())
    assert find_gate(occasion_of(session.pk)).begins_at == hall.starts_at


def test_whoever_comes_in_by_code_was_there_with_everybody_they_brought(trip):
    at = clock.now()
    noted = [scan(trip.gate, each.claim, at) for each in (trip.family, trip.single)]
    send(trip.gate, trip.steward, *noted)
    for _twice in range(2):
        send(trip.gate, trip.steward, *noted)
        deliver_pending()
    came = Attendance.objects.order_by("-people")
    assert list(came.values_list("people", "way", "by_account_id")) == [
        (3, "code", trip.steward.pk),
        (1, "code", trip.steward.pk),
    ]
    entry = trip.gate.entries.get(claim=trip.family.claim)
    for _twice in range(2):
        services.note_entry(occasion=trip.gate.occasion, entry_id=entry.pk)
    assert services.note_entry(occasion="other:1", entry_id=entry.pk) == []
    assert organisations.verify_figures(own_figures, metrics=METRICS) == []
    assert Attendance.objects.count() == 2


def test_a_device_that_was_without_a_network_for_a_day_tells_when_they_came(trip):
    at = trip.gate.begins_at + MINUTE
    noted = scan(trip.gate, trip.single.claim, at)
    send(trip.gate, trip.steward, noted, now=at + DAY, device_now=at + DAY)
    deliver_pending()
    assert Attendance.objects.get().at == at


def test_ticked_in_the_list_and_scanned_at_the_door_is_one(trip):
    session = session_of(trip)
    services.attend(by=None, sign_up=trip.family, session=session, people=2, now=clock.now())
    send(trip.gate, trip.steward, scan(trip.gate, trip.family.claim, clock.now()))
    deliver_pending()
    assert Attendance.objects.get().people == 2


def test_a_photographed_code_is_for_the_organiser_to_look_at(trip):
    at = clock.now()
    first = scan(trip.gate, trip.single.claim, at)
    again = scan(trip.gate, trip.single.claim, at, door="西门", at=at + 5 * MINUTE)
    send(trip.gate, trip.steward, first, again)
    deliver_pending()
    assert Attendance.objects.count() == 1
    desk = officer_client(make_organiser(trip.union))
    run = trip.runs.get()
    assert "1 条入场记录需要核对" in text(desk.get(page("coming", run.pk)))


def test_the_organiser_goes_from_the_list_to_the_stewards_and_back(
    trip, django_assert_max_num_queries
):
    desk, session = officer_client(make_organiser(trip.union)), session_of(trip)
    desk.get("/desk/activities/")
    with django_assert_max_num_queries(16):
        desk.get(page("coming", session.run_id))
    gate = desk.post(page("door", session.pk))
    assert gate["Location"] == f"/desk/gates/{trip.gate.pk}/"
    with django_assert_max_num_queries(11):
        assert page("desk_session", session.pk) in text(desk.get(gate["Location"]))
    assert page("door", session.pk) not in text(desk.get(page("desk_session", session.pk)))
    drafted = session_of(make_draft(trip.union))
    said = text(desk.post(page("door", drafted.pk), follow=True))
    assert "还没有发布" in said


def test_an_activity_from_before_there_were_gates_gets_one_at_the_desk(trip):
    session = session_of(trip)
    Gate.objects.filter(pk=trip.gate.pk).update(occasion="test:gone")
    desk = officer_client(make_organiser(trip.union))
    assert page("door", session.pk) in text(desk.get(page("coming", session.run_id)))
    answer = desk.post(f"/api/v1/desk/activity-sessions/{session.pk}/door")
    assert answer.json()["gate"] == str(find_gate(occasion_of(session.pk)).pk)


def test_the_ticket_leads_to_the_code_and_the_code_is_its_holders_alone(
    trip, django_assert_num_queries
):
    holder, other = signed_in(trip.family.account), signed_in(trip.single.account)
    code = f"/codes/{trip.family.claim_id}/"
    holder.get("/mine/activities/")
    with django_assert_num_queries(8):
        assert code in text(holder.get(page("ticket", trip.family.pk)))
    with django_assert_num_queries(7):
        assert trip.name in text(holder.get(code))
    assert other.get(code).status_code == 404
    waiting = join(make_activity(seats=1), SignUp.objects.get(pk=trip.single.pk).account)
    services.return_seat(by=trip.single.account, sign_up_id=str(waiting.pk), now=clock.now())
    assert "/codes/" not in text(other.get(page("ticket", waiting.pk)))
