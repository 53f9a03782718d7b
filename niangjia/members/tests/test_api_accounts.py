"""/me over the API: the same services, the same refusals."""

import json

import pytest
from django.test import Client

from niangjia.core import clock
from niangjia.members import selectors
from niangjia.members.api import accounts as api
from niangjia.members.models import Account, Purpose
from niangjia.members.tests.factories.accounts import (
    make_account,
    make_identity_number,
    make_person,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.DEMO = True


@pytest.fixture
def browser():
    browser = Client()
    browser.account = make_person().account
    browser.force_login(browser.account)
    return browser


def post(browser, path, content=None):
    return browser.post(
        f"/api/v1/me{path}", json.dumps(content or {}), content_type="application/json"
    )


def test_me(browser):
    answer = browser.get("/api/v1/me").json()
    assert answer["phone"] == browser.account.phone
    assert answer["name"] == browser.account.person.name
    assert answer["verified_at"]
    assert clock.now()


@pytest.mark.parametrize("path", ["", "/overview", "/consents", "/views"])
def test_nobody_is_nobody(path):
    assert Client().get(f"/api/v1/me{path}").status_code == 401


@pytest.mark.parametrize("path", ["/export", "/consents/notices", "/consents/notices/withdrawal"])
def test_nobody_changes_nothing(path):
    assert post(Client(), path).status_code == 401


def test_the_identity_is_checked_with_consent():
    browser = Client()
    account = make_account()
    browser.force_login(account)
    content = {
        "name": "王小明",
        "identity_number": make_identity_number(sequence=3),
        "consent": True,
    }
    assert post(browser, "/identity", content).json()["verified_at"]
    assert selectors.has_consented(account, Purpose.IDENTITY_CHECK)


def test_consents_are_given_and_withdrawn(browser):
    def agreed(answer):
        return {row["purpose"] for row in answer.json()["items"] if row["given_at"]}

    assert agreed(post(browser, "/consents/notices")) == {"notices"}
    assert agreed(post(browser, "/consents/statistics")) == {"notices", "statistics"}
    assert agreed(post(browser, "/consents/notices/withdrawal")) == {"statistics"}
    assert agreed(browser.get("/api/v1/me/consents")) == {"statistics"}


def test_everything_held(browser):
    tables = {table["table"]: table for table in post(browser, "/export").json()["tables"]}
    assert tables["members.Person"]["rows"][0]["name"] == browser.account.person.name
    assert tables["members.Account"]["withheld"]["password"]


def test_leaving(browser):
    content = {"confirmation": browser.account.phone[-4:]}
    assert post(browser, "/deletion", content).status_code == 204
    assert Account.objects.get(id=browser.account.id).closed_at
    assert browser.get("/api/v1/me").status_code == 401


def test_every_operation_asks_who_it_is(rf):
    request = rf.get("/")
    request.user = None
    with pytest.raises(api.HttpError):
        api.account_of(request)
