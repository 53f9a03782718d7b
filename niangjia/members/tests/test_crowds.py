"""Many askers at once are who each of them is alone."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session

from niangjia.core import clock
from niangjia.members import services
from niangjia.members.doors import crowds
from niangjia.members.models import Account, ApiToken, Scope
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import signed_in

pytestmark = pytest.mark.django_db


def session_of(account):
    return signed_in(account).cookies["session"].value


def token_of(account, scope=Scope.WRITE):
    given = {"scopes": [scope], "days": 1, "second_factor": False, "now": clock.now()}
    return services.create_token(by=account, name="test", **given)[0]


def test_sessions_in_two_questions_however_many(django_assert_num_queries):
    accounts = [make_account() for _turn in range(5)]
    keys = {session_of(account): str(account.pk) for account in accounts}
    with django_assert_num_queries(2):
        found = crowds.accounts_of_sessions([*keys, "unknown"], now=clock.now())
    assert found == keys


def test_what_a_session_says_of_the_password_is_what_the_account_says():
    account = make_account(password="mi-ma-2026-hen-chang")
    assert crowds.auth_hash(account.password) == account.get_session_auth_hash()


def test_nobody_is_behind_what_has_ended():
    """Promise 34."""
    ended, inactive, changed, foreign = [make_account() for _turn in range(4)]
    keys = [session_of(account) for account in (ended, inactive, changed, foreign)]
    Session.objects.filter(pk=keys[0]).update(expire_date=clock.now())
    Account.objects.filter(pk=inactive.pk).update(is_active=False)
    Account.objects.filter(pk=changed.pk).update(password="!another")
    Session.objects.filter(pk=keys[3]).update(session_data="forged:data:here")
    assert crowds.accounts_of_sessions(keys, now=clock.now()) == {}
    assert crowds.accounts_of_sessions([], now=clock.now()) == {}


def test_tokens_that_may_write_and_their_last_use(django_assert_num_queries):
    account, closed = make_account(), make_account()
    text, reading, lost = token_of(account), token_of(account, Scope.READ), token_of(closed)
    Account.objects.filter(pk=closed.pk).update(closed_at=clock.now())
    asked, now = [text, reading, lost, "nj_unknown", "odd"], clock.now()
    with django_assert_num_queries(2):
        assert crowds.accounts_of_tokens(asked, now=now) == {text: str(account.pk)}
    with django_assert_num_queries(1):
        crowds.accounts_of_tokens(asked, now=now)
    assert ApiToken.objects.filter(last_used_at=now).count() == 1
    later = now + dt.timedelta(days=2)
    assert crowds.accounts_of_tokens(asked, now=later) == {}
