"""Whoever meets at a place that unions keep says its name: the rest follows."""

import pytest
from django.urls import reverse

from niangjia.activities import services
from niangjia.activities.rules.shifting import Shift, Where
from niangjia.activities.tests.factories import (
    DAY,
    make_activity,
    make_meeting,
    make_organiser,
    make_plan,
    run_of,
)
from niangjia.activities.tests.test_pages import local
from niangjia.core import clock
from niangjia.members.tests.factories.desk import officer_client
from niangjia.organisations.tests.factories import make_union
from niangjia.places.tests.factories import make_draft, make_place

pytestmark = pytest.mark.django_db
NOWHERE = {"address": "", "longitude": None, "latitude": None}


@pytest.fixture
def city():
    return make_union()


@pytest.fixture
def palace(city):
    """Kept by the city, above the county whose activity it is."""
    return make_place(city, name="工人文化宫", address="工人西路 18 号")


@pytest.fixture
def activity(city):
    return make_activity(union=make_union(parent=city))


def where(session):
    return session.place, session.address, session.longitude, session.latitude


def place_of(palace):
    return palace.name, palace.address, palace.longitude, palace.latitude


def drafted(union, **fields):
    made = services.draft_activity(
        by=None,
        union=union,
        plan=make_plan(),
        seats=5,
        meeting=make_meeting(**fields),
        now=clock.now(),
    )
    return run_of(made).sessions.get()


def test_by_its_name_or_the_code_on_its_plate(activity, palace):
    for words in (palace.name, f" {palace.code.lower()} "):
        made = drafted(activity.union, **NOWHERE | {"place": words})
        assert where(made) == place_of(palace)


def test_what_was_written_stays(activity, palace):
    said = make_meeting(place=palace.name)
    made = drafted(activity.union, place=palace.name)
    assert where(made) == (palace.name, said.address, said.longitude, said.latitude)
    own = drafted(activity.union, **NOWHERE | {"place": palace.name, "address": "二楼排练厅"})
    assert (own.address, own.longitude) == ("二楼排练厅", palace.longitude)


def test_nothing_is_guessed(activity, city):
    """Two of one name, one that is not open yet, and one of a union elsewhere."""
    for union in (city, activity.union):
        make_place(union, name="职工书屋")
    make_draft(city, name="新文化宫")
    make_place(make_union(), name="外地文化宫")
    for words in ("职工书屋", "新文化宫", "外地文化宫"):
        made = drafted(activity.union, **NOWHERE | {"place": words})
        assert where(made) == (words, "", None, None)


def test_moved_there_and_away_again(activity, palace):
    session = run_of(activity).sessions.get()
    old = make_meeting(starts_at=session.starts_at, ends_at=session.ends_at)

    def move(**fields):
        values = old.values() | fields
        meeting = make_meeting(**values)
        services.move_session(by=None, session=session, meeting=meeting, now=clock.now())
        session.refresh_from_db()

    move(place=palace.name)
    assert where(session) == place_of(palace), "what it had was another place's"
    move()
    assert where(session) == (old.place, old.address, old.longitude, old.latitude)


def test_several_dates_at_once(activity, palace):
    run = run_of(activity)
    for days in (4, 5):
        more = make_meeting(clock.now() + days * DAY)
        services.add_session(by=None, run=run, meeting=more, now=clock.now())
    ids = [session.pk for session in run.sessions.all()]
    shift = Shift(where=Where(place=palace.name))
    services.move_sessions(by=None, run=run, session_ids=ids, shift=shift, now=clock.now())
    assert {where(session) for session in run.sessions.all()} == {place_of(palace)}


def test_at_the_desk_its_name_is_offered_and_is_enough(activity, palace):
    by = make_organiser(activity.union)
    desk, run = officer_client(by), run_of(activity)
    there = reverse("activities:session_addition", args=[run.pk])
    page = desk.get(there).content.decode()
    assert 'list="venues"' in page
    assert f'<option value="{palace.name}">' in page
    assert '<option value="工人文化宫">' in desk.get(reverse("activities:new")).content.decode()
    begins = clock.now() + 5 * DAY
    times = {"starts_at": local(begins), "ends_at": local(begins + DAY / 24)}
    desk.post(there, {**times, "place": palace.name})
    assert where(run.sessions.last()) == place_of(palace)
