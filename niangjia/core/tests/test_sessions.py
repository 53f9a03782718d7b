"""Sessions end when they end, however they are asked for."""

import datetime as dt

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from niangjia.core.edge.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def key():
    session = SessionStore()
    session["word"] = "值"
    session.save()
    return session.session_key


def test_what_was_put_in_comes_out_in_one_query(key, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert SessionStore(key)["word"] == "值"


def test_it_is_djangos_own_table_and_format(key):
    assert db.SessionStore(key)["word"] == "值"


@pytest.mark.parametrize("other", ["x" * 32, "", None])
def test_an_unknown_key_opens_nothing_and_is_not_kept(key, other):
    session = SessionStore(other)
    assert dict(session.items()) == {}
    assert session.session_key is None


def test_an_ended_session_opens_nothing(key):
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(seconds=1))
    session = SessionStore(key)
    assert dict(session.items()) == {}
    assert session.session_key is None


def test_a_forged_content_opens_nothing(key):
    Session.objects.update(session_data="forged:data:here")
    assert dict(SessionStore(key).items()) == {}


@pytest.mark.parametrize("held", [{}, {"word": "值"}, {"words": ["很长" * 40] * 9, "number": 7}])
def test_what_django_sealed_is_read_like_django_reads_it(held):
    sealed = SessionStore().encode(held)
    assert SessionStore().decode(sealed) == db.SessionStore().decode(sealed) == held


def test_a_seal_under_a_secret_of_before_holds_and_any_other_does_not(settings):
    sealed = SessionStore().encode({"word": "值"})
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]
    assert SessionStore().decode(sealed) == {"word": "值"}
    settings.SECRET_KEY_FALLBACKS = []
    assert SessionStore().decode(sealed) == {}
    resealed = SessionStore().encode({"word": "值"})
    assert SessionStore().decode(resealed[:-1] + ("a" if resealed[-1] != "a" else "b")) == {}
    assert SessionStore().decode("x" + resealed) == {}
