"""Rounds: planned, walked, interrupted, gone on with; what is found opens what is to be mended."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid
from niangjia.core.tests import hostile
from niangjia.members.models import Notice
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.rules.positions import Position
from niangjia.places import services
from niangjia.places.forms.inspecting import RoundForm
from niangjia.places.models import Found, Inspection, Problem, Report, SitePhoto, Sort
from niangjia.places.selectors import rounds
from niangjia.places.selectors.rounds import Wanted
from niangjia.places.services.inspecting import Notes
from niangjia.places.services.planning import Tour
from niangjia.places.tests.factories import at, make_keeper, make_place, make_round, notes_of

pytestmark = pytest.mark.django_db
#: A Tuesday, half past ten in China.
NOW = dt.datetime(2026, 11, 24, 2, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def county():
    """An inspector of a county, and three places of a union below, in a row."""
    _province, _city, county, union = make_chain()
    found = [
        make_place(union, name=f"{n} 号驿站", now=NOW, **at(Position(120.07, 29.30 + n / 100)))
        for n in (0, 2, 1)
    ]
    return make_post(union=county), found


def first_of(post, *places):
    return make_round(post, *places, now=NOW).inspections.get(position=1)


def finish(post, inspection, now=NOW, **wrong):
    notes = notes_of(inspection, **wrong)
    return services.finish_inspection(by=post, inspection=inspection, notes=notes, now=now)


def test_a_round_is_put_in_order_and_whoever_goes_is_told(county):
    post, places = county
    made = make_round(post, *places, now=NOW)
    way = [each.place.name for each in made.inspections.order_by("position")]
    assert way in (["0 号驿站", "1 号驿站", "2 号驿站"], ["2 号驿站", "1 号驿站", "0 号驿站"])
    assert [each.minutes > 0 for each in made.inspections.order_by("position")] == [
        False,
        True,
        True,
    ]
    told = Notice.objects.get(account=post.account)
    assert (told.kind, told.url) == ("place.round", f"/inspecting/{made.pk}/")


def test_what_cannot_be_planned_is_said_beside_its_field(county):
    post, _places = county
    union = post.union
    tour = tour_of(post, name="", date=NOW.date() - DAY, account_ids=[make_account().pk])
    with pytest.raises(Invalid) as refused:
        services.plan_round(by=post, union=union, places=[], tour=tour, now=NOW)
    assert set(refused.value.fields) == {"name", "date", "inspectors", "places"}
    elsewhere = make_place(now=NOW)
    with pytest.raises(Invalid) as refused:
        services.plan_round(by=post, union=union, places=[elsewhere], tour=tour_of(post), now=NOW)
    assert set(refused.value.fields) == {"places"}


def tour_of(post, **fields):
    tour = Tour(name="巡查", date=NOW.date(), account_ids=[post.account_id])
    return replace(tour, **fields)


def test_whom_nobody_has_seen_for_long_comes_first_and_nothing_waits_on_two_rounds(county):
    post, (one, other, third) = county
    finish(post, first_of(post, one))
    Report.objects.create(place=other, at=NOW, said="closed")
    first_of(post, third)

    def found(now=NOW, **wanted):
        return rounds.list_candidates([post], Wanted(**wanted), now)

    assert found() == [other, one]
    assert found(days=30) == [other]
    assert found(NOW + 31 * DAY, days=30) == [other, one]
    assert found(complaints=1) == [other]
    assert found(NOW + 31 * DAY, complaints=1) == []
    assert found(words=one.name) == [one]
    assert rounds.list_candidates([make_post()], Wanted(), NOW) == []


def test_everything_is_looked_at_also_what_stands_in_the_cupboard(county):
    post, (place, *_others) = county
    supply = services.add_supply(
        by=post.account, place=place, sort=Sort.SUPPLY, name="创可贴", facility="", now=NOW
    )
    inspection = first_of(post, place)
    with pytest.raises(Invalid) as refused:
        services.finish_inspection(
            by=post, inspection=inspection, notes=Notes(found=Found.OPEN), now=NOW
        )
    asked = set(refused.value.fields)
    assert {"water", "meal", "fire", f"supply-{supply.pk.hex}"} <= asked
    assert not asked & {"aed", "shower", "bays"}


def test_sent_twice_is_once_and_a_colleague_does_not_do_it_again(county):
    post, (place, *_others) = county
    inspection = first_of(post, place)
    done = finish(post, inspection, water="bad")
    again = finish(post, inspection, NOW + DAY, water="bad")
    assert (again.done_at, Problem.objects.count()) == (done.done_at, 1)
    assert Problem.objects.get().steps.count() == 1
    with pytest.raises(Conflict):
        finish(make_post(union=post.union), inspection)


def test_a_round_is_interrupted_and_a_colleague_goes_on_where_it_stopped(county):
    post, places = county
    made = make_round(post, *places, now=NOW)
    first = made.inspections.get(position=1)
    half = Notes(answers={"water": "bad"}, item_words={"water": "桶空了"})
    services.note_findings(by=post, inspection=first, notes=half, now=NOW)
    colleague = make_post(union=post.union)
    client = officer_client(colleague)
    assert "桶空了" in client.get(f"/inspecting/places/{first.pk}/").content.decode()
    services.hand_over_round(
        by=post, found=made, account_ids=[colleague.account_id], date=made.date + DAY, now=NOW
    )
    assert rounds.list_own_rounds(post.account, [post]) == []
    assert rounds.list_own_rounds(colleague.account, [colleague]) == [made]
    services.call_off_round(by=post, found=made, reason="下大雪", now=NOW)
    with pytest.raises(Conflict):
        finish(colleague, first)
    assert rounds.list_own_rounds(colleague.account, [colleague]) == []


def test_a_plate_proves_that_somebody_was_there(county):
    post, (place, other, _third) = county
    plate = services.issue_plate(by=post, place=place, now=NOW)
    elsewhere = services.issue_plate(by=post, place=other, now=NOW)
    inspection = first_of(post, place)
    with pytest.raises(Invalid) as refused:
        finish(post, inspection)
    assert set(refused.value.fields) == {"no_plate_reason"}
    with pytest.raises(Invalid) as refused:
        finish(post, inspection, plate=elsewhere.key)
    assert set(refused.value.fields) == {"plate"}
    client = officer_client(post)
    with clock.stopped_at(NOW):
        to_the_list = client.get(f"/p/{place.code}/{plate.key}/")
    assert to_the_list["Location"] == f"/inspecting/places/{inspection.pk}/?plate={plate.key}"
    assert client.get(f"/p/{other.code}/{elsewhere.key}/").status_code == 200
    done = finish(post, inspection, plate=plate.key)
    assert (done.plate, done.arrived_at) == (plate, NOW)


def test_the_camera_takes_the_plate_of_this_place_and_a_dead_one_is_scanned_anew(county):
    post, (place, other, _third) = county
    old = services.issue_plate(by=post, place=place, now=NOW)
    elsewhere = services.issue_plate(by=post, place=other, now=NOW)
    there = reverse("places:inspect", args=[first_of(post, place).pk])
    client = officer_client(post)
    page = client.get(there).content.decode()
    takes, others = (
        re.search(rf'data-{name}="([^"]+)"', page)[1] for name in ("takes", "elsewhere")
    )
    path = reverse("places:plate", args=[place.code, old.key])
    assert re.search(takes, path)[1] == old.key
    away = reverse("places:plate", args=[other.code, elsewhere.key])
    assert re.search(others, away)
    assert not re.search(takes, away)
    services.renew_plate(by=post, place=place, reason="被摘走", now=NOW)
    refused = client.post(there, {"plate": old.key, "later": "1"}).content.decode()
    assert "data-takes" in refused
    assert f'value="{old.key}"' not in refused


@pytest.mark.parametrize(("found", "about"), [(Found.SHUT, "open"), (Found.GONE, "found")])
def test_where_nobody_gets_in_nothing_is_ticked(county, found, about):
    post, (place, *_others) = county
    make_keeper(place, make_account(), now=NOW)
    inspection = first_of(post, place)
    with pytest.raises(Invalid) as refused:
        services.finish_inspection(
            by=post, inspection=inspection, notes=Notes(found=found), now=NOW
        )
    assert set(refused.value.fields) == {"words"}
    notes = Notes(found=found, words="卷帘门拉着，没有告示")
    services.finish_inspection(by=post, inspection=inspection, notes=notes, now=NOW)
    assert place.problems.get().about == about
    assert place.reports.filter(said="closed", by_keeper=True).exists() == (found == Found.SHUT)


def picture(content=None):
    return SimpleUploadedFile("water.jpg", content or hostile.photo(exif=False))


def sent(inspection, **fields):
    """What the form of the phone sends when all is right."""
    notes = notes_of(inspection)
    return {**notes.answers, "door": "open", **fields}


def test_the_phone_keeps_photos_and_words_although_something_is_missing(county):
    post, (place, *_others) = county
    inspection = first_of(post, place)
    client = officer_client(post)
    url = f"/inspecting/places/{inspection.pk}/"
    body = sent(inspection, water="bad", done="1", water_photo=picture())
    refused = client.post(url, body)
    assert refused.status_code == 422
    page = refused.content.decode()
    photo = SitePhoto.objects.get()
    assert reverse("places:desk_site_photo", args=[photo.pk]) in page
    assert client.get(f"/desk/places/site-photos/{photo.pk}/")["Content-Type"] == "image/jpeg"
    answer = client.post(url, {**body, "water_words": "桶空了", "water_photo": picture()})
    assert answer["Location"] == f"/inspecting/{inspection.round_id}/?taken=round-{inspection.pk}"
    assert SitePhoto.objects.count() == 1
    assert place.problems.get().about == "water"
    assert "桶空了" in client.get(url).content.decode()
    assert "全部查完了" in client.get(f"/inspecting/{inspection.round_id}/").content.decode()


def test_what_is_no_picture_is_refused_beside_its_item_and_the_rest_is_kept(county):
    post, (place, *_others) = county
    inspection = first_of(post, place)
    bad = picture(b"MZ no picture")
    url = f"/inspecting/places/{inspection.pk}/"
    refused = officer_client(post).post(
        url, sent(inspection, water="bad", water_words="桶空了", water_photo=bad)
    )
    assert refused.status_code == 422
    assert refused.context["form"].errors.keys() == {"water_photo"}
    inspection = Inspection.objects.get()
    assert (inspection.done_at, inspection.answers["water"]) == (None, ["bad", "桶空了"])


def test_pages_of_rounds(county, django_assert_num_queries):
    post, places = county
    client = officer_client(post)
    with clock.stopped_at(NOW):
        form = client.get("/desk/places/rounds/new/?days=30")
        assert all(place.name in form.content.decode() for place in places)
        sent = {
            "name": "城区巡查",
            "date": NOW.date().isoformat(),
            "inspectors": [str(post.account_id)],
            "places": [each.code for each in places],
            "start": "29.30,120.07",
        }
        wrong = client.post("/desk/places/rounds/new/", {**sent, "start": "哪里", "places": []})
        assert wrong.status_code == 422
        assert places[0].name in wrong.content.decode()
        planned = client.post("/desk/places/rounds/new/?days=30", sent)
    made = rounds.list_rounds([post]).get()
    assert planned["Location"] == f"/desk/places/rounds/{made.pk}/"
    client.get(planned["Location"])
    for url, queries in (
        ("/desk/places/rounds/", 4),
        (planned["Location"], 7),
        (f"/inspecting/{made.pk}/", 6),
        (f"/inspecting/places/{made.inspections.first().pk}/", 8),
    ):
        with django_assert_num_queries(queries):
            assert client.get(url).status_code == 200
    assert client.get("/inspecting/")["Location"] == f"/inspecting/{made.pk}/"
    client.post(f"{planned['Location']}hand-over/", {"date": "2026-11-25", "inspectors": []})
    assert client.post(f"{planned['Location']}calling-off/", {"reason": ""}).status_code == 422
    client.post(f"{planned['Location']}calling-off/", {"reason": "下大雪"})
    made.refresh_from_db()
    assert made.call_off_reason == "下大雪"


def test_the_way_begins_at_the_office_at_a_place_or_at_a_point_of_the_map(county):
    post, places = county
    sent = {
        "name": "城区巡查",
        "date": NOW.date().isoformat(),
        "inspectors": [str(post.account_id)],
        "places": [places[0].code],
    }
    office = (post.union.longitude, post.union.latitude)
    for begins, start, where in (
        ("", "", (None, None)),
        (places[1].code, "", (places[1].longitude, places[1].latitude)),
        (places[1].code, "29.30,120.07", (120.07, 29.30)),
        *((("office", "", office),) if office[0] is not None else ()),
    ):
        with clock.stopped_at(NOW):
            form = RoundForm(
                {**sent, "begins": begins, "start": start}, union=post.union, candidates=places
            )
            assert form.is_valid(), form.errors
        begun = form.tour().start
        assert (begun.longitude, begun.latitude) == where if begun else where == (None, None)
    strange = RoundForm({**sent, "begins": "9" * 13}, union=post.union, candidates=places)
    assert "begins" in strange.errors
