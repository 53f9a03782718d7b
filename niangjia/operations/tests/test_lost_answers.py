"""Promise 20: the server is killed between commit and reply, and nothing happens twice.

An officer sends a message to whoever comes to an activity; each is told on its own, so a double
shows.
"""

import http.client
import json
import os
import subprocess
import time
from contextlib import closing

import pytest
from django.db import connection

from niangjia.activities.models import Telling
from niangjia.activities.tests.factories import make_activity, make_organiser, run_of
from niangjia.core import clock
from niangjia.core.models import AnsweredRequest
from niangjia.members import services
from niangjia.operations.node import children, supervisor
from niangjia.operations.node.home import CHECKOUT
from niangjia.operations.tests.test_run import free_port, wait_until

MORTAL = "niangjia.operations.tests.mortal_site:application"
KEY = {"Idempotency-Key": "message-0001"}


class Site:
    """The node's own web server over the test's database, with a door that can kill it."""

    def __init__(self, log):
        self.port, self.log = free_port(), log
        command = supervisor.web_command("127.0.0.1", self.port)
        assert command.count("niangjia.wsgi:application") == 1
        parts = connection.get_connection_params()
        names = ("user", "password", "host", "port", "dbname")
        database = " ".join(f"{name}={parts[name]}" for name in names if parts.get(name))
        self.process = subprocess.Popen(
            [MORTAL if part == "niangjia.wsgi:application" else part for part in command],
            cwd=CHECKOUT,
            env=os.environ | {"NIANGJIA_DATABASE_URL": database},
            stdout=log.open("wb"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def answers(self):
        try:
            return self.ask("GET", "/api/v1/openapi.json").status == 200
        except ConnectionError:
            return False

    def ask(self, method, path, body=None, headers=None):
        """One request, sent once; `ConnectionError` when no answer comes back."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            line.request(method, path, body, headers or {})
            answer = line.getresponse()
            answer.body = answer.read().decode()
            return answer

    def stop(self):
        self.process.kill()
        children.kill_group(self.process.pid)
        self.process.wait()


@pytest.fixture
def site(transactional_db, tmp_path):
    site = Site(tmp_path / "web.log")
    yield site
    site.stop()


@pytest.fixture
def enter(site):
    """Send a message, by a program of an officer's."""
    activity = make_activity()
    run = run_of(activity)
    text, _token = services.create_token(
        by=make_organiser(activity.union).account,
        name="desk",
        scopes=["read", "write", "desk"],
        days=1,
        second_factor=True,
        now=clock.now(),
    )
    wait_until(site.answers, site.log.read_text)

    def send(words="请带雨具。", **headers):
        body = {"words": words}
        common = {"Authorization": f"Bearer {text}", "Content-Type": "application/json"}
        return site.ask(
            "POST",
            f"/api/v1/desk/activity-runs/{run.pk}/messages",
            json.dumps(body),
            common | headers,
        )

    def die(**headers):
        with pytest.raises(ConnectionError):
            send(**headers, **{"X-Die-Before-The-Reply": "yes"})

    def again(**headers):
        """As a program does that lost the line: try until somebody answers."""
        began, answers = time.monotonic(), []

        def answered():
            try:
                answers.append(send(**headers))
            except ConnectionError:
                return False
            return True

        wait_until(answered, site.log.read_text)
        print(f"answered {time.monotonic() - began:.1f} s after the kill")
        return answers[0]

    send.die, send.again = die, again
    return send


def told():
    return Telling.objects.count()


def test_the_answer_that_was_lost_is_given_again_with_one_effect(enter):
    enter.die(**KEY)
    assert told() == 1
    lost = json.loads(AnsweredRequest.objects.get().answer)
    again = enter.again(**KEY)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (again.status, again.body) == (lost["status"], lost["body"])
    assert told() == 1
    changed = enter("改到室内。", **KEY)
    assert (changed.status, json.loads(changed.body)["code"]) == (422, "idempotency-key-reused")
    assert told() == 1


def test_control_without_a_key_there_are_two(enter):
    enter.die()
    assert told() == 1
    again = enter.again()
    assert again.status == 202
    assert "Idempotent-Replayed" not in again.headers
    assert told() == 2
