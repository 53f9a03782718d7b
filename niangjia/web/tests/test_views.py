import pytest
from django.urls import reverse


def test_the_page_says_its_language(client, db):
    client.post(reverse("web:language"), {"language": "en", "next": "/"})

    assert '<html lang="en"' in client.get("/").text


def test_elder_mode_is_kept_in_a_cookie_and_applied_by_the_server(client, db):
    answer = client.post(
        reverse("web:display"),
        {"elder": "on"},
        headers={"referer": "http://testserver/styleguide/"},
    )

    assert answer.headers["Location"].endswith("/styleguide/")
    assert 'class="portal-page elder"' in client.get("/").text

    client.post(reverse("web:display"), {"elder": "off"})
    assert 'class="portal-page"' in client.get("/").text


@pytest.mark.parametrize("colour", ["light", "dark", "auto"])
def test_a_change_of_colours_leaves_elder_mode_alone(client, db, colour):
    client.post(reverse("web:display"), {"elder": "on"})
    client.post(reverse("web:display"), {"colour": colour})

    page = client.get("/").text
    assert 'class="portal-page elder"' in page
    assert ("css/dark.css" in page) == (colour != "light")
    assert ('media="screen and (prefers-color-scheme: dark)"' in page) == (colour == "auto")


@pytest.mark.parametrize(
    "there", ["https://elsewhere.example/", "//elsewhere.example", "", "\\\\x"]
)
def test_a_switch_never_leads_to_another_site(client, db, there):
    answer = client.post(reverse("web:display"), {"elder": "on"}, headers={"referer": there})

    assert answer.headers["Location"] == "/"


def test_nonsense_changes_nothing(client, db):
    client.cookies["display"] = "<script>.elder.purple"
    answer = client.post(reverse("web:display"), {"elder": "perhaps", "colour": "purple"})

    assert answer.cookies["display"].value == "auto.elder"


def test_the_manifest_names_icons_that_exist(client, db):
    manifest = client.get(reverse("web:manifest")).json()

    assert manifest["name"] == "娘家"
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).headers["Content-Type"] == "image/png"
