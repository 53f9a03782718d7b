"""The lean door when many come at once, and when something goes wrong meanwhile."""

import uuid

import psycopg
import pytest
from django.db import IntegrityError, OperationalError

from niangjia.allocation import services
from niangjia.allocation.doors import gathering
from niangjia.allocation.models import Claim, Stock
from niangjia.allocation.tests.factories import make_pool
from niangjia.api_root.tests.lean import Line, ask, bearer, scope_of
from niangjia.core.models import AuditEntry
from niangjia.core.tests.races import at_once
from niangjia.members.tests.factories.accounts import make_account

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def batches(monkeypatch):
    """How many claims each transaction was asked to write."""
    sizes, real = [], services.claim_all

    def counted(*, asks, now):
        sizes.append(len(asks))
        return real(asks=asks, now=now)

    monkeypatch.setattr(services, "claim_all", counted)
    return sizes


def burst(door, pool, accounts):
    """Everybody asks at the same time, in four threads; each one's answer."""
    told = {account.pk: bearer(account) for account in accounts}
    lines = {account.pk: Line() for account in accounts}

    def come(part):
        for pk in part:
            door(lines[pk], scope_of(pool, **told[pk]))

    everybody = list(lines)
    at_once(*(lambda part=everybody[n::4]: come(part) for n in range(4)))
    assert all(line.has_come.wait(60) for line in lines.values())
    return lines


def test_each_gets_an_answer_of_their_own_and_it_is_true(door, site, batches):
    pool, accounts = make_pool(supply=15), [make_account() for _turn in range(40)]
    lines = burst(door, pool, accounts)
    granted = {
        pk: uuid.UUID(line.said["claim_id"]) for pk, line in lines.items() if line.status == 201
    }
    assert {line.said["code"] for line in lines.values() if line.status != 201} == {"sold-out"}
    assert granted == dict(Claim.objects.values_list("account_id", "id"))
    assert len(granted) == Stock.objects.get().taken == 15
    assert AuditEntry.objects.filter(action="pool.claimed").count() == 15
    assert sum(batches) == 40
    assert len(batches) < 40
    assert not site.asked


def test_one_that_cannot_be_written_spoils_no_other(door, monkeypatch):
    pool, accounts = make_pool(supply=9), [make_account() for _turn in range(8)]
    odd, real = accounts[3].pk, services.claim_all

    def refuse(*, asks, now):
        if str(odd) in {each.account_id for each in asks}:
            raise IntegrityError("it does not fit")
        return real(asks=asks, now=now)

    monkeypatch.setattr(services, "claim_all", refuse)
    lines = burst(door, pool, accounts)
    assert {pk for pk, line in lines.items() if line.status == 201} == set(lines) - {odd}
    assert (lines[odd].status, lines[odd].said["code"]) == (503, "busy")
    assert int(lines[odd].headers["Retry-After"]) > 0


def test_while_the_database_is_away_everybody_is_told_so_and_nothing_is_tried_again(
    door, monkeypatch
):
    tries = []

    def away(*, asks, now):
        tries.append(len(asks))
        raise OperationalError("nobody answers") from psycopg.OperationalError()

    monkeypatch.setattr(services, "claim_all", away)
    line = ask(door, make_pool(), **bearer(make_account()))
    assert (line.status, line.said["code"], len(tries)) == (503, "away", 1)
    assert line.headers["Retry-After"]


def test_what_nobody_foresaw_is_answered_as_well_and_the_next_one_served(door, monkeypatch):
    pool, account = make_pool(), make_account()
    told = bearer(account)
    with monkeypatch.context() as broken:
        broken.setattr(services, "claim_all", lambda **_given: 1 / 0)
        line = ask(door, pool, **told)
    assert (line.status, line.said["code"]) == (503, "busy")
    assert ask(door, pool, **told).status == 201


def test_when_too_many_wait_the_next_is_asked_to_come_again(door, monkeypatch):
    monkeypatch.setattr(gathering, "WAITING_MOST", 0)
    line = ask(door, make_pool(), **bearer(make_account()))
    assert (line.status, line.said["code"]) == (503, "busy")
    assert line.headers["Retry-After"]
    assert not Claim.objects.exists()


def test_whoever_hung_up_holds_up_nobody(door):
    """Their claim is made; sent again under the same key it is told (promise 20)."""
    pool, account = make_pool(), make_account()
    told = bearer(account) | {"HTTP_IDEMPOTENCY_KEY": "key-12345678"}

    class Gone(Line):
        def response_bytes(self, status, headers, body):
            super().response_bytes(status, headers, body)
            if status == 201:
                raise ConnectionError("nobody is there")

    gone = Gone()
    door(gone, scope_of(pool, **told))
    assert gone.has_come.wait(60)
    again = ask(door, pool, **told)
    assert again.status == 201
    assert again.headers["Idempotent-Replayed"] == "true"
    assert Claim.objects.count() == 1
