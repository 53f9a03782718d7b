"""What browsers may keep: on a shared phone the back button must not show the one before."""

import pytest
from django.urls import reverse

from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["mine", "membership", "notices", "card", "account", "privacy"])
def test_no_personal_page_is_kept(name):
    answer = signed_in(make_account()).get(reverse(f"members:{name}"))
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert "HX-Request" in answer["Vary"]


def test_no_officers_page_is_kept():
    answer = officer_client(make_post()).get(reverse("members:desk"))
    assert answer["Cache-Control"] == "private, no-store"


def test_neither_are_the_librarys_pages_nor_the_apis_answers():
    browser = signed_in(make_account())
    for address in (reverse("mfa_index"), reverse("usersessions_list"), "/api/v1/me"):
        assert "no-store" in browser.get(address)["Cache-Control"], address


def test_a_visitors_page_may_be_kept_but_never_as_its_own_fragment(client):
    answer = client.get(reverse("organisations:find"))
    assert "Cache-Control" not in answer
    assert "HX-Request" in answer["Vary"]
