"""Photos of places: clean and small, in turn, and none of a stranger's before somebody looked."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid, Throttled
from niangjia.core.models import StoredFile
from niangjia.core.tests import hostile
from niangjia.members.models import Notice
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from niangjia.organisations.tests.factories import make_union
from niangjia.places import services
from niangjia.places.models import PlacePhoto, Report
from niangjia.places.rules.voices import Speaker
from niangjia.places.services import photos
from niangjia.places.tests.factories import clean_photo, make_keeper, make_photo, make_place

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, 6, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def kept():
    """A station, its keeper, and an officer of its union."""
    with clock.stopped_at(NOW):
        place = make_place(make_union(), now=NOW)
        keeper = make_keeper(place, make_account(), now=NOW).account
        yield place, keeper, make_post(union=place.union)


def sent(content=b"", name="IMG.jpg"):
    return SimpleUploadedFile(name, content or hostile.photo(size=(2000, 1500)))


def body(answer):
    return b"".join(answer)


def say(client, place, content=b"", said="lacks:water", **more):
    values = {"said": said, "photo": sent(content)}
    return client.post(f"/places/{place.code}/reports/", values, **more)


def test_a_keeper_puts_up_photos_and_the_first_is_the_cover_in_the_list(kept, client):
    place, keeper, _officer = kept
    phone, page = signed_in(keeper), f"/keeping/{place.code}/photos/"
    assert phone.post(page, {"file": sent(), "alt": " "}).status_code == 422
    phone.post(page, {"file": sent(), "alt": "门口的招牌"})
    phone.post(page, {"file": sent(hostile.photo(size=(90, 60))), "alt": "微波炉和饮水机"})
    door, inside = photos.list_on_page(place)
    near = f"/places/?near={place.latitude},{place.longitude}"
    assert f"/places/photos/{door.pk}/small/" in client.get(near).content.decode()
    phone.post(f"/keeping/photos/{inside.pk}/", {"first": "1", "alt": "微波炉"})
    assert f"/places/photos/{inside.pk}/small/" in client.get(near).content.decode()
    shown = client.get(f"/places/{place.code}/").content.decode()
    assert shown.index('alt="微波炉"') < shown.index('alt="门口的招牌"')
    assert 'loading="lazy"' in shown
    [listed] = client.get(f"/api/v1/places?near={place.latitude},{place.longitude}").json()["items"]
    assert listed["cover"] == f"/places/photos/{inside.pk}/small/"
    for name, longest in (("", photos.WHOLE), ("small/", photos.SMALL)):
        picture = body(client.get(f"/places/photos/{door.pk}/{name}"))
        with Image.open(BytesIO(picture)) as opened:
            assert (max(opened.size), dict(opened.getexif())) == (longest, {})
        assert b"CANARY" not in picture
    phone.post(f"/keeping/photos/{inside.pk}/", {"delete": "1"})
    place.refresh_from_db()
    assert place.cover_id == door.pk
    phone.post(f"/keeping/photos/{door.pk}/", {"delete": "1"})
    assert (PlacePhoto.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "a.svg"),
        (b"MZ\x90\x00" + bytes(200), "IMG_1.jpg"),
        (hostile.png(30_000, 30_000), "bomb.png"),
        (hostile.pdf(), "a.jpg"),
    ],
)
def test_what_is_no_picture_or_a_bomb_is_refused_at_the_desk_and_from_the_street(
    kept, client, content, name
):
    place, _keeper, officer = kept
    desk = officer_client(officer)
    there = f"/desk/places/{place.code}/photos/"
    assert desk.post(there, {"file": sent(content, name), "alt": "门口"}).status_code == 422
    answer = client.post(
        f"/places/{place.code}/reports/", {"said": "open", "photo": sent(content, name)}
    )
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Report.objects.exists()
    assert not PlacePhoto.objects.exists()


def test_a_strangers_photo_is_seen_by_nobody_before_a_keeper_has_looked(kept, client):
    place, keeper, officer = kept
    assert say(client, place).status_code == 302
    photo = PlacePhoto.objects.get()
    assert (photo.shown_at, photo.report.facility) == (None, "water")
    told = Notice.objects.filter(kind="place.photo_sent").values_list("account", flat=True)
    assert {keeper.pk, officer.account_id} <= set(told)
    public = f"/places/photos/{photo.pk}/"
    other = signed_in(make_account())
    for who, address in (
        (client, public),
        (client, f"{public}small/"),
        (other, f"/keeping/photos/{photo.pk}/file/"),
        (signed_in(keeper), public),
    ):
        assert who.get(address).status_code == 404
    assert str(photo.pk) not in client.get(f"/places/{place.code}/").content.decode()
    assert str(photo.pk) not in client.get(f"/api/v1/places/{place.code}").content.decode()
    phone = signed_in(keeper)
    assert "请先看一看" in phone.get(f"/keeping/{place.code}/photos/").content.decode()
    assert body(phone.get(f"/keeping/photos/{photo.pk}/file/"))
    for _twice in range(2):
        phone.post(f"/keeping/photos/{photo.pk}/")
    assert body(client.get(f"{public}small/"))
    assert f"{public}small/" in client.get(f"/places/{place.code}/").content.decode()
    [said] = client.get(f"/api/v1/places/{place.code}").json()["said"]
    assert said["photo"] == public


def test_without_the_guard_it_would_be_seen_at_once(kept, client, monkeypatch):
    """A control: a photo that counts as looked at is public."""
    place, _keeper, _officer = kept
    say(client, place)
    PlacePhoto.objects.update(shown_at=NOW)
    assert client.get(f"/places/photos/{PlacePhoto.objects.get().pk}/").status_code == 200


def test_one_voice_sends_few_photos_and_a_week_forgets_them(kept):
    place, keeper, _officer = kept
    voice = Speaker(device="phone", address="10.0.0.1")
    for _n in range(photos.OF_ONE[0].count):
        photos.examined_of(voice, BytesIO(hostile.photo()), name="a.jpg", now=NOW)
    with pytest.raises(Throttled):
        photos.examined_of(voice, BytesIO(hostile.photo()), name="a.jpg", now=NOW)
    kept_one = make_photo(place, keeper, now=NOW)
    services.report_place(place=place, said="open", speaker=voice, photo=clean_photo(), now=NOW)
    assert services.forget_sent_photos(now=NOW + 7 * DAY - dt.timedelta(minutes=1)) == 0
    assert services.forget_sent_photos(now=NOW + 7 * DAY) == 1
    assert (PlacePhoto.objects.get(), StoredFile.objects.count()) == (kept_one, 2)
    assert Report.objects.count() == 1


def test_no_more_than_fit_none_twice_none_of_a_closed_place_and_nothing_that_is_gone(
    kept, monkeypatch
):
    place, keeper, officer = kept
    first = make_photo(place, keeper, now=NOW)
    assert make_photo(place, keeper, now=NOW) == first
    monkeypatch.setattr(photos, "MOST", 1)
    with pytest.raises(Conflict):
        make_photo(place, keeper, size=(50, 50), now=NOW)
    with pytest.raises(Invalid):
        services.change_photo(by=keeper, photo=first, alt="长" * 121, now=NOW)
    for _twice in range(2):
        services.remove_photo(by=keeper, photo=first)
    with pytest.raises(Conflict):
        services.change_photo(by=keeper, photo=first, alt="门口", now=NOW)
    services.close_place(by=officer, place=place, reason="拆迁", now=NOW)
    with pytest.raises(Conflict):
        make_photo(place, keeper, now=NOW)


def test_operations_do_what_the_pages_do(kept, client):
    place, keeper, officer = kept
    desk, phone = officer_client(officer), signed_in(keeper)
    there = f"/api/v1/desk/places/{place.code}/photos"
    made = desk.post(there, {"file": sent(), "alt": "门口"}).json()
    assert (made["alt"], made["position"]) == ("门口", 0)
    changed = desk.put(
        f"/api/v1/desk/place-photos/{made['id']}",
        {"alt": "大门", "position": 0},
        content_type="application/json",
    )
    assert changed.json()["alt"] == "大门"
    [shown] = client.get(f"/api/v1/places/{place.code}").json()["photos"]
    assert shown == {key: changed.json()[key] for key in shown}
    said = client.post(
        f"/api/v1/places/{place.code}/photographed-reports", {"said": "closed", "photo": sent()}
    )
    assert said.status_code == 201
    [waiting] = phone.get(f"/api/v1/keeping/places/{place.code}/sent-photos").json()
    assert desk.get(f"/api/v1/desk/places/{place.code}/sent-photos").json() == [waiting]
    for browser, base in ((phone, "keeping/photos"), (desk, "desk/place-photos")):
        assert browser.post(f"/api/v1/{base}/{waiting['id']}/release").status_code == 204
    assert desk.get(f"/api/v1/desk/places/{place.code}/sent-photos").json() == []
    other = phone.post(
        f"/api/v1/keeping/places/{place.code}/photos",
        {"file": sent(hostile.photo()), "alt": "里面"},
    ).json()
    mine = f"/api/v1/keeping/photos/{other['id']}"
    first = phone.put(mine, {"alt": "里屋", "position": 0}, content_type="application/json")
    assert (first.json()["alt"], first.json()["position"]) == ("里屋", 0)
    assert phone.delete(mine).status_code == 204
    assert desk.delete(f"/api/v1/desk/place-photos/{waiting['id']}").status_code == 204
    assert PlacePhoto.objects.count() == 1


def test_the_pages_ask_so_often(kept, django_assert_num_queries):
    place, keeper, officer = kept
    make_photo(place, keeper, now=NOW)
    say(Client(), place)
    for browser, page, queries in (
        (signed_in(keeper), f"/keeping/{place.code}/photos/", 6),
        (officer_client(officer), f"/desk/places/{place.code}/photos/", 6),
    ):
        browser.get(page)
        with django_assert_num_queries(queries):
            assert browser.get(page).status_code == 200
