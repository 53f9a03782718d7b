"""The web server with the lean door in it: a burst over real connections, and its sudden ends."""

import http.client
import json
import os
import signal
import threading
from contextlib import suppress

import psutil
import pytest

from niangjia.allocation.models import Claim
from niangjia.allocation.tests.factories import make_pool
from niangjia.core import clock
from niangjia.members import services
from niangjia.members.models import Scope
from niangjia.members.tests.factories.accounts import make_account
from niangjia.operations.tests.test_lost_answers import Site
from niangjia.operations.tests.test_run import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(transactional_db, tmp_path):
    server = Site(tmp_path / "web.log")
    wait_until(server.answers)
    yield server
    server.stop()


def token_of(account):
    return services.create_token(
        by=account,
        name="test",
        scopes=[Scope.WRITE],
        days=1,
        second_factor=False,
        now=clock.now(),
    )[0]


class Crowd:
    """Everybody claims until they are answered, each under a key of their own."""

    def __init__(self, server, pool, people):
        self.server, self.path = server, f"/api/v1/pools/{pool.pk}/claims"
        self.tokens = {account.pk: token_of(account) for account in people}
        self.granted, self.refused = {}, []
        self.enough = threading.Event()
        self.threads = [threading.Thread(target=self.claim, args=[pk]) for pk in self.tokens]

    def claim(self, pk):
        headers = {"Authorization": f"Bearer {self.tokens[pk]}", "Idempotency-Key": f"key-{pk}"}
        while not self.enough.wait(0.05):
            with suppress(OSError, http.client.HTTPException):
                answer = self.server.ask("POST", self.path, headers=headers)
                if answer.status == 201:
                    self.granted[pk] = json.loads(answer.body)["claim_id"]
                    return
                if answer.status != 503:
                    self.refused.append((answer.status, answer.body))
                    return

    def come(self):
        for thread in self.threads:
            thread.start()

    def go(self):
        """Wait until everybody was answered, or until it is enough."""
        for thread in self.threads:
            thread.join(90)


def workers(server):
    return psutil.Process(server.process.pid).children()


def written():
    return {pk: str(claim_id) for pk, claim_id in Claim.objects.values_list("account_id", "id")}


def test_a_burst_is_answered_truly_while_a_process_is_killed(server):
    """Promises 19, 20 and 23: nothing acknowledged is lost, nothing made twice."""
    pool = make_pool(supply=30)
    crowd = Crowd(server, pool, [make_account() for _turn in range(40)])
    crowd.come()
    wait_until(lambda: crowd.granted)
    os.kill(max(workers(server), key=lambda worker: worker.pid).pid, signal.SIGKILL)
    crowd.go()
    assert len(crowd.granted) == 30
    assert len(crowd.refused) == 10
    assert crowd.granted == written()


def test_stopping_in_the_middle_loses_nothing_that_was_acknowledged(server):
    crowd = Crowd(server, make_pool(supply=99), [make_account() for _turn in range(12)])
    crowd.come()
    wait_until(lambda: crowd.granted)
    server.process.terminate()
    server.process.wait(60)
    crowd.enough.set()
    crowd.go()
    assert crowd.granted.items() <= written().items()
