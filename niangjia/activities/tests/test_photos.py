"""Photos: asked before, cleaned, small, hidden as soon as somebody asks, decided by a person."""

import json
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from niangjia.activities import services as activities
from niangjia.activities.models import Photo, PhotoRequest
from niangjia.activities.services import photos
from niangjia.activities.tests.factories import (
    join,
    make_activity,
    make_organiser,
    make_worker,
    session_of,
)
from niangjia.activities.tests.photos import (
    HOUR,
    clean,
    make_photo,
    make_photo_request,
    make_photographed,
    sent,
)
from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid
from niangjia.core.models import FileChunk, StoredFile
from niangjia.core.tests.hostile import CANARY
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import officer_client, signed_in

pytestmark = pytest.mark.django_db


def url(name, key):
    return reverse(f"activities:{name}", args=[key])


def content(answer):
    return b"".join(answer) if answer.streaming else answer.content


def test_a_photo_is_sent_cleaned_and_shown_with_what_is_to_be_seen(django_assert_num_queries):
    activity = make_photographed()
    session = session_of(activity)
    desk = officer_client(make_organiser(activity.union))
    there = url("photos_desk", session.pk)
    with clock.stopped_at(clock.now() + 2 * HOUR):
        wrong = desk.post(there, {"file": sent(), "alt": ""})
        assert wrong.status_code == 422
        fake = desk.post(there, {"file": sent(b"#!/bin/sh", "x.jpg"), "alt": "大家在江边走"})
        assert (fake.status_code, Photo.objects.count()) == (422, 0)
        done = desk.post(there, {"file": sent(), "alt": "大家在江边走"})
    assert done.status_code == 302
    made = Photo.objects.get()
    with django_assert_num_queries(2):
        shown = Client().get(url("photos", activity.number)).content.decode()
    assert 'alt="大家在江边走"' in shown
    for name in ("photo", "small_photo"):
        answer = Client().get(url(name, made.pk))
        assert answer["Content-Type"] in {"image/jpeg", "image/webp"}
        kept = content(answer)
        assert b"CANARY" not in kept
        assert CANARY.encode() not in kept
        assert not Image.open(BytesIO(kept)).getexif()
    assert max(made.width, made.height) <= photos.SMALL


def test_a_large_one_is_shown_small():
    made = make_photo(session_of(make_photographed()))
    assert (made.width, made.height) == (640, 480)
    assert len(content(Client().get(url("small_photo", made.pk)))) < len(clean().content)


def test_none_where_nobody_was_asked_before_it_begins_and_no_more_than_fit(monkeypatch):
    activity = make_photographed()
    session, now = session_of(activity), clock.now()
    unasked = session_of(make_activity())
    cases = ((session, now, "not-begun"), (unasked, now + 99 * HOUR, "not-asked"))
    for each, when, code in cases:
        with pytest.raises(Conflict) as refused:
            photos.add_photo(by=None, session=each, clean=clean(), alt="江边", now=when)
        assert refused.value.code == code
    make_photo(session)
    monkeypatch.setattr(photos, "MOST", 1)
    with pytest.raises(Conflict):
        make_photo(session)
    with pytest.raises(Invalid):
        make_photo(session, "长" * 121)
    assert Client().get(url("photos", unasked.run.activity.number)).status_code == 404


def test_who_came_and_does_not_want_to_be_seen_is_named_to_the_organisers():
    activity = make_photographed()
    session, now = session_of(activity), clock.now()
    seen = join(activity, name="愿意的人", agrees_photos=True)
    unseen = join(activity, name="不愿意的人")
    for each in (seen, unseen):
        activities.attend(by=None, sign_up=each, session=session, now=now)
    assert (seen.photos_at is None, unseen.photos_at) == (False, None)
    desk = officer_client(make_organiser(activity.union))
    shown = desk.get(url("photos_desk", session.pk)).content.decode()
    assert ("不愿意的人" in shown, "、愿意的人" in shown) == (True, False)


def test_whoever_asks_has_it_hidden_at_once_and_a_person_decides():
    activity = make_photographed()
    made = make_photo(session_of(activity))
    post, asker, other = make_organiser(activity.union), make_worker(), make_worker()
    desk, client = officer_client(post), signed_in(asker)
    there = url("take_down", made.pk)
    assert Client().get(there).status_code == 302
    client.post(there, {"words": "拍到了孩子"})
    for name in ("photo", "small_photo"):
        assert Client().get(url(name, made.pk)).status_code == 404
    assert made.alt not in Client().get(url("photos", activity.number)).content.decode()
    assert Client().get(f"/api/v1/activities/{activity.number}/photos").json() == []
    asked = PhotoRequest.objects.get()
    assert "拍到了孩子" in desk.get(url("photos_desk", made.session_id)).content.decode()
    assert desk.get(url("desk_photo", made.pk)).status_code == 200
    desk.post(url("photo_decision", asked.pk), {"verdict": "dismissed"})
    assert Client().get(url("photo", made.pk)).status_code == 200
    assert client.post(there, {"words": "还是不行"}).status_code == 409
    again = photos.ask_take_down(by=other, photo=made, words="", now=clock.now())
    files = StoredFile.objects.count()
    for _twice in range(2):
        photos.decide_photo_request(by=post, asked=again, is_upheld=True, now=clock.now())
    assert not Photo.objects.exists()
    assert StoredFile.objects.count() == files - 2
    assert not FileChunk.objects.filter(file__in=[made.stored_id, made.small_id]).exists()
    told = [
        list(Notice.objects.filter(account=each).values_list("kind", flat=True))
        for each in (asker, other, post.account)
    ]
    assert told == [["photo.stays"], ["photo.gone"], ["photo.asked", "photo.asked"]]


def test_while_somebody_else_still_asks_it_stays_hidden():
    activity = make_photographed()
    asked = make_photo_request(activity.union)
    second = photos.ask_take_down(by=make_worker(), photo=asked.photo, words="", now=clock.now())
    post = make_organiser(activity.union)
    photos.decide_photo_request(by=post, asked=asked, is_upheld=False, now=clock.now())
    assert Photo.objects.get(pk=asked.photo_id).hidden_at is not None
    photos.decide_photo_request(by=post, asked=second, is_upheld=False, now=clock.now())
    assert Photo.objects.get(pk=asked.photo_id).hidden_at is None


def test_the_same_by_operations():
    activity = make_photographed()
    session = session_of(activity)
    desk = officer_client(make_organiser(activity.union))
    there = f"/api/v1/desk/activity-sessions/{session.pk}/photos"
    with clock.stopped_at(clock.now() + 2 * HOUR):
        assert desk.post(there, {"file": sent(b"x"), "alt": "江边"}).status_code == 422
        made = desk.post(there, {"file": sent(), "alt": "江边"})
    assert made.status_code == 201
    [shown] = Client().get(f"/api/v1/activities/{activity.number}/photos").json()
    assert (shown["alt"], Client().get(shown["small"]).status_code) == ("江边", 200)
    key = shown["id"]

    def send(client, path, body=None, method="post"):
        text = json.dumps(body or {})
        return client.generic(method, f"/api/v1/{path}", text, content_type="application/json")

    worker = signed_in(make_worker())
    assert send(worker, f"activity-photos/{key}/take-down", {"words": "我"}).status_code == 202
    assert send(worker, f"activity-photos/{key}/take-down", {}).status_code == 404
    [waiting] = desk.get(there).json()
    assert (waiting["is_hidden"], waiting["asked"][0]["words"]) == (True, "我")
    decided = f"desk/photo-requests/{waiting['asked'][0]['id']}/decision"
    assert send(desk, decided, {"is_upheld": False}).status_code == 204
    assert send(desk, f"desk/activity-photos/{key}", method="delete").status_code == 204
    assert desk.get(there).json() == []
