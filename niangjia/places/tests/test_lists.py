"""Lists of places: read row by row, what may be there already is asked, entered once."""

import pytest

from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.tests.factories.desk import make_post
from niangjia.organisations.tests.factories import make_division, make_union
from niangjia.places import services
from niangjia.places.models import ListState, Place, RowState, State
from niangjia.places.rules.lists import vendors
from niangjia.places.rules.points import System
from niangjia.places.services.lists import answering, entering, sending
from niangjia.places.tests.factories import make_listing, make_place
from niangjia.places.tests.lists import of_amap, read, row, send
from niangjia.regions.rules import coordinates

pytestmark = pytest.mark.django_db

#: In Yiwu, on streets.
HERE = (120.0750, 29.3060)
METRES = 1 / 111_195


@pytest.fixture
def officer():
    division = make_division("义乌市", code="330782")
    return make_post(union=make_union("义乌市总工会", division=division))


def states(place_list):
    return dict(place_list.rows.values_list("number", "state"))


def enter(officer, place_list):
    entering.enter_list(by=officer, place_list=place_list, now=clock.now())
    while entering.enter_some(list_id=place_list.pk, now=clock.now()):
        pass
    place_list.refresh_from_db()
    return place_list


def test_rows_become_drafts_and_the_same_list_again_changes_nothing(officer):
    rows = [row("江滨路工会驿站", *HERE), row("城店路工会驿站", 120.09, 29.32, hours="24小时")]
    done = enter(officer, read(officer, send(officer, *rows)))
    assert done.state == ListState.DONE
    made = Place.objects.order_by("code")
    assert [(place.name, place.hours, place.state) for place in made] == [
        ("江滨路工会驿站", "Mo-Fr 08:30-17:30", State.DRAFT),
        ("城店路工会驿站", "24/7", State.DRAFT),
    ]
    again = read(officer, send(officer, *rows))
    assert again != done
    assert set(states(again).values()) == {RowState.KNOWN}
    assert enter(officer, again).state == ListState.DONE
    assert Place.objects.count() == 2


def test_a_list_sent_twice_while_under_way_is_one(officer):
    rows = [row("江滨路工会驿站", *HERE)]
    assert send(officer, *rows) == send(officer, *rows)


@pytest.mark.parametrize(
    ("name", "metres", "state"),
    [
        ("别的名字", 10, RowState.ASKED),
        ("别的名字", 45, RowState.READY),
        ("江滨路户外劳动者服务站点", 250, RowState.ASKED),
        ("江滨路户外劳动者服务站点", 330, RowState.READY),
    ],
)
def test_one_door_or_one_name_nearby_is_asked_about(officer, name, metres, state):
    make_place(officer.union, name="江滨路工会驿站", longitude=HERE[0], latitude=HERE[1])
    known = read(officer, send(officer, row(name, HERE[0], HERE[1] + metres * METRES)))
    assert states(known) == {2: state}


def test_doubles_within_the_file_are_asked_about_and_those_all_the_same_are_known(officer):
    one = row("江滨路工会驿站", *HERE)
    near = row("江滨路爱心驿站", HERE[0], HERE[1] + 50 * METRES, hours="24小时")
    known = read(officer, send(officer, one, near, one))
    assert states(known) == {2: RowState.READY, 3: RowState.ASKED, 4: RowState.KNOWN}
    answering.answer_rows(by=officer, place_list=known, answer="same", numbers=[3])
    enter(officer, known)
    (place,) = Place.objects.all()
    assert (place.name, place.hours) == ("江滨路爱心驿站", "24/7")
    assert states(known)[3] == RowState.UPDATED


def test_the_same_place_is_brought_up_to_date_and_keeps_what_the_row_does_not_say(officer):
    place = make_place(officer.union, longitude=HERE[0], latitude=HERE[1], phone="0579-85112351")
    known = read(officer, send(officer, row("江滨路工会驿站", *HERE)))
    assert states(known) == {2: RowState.ASKED}
    with pytest.raises(Invalid):
        answering.answer_rows(by=officer, place_list=known, answer="maybe", numbers=None)
    assert answering.answer_rows(by=officer, place_list=known, answer="same", numbers=None) == 1
    enter(officer, known)
    place.refresh_from_db()
    assert (place.hours, place.phone, place.state) == (
        *("Mo-Fr 08:30-17:30", "0579-85112351"),
        State.PUBLISHED,
    )


def test_a_place_of_another_union_is_never_brought_up_to_date_from_here(officer):
    elsewhere = make_place(make_union(), longitude=HERE[0], latitude=HERE[1])
    known = read(officer, send(officer, row("江滨路工会驿站", *HERE)))
    assert answering.answer_rows(by=officer, place_list=known, answer="same", numbers=None) == 0
    with pytest.raises(Invalid):
        answering.answer_rows(by=officer, place_list=known, answer="same", numbers=[2])
    answering.answer_rows(by=officer, place_list=known, answer="another", numbers=[2])
    enter(officer, known)
    assert Place.objects.exclude(pk=elsewhere.pk).get().union == officer.union


def test_what_is_wrong_is_said_in_both_languages_and_put_right_as_proposed(officer):
    swapped = row("江滨路工会驿站", HERE[1], HERE[0])
    unread = row("城店路工会驿站", 120.09, 29.32, hours="看天气")
    sea = row("海上驿站", 122.55, 29.0)
    known = read(officer, send(officer, swapped, unread, sea))
    assert set(states(known).values()) == {RowState.WRONG}
    problems = [found for each in known.rows.order_by("number") for found in each.problems]
    assert [(found["field"], found["mend"]) for found in problems] == [
        ("point", "swap"),
        ("hours", ""),
        ("point", "sure"),
    ]
    assert "看天气" in problems[1]["zh"]
    assert "We do not understand" in problems[1]["en"]
    assert answering.mend_rows(by=officer, place_list=known, mend="sure", numbers=[2]) == 0
    assert answering.mend_rows(by=officer, place_list=known, mend="swap", numbers=None) == 1
    answering.mend_rows(by=officer, place_list=known, mend="sure", numbers=[4])
    assert states(known) == {2: RowState.READY, 3: RowState.WRONG, 4: RowState.READY}
    assert known.rows.get(number=2).longitude == pytest.approx(HERE[0])


def test_a_place_that_was_closed_meanwhile_is_not_brought_up_to_date_and_why_in_both_languages(
    officer,
):
    place = make_place(officer.union, longitude=HERE[0], latitude=HERE[1])
    known = read(officer, send(officer, row("江滨路工会驿站", *HERE)))
    answering.answer_rows(by=officer, place_list=known, answer="same", numbers=None)
    services.close_place(by=None, place=place, reason="拆迁", now=clock.now())
    enter(officer, known)
    found = known.rows.get()
    (problem,) = found.problems
    assert (found.state, problem["field"]) == (RowState.WRONG, "name")
    assert (problem["zh"], problem["en"]) == (
        *("这个站点已经撤销了。", "This place is closed for good."),
    )


def test_a_vendors_answer_is_read_and_a_wrong_system_is_found_by_a_known_place(officer):
    make_place(officer.union, name="江滨路工会驿站", longitude=HERE[0], latitude=HERE[1])
    baidu = ",".join(f"{number:.6f}" for number in coordinates.wgs84_to_bd09(*HERE))
    answer = of_amap(("江滨路工会驿站", "江滨中路 9 号", baidu, "周一至周日 08:00-20:00"))
    headings, *cells = vendors.table_of(answer)
    sent = send(officer, *cells, headings=headings)
    assert sent.system == System.GCJ02
    known = read(officer, sent, system=System.WGS84)
    (problem,) = known.rows.get().problems
    assert (problem["field"], problem["mend"]) == ("point", "system:bd09")
    answering.mend_rows(by=officer, place_list=known, mend="system:bd09", numbers=None)
    found = known.rows.get()
    assert found.state == RowState.ASKED
    assert (found.longitude, found.latitude) == pytest.approx(HERE, abs=1e-5)


def test_columns_and_the_system_must_be_said(officer):
    sent = send(officer, ["某站", "1"], headings=("站名", "别的"))
    with pytest.raises(Invalid) as refused:
        sending.explain_list(
            by=officer, place_list=sent, columns={}, system="", kind="pub", hours="Mo-Su off"
        )
    assert set(refused.value.fields) == {"columns", "system", "kind", "hours"}
    with pytest.raises(Invalid):
        send(officer)


def test_entering_goes_on_where_it_was_killed(officer, monkeypatch):
    rows = [row(f"{n} 号工会驿站", 120.0 + n / 100, 29.3) for n in range(5)]
    known = read(officer, send(officer, *rows))
    monkeypatch.setattr(entering, "AT_A_TIME", 2)
    entering.enter_list(by=officer, place_list=known, now=clock.now())
    assert entering.enter_some(list_id=known.pk, now=clock.now()) == 2
    monkeypatch.setattr(entering, "make_places", lambda *_args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        entering.enter_some(list_id=known.pk, now=clock.now())
    monkeypatch.undo()
    assert enter(officer, known).state == ListState.DONE
    assert sorted(Place.objects.values_list("name", flat=True)) == [each[0] for each in rows]


def test_what_came_between_reading_and_entering_is_asked_about(officer):
    known = read(officer, send(officer, row("江滨路工会驿站", *HERE)))
    listing = make_listing(officer.union, longitude=HERE[0], latitude=HERE[1])
    services.draft_place(by=None, union=officer.union, listing=listing, now=clock.now())
    assert enter(officer, known).state == ListState.READ
    assert states(known) == {2: RowState.ASKED}
    assert Place.objects.count() == 1


def test_a_list_thrown_away_is_gone_and_one_entered_stays(officer):
    known = read(officer, send(officer, row("江滨路工会驿站", *HERE)))
    for _twice in range(2):
        dropped = sending.drop_list(by=officer, place_list=known, now=clock.now())
    assert dropped.state == ListState.DROPPED
    assert not known.rows.exists()
    with pytest.raises(Conflict):
        entering.enter_list(by=officer, place_list=known, now=clock.now())
