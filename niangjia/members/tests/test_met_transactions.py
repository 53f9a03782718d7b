"""Promise 27 at the doors: whoever meets another transaction is tried again, and nothing doubles.

The other transaction is a real one on a connection of its own, which stands in the way on purpose.
"""

import os
import subprocess
import sys
import threading
import time

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.urls import reverse

from niangjia.core import clock, errors, transactions
from niangjia.core.models import AnsweredRequest, OutboxEvent
from niangjia.members import services
from niangjia.members.models import Application, Notice
from niangjia.members.services.applications import withdrawal
from niangjia.members.tests.factories.desk import signed_in
from niangjia.members.tests.factories.joining import make_application
from tests.database import own_name, owners_connection

pytestmark = pytest.mark.django_db(transaction=True)

LOCK_APPLICATION = "SELECT 1 FROM members_application FOR UPDATE"
LOCK_ACCOUNT = "SELECT 1 FROM members_account WHERE id = %s FOR UPDATE"
PATIENCE_SECONDS = 30


def conninfo():
    """How somebody else reaches the test's database."""
    parts = connection.get_connection_params()
    names = ("user", "password", "host", "port", "dbname")
    return {name: parts[name] for name in names if parts.get(name)}


@pytest.fixture
def application():
    return make_application()


@pytest.fixture
def other():
    """Somebody else's transaction. It never notices a deadlock, so the service is who must."""
    with owners_connection(own_name()) as theirs:
        theirs.execute("SET deadlock_timeout = '10min'")
        theirs.autocommit = False
        yield theirs


@pytest.fixture
def impatient():
    """Whoever connects from now on waits briefly, as web processes do. The test's database, and
    with it the setting, is gone after the test."""
    with owners_connection("postgres") as owner:
        owner.execute(f"ALTER DATABASE {own_name()} SET lock_timeout = '300ms'")
    connection.close()
    connection.close_pool()


def withdraw(application):
    return services.withdraw_application(
        account=application.account, application=application, now=clock.now()
    )


def assert_withdrawn_once(application):
    application.refresh_from_db()
    assert application.status == "withdrawn"
    assert Notice.objects.filter(kind="application.withdrawn").count() == 1
    assert OutboxEvent.objects.filter(type="members.ApplicationWithdrawn").count() == 1


def assert_untouched(application):
    application.refresh_from_db()
    assert application.status == "submitted"
    assert not OutboxEvent.objects.filter(type="members.ApplicationWithdrawn").exists()


def someone_waits():
    with psycopg.connect(**conninfo(), autocommit=True) as watching:
        return watching.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
            "AND datname = current_database()"
        ).fetchone()[0]


def close_the_circle(other):
    """Once the service waits for `other`, make `other` wait for the service: a deadlock."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not someone_waits():
        assert time.monotonic() < end, "the service never waited"
        time.sleep(0.02)
    other.execute(LOCK_APPLICATION)
    other.commit()


def deadlocked(other, application, run):
    """Run the service while `other` holds the account and then wants the application."""
    other.execute(LOCK_ACCOUNT, [application.account_id])
    thread = threading.Thread(target=close_the_circle, args=[other])
    thread.start()
    try:
        return run()
    finally:
        thread.join(PATIENCE_SECONDS)


def test_a_deadlock_ends_with_both_done(other, application):
    deadlocked(other, application, lambda: withdraw(application))
    assert_withdrawn_once(application)


def test_control_without_the_guard_the_deadlock_is_an_error(other, application):
    bare = withdrawal.withdraw_application.__wrapped__
    with pytest.raises(OperationalError) as met:
        deadlocked(
            other,
            application,
            lambda: bare(account=application.account, application=application, now=clock.now()),
        )
    assert met.value.__cause__.sqlstate == "40P01"
    assert_untouched(application)


def released_after(other, seconds):
    timer = threading.Timer(seconds, other.rollback)
    timer.start()
    return timer


def test_a_lock_held_past_the_time_out_is_waited_for_again(other, application, impatient):
    other.execute(LOCK_APPLICATION)
    released_after(other, 0.7)
    withdraw(application)
    assert_withdrawn_once(application)


def test_a_lock_that_is_never_given_back_is_a_refusal_in_bounded_time(
    other, application, impatient
):
    other.execute(LOCK_APPLICATION)
    began = time.monotonic()
    with pytest.raises(errors.Conflict) as refusal:
        withdraw(application)
    assert refusal.value.code == "busy"
    assert time.monotonic() - began < PATIENCE_SECONDS
    other.rollback()
    assert_untouched(application)


def send(application, key, *, to):
    client = signed_in(application.account)
    client.raise_request_exception = False
    if to == "api":
        headers = {"Idempotency-Key": key} if key else {}
        return client.post(f"/api/v1/applications/{application.number}/withdrawal", headers=headers)
    fields = {"idempotency_key": key} if key else {}
    return client.post(reverse("members:withdrawal", args=[application.number]), fields)


@pytest.mark.parametrize("to", ["api", "page"])
@pytest.mark.parametrize("key", ["", "key-of-mine-1"])
class TestAtTheDoor:
    def test_a_lock_that_comes_free_is_no_error(self, other, application, impatient, to, key):
        other.execute(LOCK_APPLICATION)
        released_after(other, 0.7)
        assert send(application, key, to=to).status_code < 400
        assert_withdrawn_once(application)
        assert send(application, key, to=to).status_code < 400
        assert_withdrawn_once(application)

    def test_a_lock_that_does_not_is_told_kindly(self, other, application, impatient, to, key):
        other.execute(LOCK_APPLICATION)
        # A page without a key leads back to the application, with the same words.
        kindly = 302 if (to, key) == ("page", "") else 409
        assert send(application, key, to=to).status_code == kindly
        other.rollback()
        assert_untouched(application)
        assert not AnsweredRequest.objects.exists()


def test_control_the_key_s_transaction_is_what_is_tried_again(
    other, application, impatient, monkeypatch
):
    monkeypatch.setattr(transactions, "TRIES", 1)
    other.execute(LOCK_APPLICATION)
    assert send(application, "key-of-mine-1", to="api").status_code == 409
    other.rollback()


def test_inside_another_service_s_transaction_nothing_is_tried_alone(other, application, impatient):
    other.execute(LOCK_APPLICATION)
    with pytest.raises(OperationalError), transaction.atomic():
        withdraw(application)
    assert Application.objects.filter(status="withdrawn").count() == 0


def test_web_processes_wait_two_seconds_and_jobs_as_long_as_it_takes():
    show = "from django.db import connection as c; k = c.cursor(); k.execute('SHOW lock_timeout'); "
    parts = " ".join(f"{name}={value}" for name, value in conninfo().items())
    environment = {k: v for k, v in os.environ.items() if k != "NIANGJIA_LOCK_TIMEOUT"}
    answers = [
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", f"{start}; {show} print(k.fetchone()[0])"],
            env={**environment, "NIANGJIA_DATABASE_URL": parts},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for start in ("import niangjia.wsgi", "import django; django.setup()")
    ]
    assert answers == ["2s", "0"]
