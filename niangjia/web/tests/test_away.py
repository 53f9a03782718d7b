"""While the database server is away, pages and operations say so at once."""

import copy

import pytest
from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper as Plain
from django.test import Client

from niangjia.core import transactions

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone(tmp_path):
    """In place of the database: a real pool to where no server listens."""
    kept = connections["default"]
    values = copy.deepcopy(kept.settings_dict)
    values["HOST"] = str(tmp_path)
    values["OPTIONS"]["pool"] |= {"timeout": 0.2, "min_size": 0}
    away = type(kept)(values, alias="away")
    connections["default"] = away
    yield away
    connections["default"] = kept
    away.close_pool()


@pytest.fixture
def browser():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("path", ["/", "/unions/?q=ywzgh", "/nation/", "/scores/1/", "/desk/"])
def test_a_page_says_that_we_will_be_back(gone, browser, path):
    browser.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    answer = browser.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "我们马上回来" in answer.text


def test_so_does_a_form(gone, browser):
    answer = browser.post("/account/login/", {"phone": "13900000000"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")


@pytest.mark.parametrize("path", ["/api/v1/unions", "/api/v1/me"])
def test_a_program_is_told_in_its_own_words(gone, browser, path):
    browser.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    answer = browser.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "away"


def test_nobody_waits_longer_than_three_seconds():
    assert settings.DATABASES["default"]["OPTIONS"]["pool"]["timeout"] <= 3


def test_a_server_that_hangs_up_in_the_middle_is_away_as_well():
    other = Plain({**copy.deepcopy(connections["default"].settings_dict)}, alias="other")
    other.settings_dict["OPTIONS"].pop("pool")
    with other.cursor() as cursor, pytest.raises(DatabaseError) as raised:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    other.close()
    assert transactions.is_away(raised.value)


def test_a_mistake_of_ours_is_not_taken_for_it():
    with (
        pytest.raises(DatabaseError) as raised,
        transaction.atomic(),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute("SELECT 1 / 0")
    assert not transactions.is_away(raised.value)
