"""Promise 20: the server is killed between commit and reply, and nothing happens twice.

An officer enters an employer that has no code yet; each entry is a record, so a double shows.
"""

import http.client
import json
import os
import subprocess
import time
from contextlib import closing

import pytest
from django.db import connection

from niangjia.core import clock
from niangjia.core.models import AnsweredRequest
from niangjia.members import services
from niangjia.members.tests.factories.desk import make_post
from niangjia.operations.node import children, supervisor
from niangjia.operations.node.home import CHECKOUT
from niangjia.operations.tests.test_run import free_port, wait_until
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_union

MORTAL = "niangjia.operations.tests.mortal_site:application"
KEY = {"Idempotency-Key": "employer-0001"}


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
    """Enter an employer, by a program of an officer's."""
    union = make_union()
    text, _token = services.create_token(
        by=make_post(union=union).account,
        name="desk",
        scopes=["read", "write", "desk"],
        days=1,
        second_factor=True,
        now=clock.now(),
    )
    wait_until(site.answers, site.log.read_text)

    def send(name="义乌某某玩具厂", **headers):
        body = {"name": name}
        common = {"Authorization": f"Bearer {text}", "Content-Type": "application/json"}
        return site.ask(
            "POST",
            f"/api/v1/desk/unions/{union.number}/employers",
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


def entered():
    return Employer.objects.count()


def test_the_answer_that_was_lost_is_given_again_with_one_effect(enter):
    enter.die(**KEY)
    assert entered() == 1
    lost = json.loads(AnsweredRequest.objects.get().answer)
    again = enter.again(**KEY)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (again.status, again.body) == (lost["status"], lost["body"])
    assert json.loads(again.body)["id"] == str(Employer.objects.get().pk)
    assert entered() == 1
    changed = enter("义乌某某服饰厂", **KEY)
    assert (changed.status, json.loads(changed.body)["code"]) == (422, "idempotency-key-reused")
    assert entered() == 1


def test_control_without_a_key_there_are_two(enter):
    enter.die()
    assert entered() == 1
    again = enter.again()
    assert again.status == 200
    assert "Idempotent-Replayed" not in again.headers
    assert entered() == 2
