"""A place comes to the public: written down, applied for, checked on site, approved, opened."""

import pytest

from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.rules.positions import Position
from niangjia.organisations.tests.factories import make_division
from niangjia.places import services
from niangjia.places.models import Place, State
from niangjia.places.rules import checklists
from niangjia.places.selectors import doors
from niangjia.places.tests.factories import at, make_draft, make_listing, make_place

pytestmark = pytest.mark.django_db


def answers(place, **bad):
    return {item.key: "bad" if item.key in bad else "ok" for item in checklists.items_for(place)}


@pytest.fixture
def opening():
    """A draft of a grassroots union, its officer, and one above."""
    _province, _city, county, union = make_chain()
    return make_draft(union), make_post(union=union), make_post(union=county)


def checked(place, officer, now=None, **bad):
    return services.check_place(
        by=officer,
        place=place,
        who="何晓梅",
        answers=answers(place, **bad),
        words=bad,
        now=now or clock.now(),
    )


def test_the_way_to_the_public_is_walked_step_by_step(opening):
    place, officer, above = opening
    now = clock.now()
    with pytest.raises(Conflict):
        services.open_place(by=officer, place=place, now=now)
    services.apply_for_place(by=officer, place=place, now=now)
    with pytest.raises(Conflict):
        services.approve_place(by=above, place=place, now=now)
    assert checked(place, officer, now).state == State.CHECKED
    with pytest.raises(Conflict):
        services.approve_place(by=officer, place=place, now=now)
    services.approve_place(by=above, place=place, now=now)
    opened = services.open_place(by=officer, place=place, now=now)
    assert opened.state == State.PUBLISHED
    assert services.open_place(by=officer, place=place, now=now).published_at == opened.published_at
    assert [step.to for step in place.steps.order_by("at", "id")] == [
        *(State.APPLIED, State.CHECKED, State.APPROVED, State.PUBLISHED),
    ]
    told = Notice.objects.filter(account__in=[above.account, officer.account])
    assert {notice.kind for notice in told} >= {"place.applied", "place.approved"}


def test_what_is_bad_is_said_in_words_and_keeps_it_shut(opening):
    place, officer, above = opening
    services.apply_for_place(by=officer, place=place, now=clock.now())
    with pytest.raises(Invalid) as refused:
        services.check_place(
            by=officer,
            place=place,
            who="",
            answers=answers(place, water="") | {"fire": ""},
            words={},
            now=clock.now(),
        )
    assert set(refused.value.fields) == {"who", "water", "fire"}
    assert checked(place, officer, water="饮水机坏了").state == State.APPLIED
    services.return_place(by=above, place=place, words="先修好饮水机", now=clock.now())
    place.refresh_from_db()
    assert place.state == State.DRAFT
    notice = Notice.objects.get(account=officer.account, kind="place.returned")
    assert notice.facts["words"] == "先修好饮水机"


def test_at_the_top_somebody_else_approves():
    top = make_chain()[0].parent
    place = make_draft(top, division=make_division())
    first, second = make_post(union=top), make_post(union=top)
    services.apply_for_place(by=first, place=place, now=clock.now())
    checked(place, first)
    with pytest.raises(Conflict):
        services.approve_place(by=first, place=place, now=clock.now())
    assert services.approve_place(by=second, place=place, now=clock.now()).state == State.APPROVED


@pytest.fixture
def desk(opening):
    place, officer, _above = opening
    return officer_client(officer), place


def typed(near, **fields):
    return {
        "kind": "station",
        "name": "北门工会驿站",
        "address": "北门街 3 号",
        "place": "",
        "point": f"{near.latitude + 0.01:.5f}, {near.longitude:.5f}",
        "system": "wgs84",
        "hours": "24/7",
        "facilities": ["water"],
    } | fields


def test_an_officer_writes_a_place_down(desk, django_assert_num_queries):
    client, place = desk
    page = client.post("/desk/places/new/", typed(place))
    made = Place.objects.exclude(pk=place.pk).get()
    assert (page.status_code, page["Location"]) == (302, f"/desk/places/{made.code}/")
    assert made.state == State.DRAFT
    client.get("/desk/places/")
    with django_assert_num_queries(5):
        assert "北门工会驿站" in client.get("/desk/places/?tab=progress").content.decode()
    with django_assert_num_queries(11):
        assert "报上级工会" in client.get(page["Location"]).content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"point": "120.07, 29.31"}, "写反"),
        ({"point": "29.31"}, "纬度"),
        ({"point": "10.0, 170.0"}, "中国"),
        ({"name": ""}, "名称"),
        ({"place": "没有这个县"}, "没认出"),
        ({"phone": "无"}, "电话"),
        ({"kind": "drivers_home"}, "货车"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(desk, fields, said):
    client, place = desk
    page = client.post("/desk/places/new/", typed(place, **fields))
    text = page.content.decode()
    assert (page.status_code, said in text, "北门街 3 号" in text) == (422, True, True)
    assert Place.objects.count() == 1


def test_two_at_one_door_are_shown_and_a_person_decides(desk):
    client, place = desk
    near = typed(place, point=f"{place.latitude}, {place.longitude}")
    page = client.post("/desk/places/new/", near)
    assert page.status_code == 422
    assert "相距 0 米" in page.content.decode()
    assert Place.objects.count() == 1
    assert client.post("/desk/places/new/", near | {"knows_neighbours": "on"}).status_code == 302


def test_who_moves_a_place_to_the_door_of_another_is_asked_as_well(desk):
    client, place = desk
    other = make_draft(place.union, name="对门驿站", latitude=place.latitude + 0.01)
    page = f"/desk/places/{place.code}/listing/"
    to_it = typed(place, name=place.name, point=f"{other.latitude}, {other.longitude}")
    refused = client.post(page, to_it)
    assert (refused.status_code, "对门驿站" in refused.content.decode()) == (422, True)
    api = f"/api/v1/desk/places/{place.code}"
    listing = client.get(api).json() | {"latitude": other.latitude}
    assert client.put(api, listing, "application/json").status_code == 409
    place.refresh_from_db()
    assert place.latitude != other.latitude
    assert client.post(page, to_it | {"knows_neighbours": "on"}).status_code == 302
    # What stays where it is may be changed beside any neighbour.
    same = typed(other, name="新名字驿站", point=f"{other.latitude:.6f}, {other.longitude:.6f}")
    assert client.post(page, same).status_code == 302
    assert client.put(api, listing, "application/json").status_code == 200


def test_a_neighbour_beyond_the_border_of_a_division_is_a_neighbour(desk):
    _client, place = desk
    beyond = make_division(parent=place.division.parent)
    listing = make_listing(place.union, division=beyond, **at(place_point(place)))
    assert doors.find_at_door(listing) == place
    assert doors.find_at_door(listing, but=place) is None


def test_an_address_is_known_whatever_the_width_of_its_letters(desk):
    _client, place = desk
    known = make_place(place.union, address="江滨中路９号 A 座")
    assert doors.known_points("江滨中路 9 号Ａ座", known.division) == [place_point(known)]
    assert doors.known_points("江滨中路 8 号Ａ座", known.division) == []


def place_point(place):
    return Position(place.longitude, place.latitude)


def test_the_checklist_is_sent_from_the_place(desk):
    client, place = desk
    client.post(f"/desk/places/{place.code}/application/")
    empty = client.post(f"/desk/places/{place.code}/check/", {"who": "何晓梅"})
    assert (empty.status_code, "请选有没有问题" in empty.content.decode()) == (422, True)
    client.post(f"/desk/places/{place.code}/check/", answers(place) | {"who": "何晓梅"})
    page = client.get(f"/desk/places/{place.code}/").content.decode()
    assert "何晓梅" in page
    assert "一切正常" in page


def test_closing_needs_a_reason(desk):
    client, _draft = desk
    place = make_place(_draft.union)
    assert client.post(f"/desk/places/{place.code}/closing/").status_code == 422
    client.post(f"/desk/places/{place.code}/closing/", {"reason": "房屋拆迁"})
    place.refresh_from_db()
    assert (place.state, place.close_reason) == (State.CLOSED, "房屋拆迁")
