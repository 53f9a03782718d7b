"""Programmes: one page that gathers what is on, services, places, and lets go of what is gone."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from niangjia.activities.models import ProgrammeItem, ProgrammePage
from niangjia.activities.rules.programmes import PageDraft
from niangjia.activities.services import programmes as services
from niangjia.activities.tests.factories import (
    make_activity,
    make_organiser,
    make_programme_page,
)
from niangjia.core import clock, gathering
from niangjia.core.errors import Conflict, Invalid
from niangjia.core.gathering import Gathered, Source
from niangjia.core.outbox import deliver_pending
from niangjia.members.tests.factories.desk import officer_client
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations import services as organisations
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
THERE = {"library": "城市书房", "nursery": "暑托班"}


@pytest.fixture(autouse=True)
def things(monkeypatch):
    """A room with two things, of which one may go."""
    there = dict(THERE)

    def listed(_union):
        return [
            Gathered(key, name, "绣湖西路", f"/x/{key}/", "map-pin") for key, name in there.items()
        ]

    def found(union, keys):
        return [each for each in listed(union) if each.key in keys]

    monkeypatch.setitem(gathering.sources, "thing", Source("thing", "地方", listed, found))
    return there


def text(answer):
    return answer.content.decode()


def url(page):
    return reverse("activities:union_programme", args=[page.programme, page.union.number])


def test_a_page_shows_what_is_on_below_its_union_and_what_was_gathered(
    client, things, django_assert_num_queries
):
    _province, _city, county, union = make_chain()
    on = make_activity(union, programme="rose-reading", name="江边读书会")
    make_activity(programme="rose-reading", name="别处的读书会")
    make_activity(union, programme="child-care", name="别的项目")
    page = make_programme_page(county)
    for key in ("library", "nursery"):
        services.gather(by=None, page=page, kind="thing", key=key, words="周四有人带读")
    assert client.get(url(page)).status_code == 404
    for _twice in range(2):
        services.publish_programme_page(by=None, page=page, now=clock.now())
    with django_assert_num_queries(3):
        shown = text(client.get(url(page)))
    for words in (on.name, "城市书房", "暑托班", "周四有人带读", county.name, page.summary):
        assert words in shown
    assert "别处的读书会" not in shown
    assert "别的项目" not in shown
    brand = text(client.get(reverse("activities:programme", args=["rose-reading"])))
    for words in ("江边读书会", "别处的读书会", "城市书房", county.name):
        assert words in brand
    things.pop("library")
    assert "城市书房" not in text(client.get(url(page)))
    services.retire_programme_page(by=None, page=page, now=clock.now())
    assert client.get(url(page)).status_code == 404
    assert county.name not in text(
        client.get(reverse("activities:programme", args=["rose-reading"]))
    )


def test_what_cannot_be_written_or_gathered_is_said():
    union, now = make_union(), clock.now()
    for programme, draft in (
        ("nonsense", PageDraft(summary="好")),
        ("rose-reading", PageDraft(summary=" ")),
        ("rose-reading", PageDraft(summary="好", text="长" * 2001)),
        ("rose-reading", PageDraft(summary="好", phone="1" * 31)),
    ):
        with pytest.raises(Invalid):
            services.write_programme_page(
                by=None, union=union, programme=programme, draft=draft, now=now
            )
    page = make_programme_page(union)
    for kind, key in (("thing", "gone"), ("nothing", "library")):
        with pytest.raises(Invalid):
            services.gather(by=None, page=page, kind=kind, key=key)
    with pytest.raises(Invalid):
        services.gather(by=None, page=page, kind="thing", key="library", words="长" * 121)
    for number in range(24):
        ProgrammeItem.objects.create(page=page, kind="thing", key=str(number), position=number)
    with pytest.raises(Conflict):
        services.gather(by=None, page=page, kind="thing", key="library")


def test_a_union_has_one_page_of_a_programme_and_none_once_it_is_dissolved():
    union = make_union()
    page = make_programme_page(union)
    assert make_programme_page(union) == page
    services.publish_programme_page(by=None, page=page, now=clock.now())
    organisations.dissolve_union(union_id=union.pk, by=None, now=clock.now())
    deliver_pending()
    assert not ProgrammePage.objects.get().is_public
    union.refresh_from_db()
    with pytest.raises(Conflict):
        make_programme_page(union)


def test_a_page_is_built_by_forms(things):
    union = make_union()
    desk = officer_client(make_organiser(union))
    there = reverse("activities:programme_pages")
    sent = {"programme": "rose-reading", "summary": "", "text": "下班来坐坐。"}
    wrong = desk.post(there, sent)
    assert (wrong.status_code, "下班来坐坐" in text(wrong)) == (422, True)
    desk.post(there, sent | {"summary": "一起读一本书。"})
    page = ProgrammePage.objects.get()

    def of(name):
        return reverse(f"activities:programme_{name}", args=[page.pk])

    assert desk.post(of("addition"), {"thing": "thing:gone"}).status_code == 422
    desk.post(of("addition"), {"thing": "thing:library", "words": "周四晚上"})
    desk.post(of("publication"))
    assert "周四晚上" in text(Client().get(url(page)))
    assert desk.post(of("words"), {"summary": ""}).status_code == 422
    desk.post(of("words"), {"summary": "换一句话。"})
    assert "换一句话" in text(Client().get(url(page)))
    things.pop("library")
    assert "已经不在了" in text(desk.get(of("page")))
    desk.post(of("removal"), {"item": str(page.items.get().pk)})
    desk.post(of("removal"), {"item": "nonsense"})
    assert not page.items.exists()
    desk.post(of("retirement"))
    assert Client().get(url(page)).status_code == 404


def test_the_same_by_operations():
    union = make_union()
    desk = officer_client(make_organiser(union))

    def send(path, body=None, method="post"):
        content = json.dumps(body or {})
        there = f"/api/v1/desk/programme-pages/{path}".rstrip("/")
        return desk.generic(method, there, content, content_type="application/json")

    words = {"programme": "rose-reading", "summary": "一起读一本书。"}
    assert send("", words | {"summary": ""}, "put").status_code == 422
    made = send("", words, "put").json()
    thing = {"kind": "thing", "key": "library", "words": "周四晚上"}
    [item] = send(f"{made['id']}/things", thing).json()["things"]
    assert item["is_there"]
    assert send(f"{made['id']}/publication").json()["is_public"]
    there = f"/api/v1/programmes/rose-reading/{union.number}"
    shown = Client().get(there).json()
    assert [each["title"] for each in shown["things"]] == ["城市书房"]
    brand = Client().get("/api/v1/programmes/rose-reading").json()
    assert [each["number"] for each in brand["unions"]] == [union.number]
    gone = send(f"{made['id']}/things/removal", {"item": item["id"]}).json()
    assert gone["things"] == []
    [listed] = desk.get("/api/v1/desk/programme-pages").json()["items"]
    assert desk.get(f"/api/v1/desk/programme-pages/{made['id']}").json() == listed | {"things": []}
    send(f"{made['id']}/retirement")
    assert Client().get(there).status_code == 404
    assert Client().get("/api/v1/programmes/nonsense").status_code == 404


def test_services_and_places_are_known_by_their_own_rooms():
    """The registered sources answer without this room knowing theirs."""
    union = make_union()
    assert set(gathering.sources) >= {"service", "place"}
    for kind in ("service", "place"):
        source = gathering.sources[kind]
        assert source.found(union, {"nonsense"}) == []
        assert isinstance(source.listed(union), list)


def test_a_brand_shows_what_only_a_lower_union_has_as_that_one_has_it(client, monkeypatch):
    province, _city, county, _union = make_chain()
    pages = [make_programme_page(each) for each in (province, county)]

    def listed(union):
        names = {"all": "心理咨询", "own": "育儿沙龙"} if union == county else {"all": "心理热线"}
        return [Gathered(key, name, "", f"/x/{key}/", "heart") for key, name in names.items()]

    def found(union, keys):
        return [each for each in listed(union) if each.key in keys]

    monkeypatch.setitem(gathering.sources, "thing", Source("thing", "地方", listed, found))
    for page, key in ((pages[0], "all"), (pages[1], "all"), (pages[1], "own")):
        services.gather(by=None, page=page, kind="thing", key=key, words="")
    for page in pages:
        services.publish_programme_page(by=None, page=page, now=clock.now())
    shown = text(client.get(reverse("activities:programme", args=["rose-reading"])))
    assert ("心理热线" in shown, "育儿沙龙" in shown, "心理咨询" in shown) == (True, True, False)
