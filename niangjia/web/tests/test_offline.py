"""What a device may keep: headers, scope, and that nothing of a person's is on the list."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from niangjia.core import clock
from niangjia.members.models import Notice
from niangjia.members.tests.factories.joining import make_membership
from niangjia.web import offline

pytestmark = pytest.mark.django_db
WORKER = "/service-worker.js"


@pytest.fixture(autouse=True)
def _fresh():
    offline.page.cache_clear()
    offline.script.cache_clear()
    yield
    offline.page.cache_clear()
    offline.script.cache_clear()


@pytest.fixture
def member(client):
    """Somebody whose every page says who they are, in elder mode, with a place of their own."""
    membership = make_membership()
    account = membership.person.account
    Notice.objects.create(account=account, kind="application.admitted", created_at=clock.now())
    client.force_login(account)
    client.cookies["display"] = "dark.elder"
    client.cookies["place"] = "330782"
    return membership


def shell(script):
    """The list that the server puts before the worker's text."""
    return json.loads(re.match(r"const SHELL = (.*);\n", script)[1])


def directives(answer):
    rules = answer["Content-Security-Policy"].split(";")
    return {rule.split()[0]: rule.split()[1:] for rule in rules if rule.split()}


def test_the_worker_is_a_script_at_the_root_and_asked_for_anew(client):
    answer = client.get(WORKER)

    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer


def test_the_policy_allows_worker_and_manifest_from_here_only(client):
    allowed = directives(client.get("/"))

    assert allowed["manifest-src"] == ["'self'"]
    assert "'self'" in allowed["worker-src"]
    assert not [s for s in allowed["worker-src"] if s not in {"'self'", "blob:"}]
    assert "'unsafe-inline'" not in allowed["script-src"]


def test_every_file_on_the_list_exists_and_no_other_address_is_on_it(client):
    kept = shell(client.get(WORKER).text)

    assert kept["offline"] == reverse("web:offline")
    assert len(kept["assets"]) > 10
    for asset in kept["assets"]:
        assert asset.startswith("/static/")
        assert finders.find(asset.removeprefix("/static/")), asset


def test_neither_worker_nor_offline_page_knows_who_asks(client, member):
    signed_in = [client.get(path).content for path in (WORKER, "/offline/")]
    client.logout()
    client.cookies.clear()

    assert [client.get(path).content for path in (WORKER, "/offline/")] == signed_in
    assert member.person.name not in signed_in[1].decode()


def test_they_ask_the_database_nothing(client, member, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(WORKER)
        client.get("/offline/")


def test_the_offline_page_speaks_both_languages_and_leads_on(client):
    page = client.get("/offline/", headers={"accept-language": "en"}).text

    assert "现在没有网络" in page
    assert '<section lang="en"' in page
    assert page.count('href=""') == 2, "trying again means asking for the page one wanted"
    assert 'href="tel:12351"' in page


def test_what_the_offline_page_loads_is_on_the_list(client):
    needed = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/offline/").text))

    assert needed
    assert needed <= set(shell(client.get(WORKER).text)["assets"])


def test_a_changed_file_makes_a_new_version(client, monkeypatch, tmp_path):
    before = shell(client.get(WORKER).text)["version"]
    offline.script.cache_clear()
    assert shell(client.get(WORKER).text)["version"] == before

    changed = tmp_path / "changed.js"
    changed.write_text("// other")
    monkeypatch.setattr(offline.finders, "find", lambda _name: str(changed))
    offline.script.cache_clear()
    assert shell(client.get(WORKER).text)["version"] != before


@pytest.mark.parametrize("path", [WORKER, "/offline/", "/manifest.webmanifest"])
def test_they_are_read_only(client, path):
    assert client.post(path).status_code == 405


def test_the_manifest_lets_a_phone_install_it(client):
    manifest = client.get("/manifest.webmanifest").json()

    assert manifest["name"] == "娘家"
    assert manifest["id"] == manifest["start_url"] == manifest["scope"] == "/"
    assert manifest["display"] == "standalone"
    assert {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    english = client.get("/manifest.webmanifest", headers={"accept-language": "en"}).json()
    assert english["name"] == "Niangjia"
    for shortcut in manifest["shortcuts"]:
        assert client.get(shortcut["url"]).status_code in {200, 302}


@pytest.mark.parametrize(
    ("display", "colours"),
    [("light", ["#f5f2ec"]), ("dark", ["#161412"]), ("auto", ["#161412", "#f5f2ec"])],
)
def test_a_phones_bar_has_the_ground_of_the_page(client, display, colours):
    client.cookies["display"] = display

    assert re.findall(r'name="theme-color" content="(#\w+)"', client.get("/").text) == colours


@pytest.mark.parametrize("path", ["/", "/unions/", "/nowhere/"])
def test_the_portal_has_its_word_about_the_network_ready(client, path):
    assert client.get(path).text.count("data-connection") == 1
