"""Whoever sends a form too late loses the moment, not their words."""

import pytest
from django.test import Client
from django.urls import reverse

from niangjia.cases.models import CaseEntry
from niangjia.cases.tests.factories import AID, make_case, publish
from niangjia.core import clock, protection
from niangjia.members.models import Role
from niangjia.members.services.posts import end_post
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
WORDS = "已与申请人通话，家中三口，孩子在读高中。\n下周二入户。"


@pytest.fixture
def case():
    _province, _city, _county, union = make_chain()
    publish(AID)
    return make_case(union=union)


@pytest.fixture
def officer(case):
    return make_post(union=case.handler, role=Role.CASE_OFFICER)


def send(browser, case, **typed):
    return browser.post(reverse("cases:note", args=[case.number]), {"words": WORDS, **typed})


def entries():
    with protection.working("test"):
        return CaseEntry.objects.count()


def test_a_post_that_ends_while_its_holder_writes_costs_them_no_word(case, officer):
    browser, before = officer_client(officer), entries()
    chair = make_post(union=case.handler.parent, role=Role.CHAIR)
    end_post(by=chair.account, post_id=officer.pk, now=clock.now())
    answer = send(browser, case, password="一句很长 的密码", idempotency_key="k" * 20)
    assert (answer.status_code, entries()) == (404, before)
    assert f"你在{case.handler.name}的职务已经结束" in answer.text
    assert WORDS in answer.text
    assert "密码" not in answer.text.split("你刚才填写的内容")[1]
    assert "k" * 20 not in answer.text
    # Missing and forbidden go on answering alike, to them as well.
    there, nowhere = (
        browser.post(f"/desk/cases/{number}/notes/", {"words": WORDS}).status_code
        for number in (case.number, "0000000000")
    )
    assert there == nowhere == 404


def test_nobody_else_is_told_of_a_post_that_ended(case, officer):
    """The control: the post in force, the words are taken; another's case, and no post of theirs
    has ended."""
    assert send(officer_client(officer), case).status_code == 302
    elsewhere = make_post(union=make_union(parent=case.handler.parent), role=Role.CASE_OFFICER)
    answer = send(officer_client(elsewhere), case)
    assert answer.status_code == 404
    assert WORDS in answer.text
    assert "职务已经结束" not in answer.text


def test_whoever_is_no_longer_signed_in_is_asked_to_and_keeps_the_words(case, officer):
    for browser, door in (
        (Client(), "/account/login/"),
        (officer_client(officer, two_factors=False), "/2fa/"),
    ):
        answer = send(browser, case)
        assert (answer.status_code, WORDS in answer.text, door in answer.text) == (401, True, True)
        bare = browser.post(reverse("cases:note", args=[case.number]))
        assert (bare.status_code, door in bare["Location"]) == (302, True)


def test_what_reached_no_view_is_not_shown_as_if_its_reader_had_typed_it():
    """Another site can send somebody's browser here with any words."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_account())
    for address in ("/nowhere/", reverse("cases:note", args=["1"])):
        assert WORDS not in browser.post(address, {"words": WORDS}).text
