"""Kill -9 in the middle of a burst: nothing that was acknowledged is lost, and whoever asks again
has one claim (promises 19, 20, 23)."""

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from django.db import connection

from niangjia.allocation import services
from niangjia.allocation.models import Claim, Stock
from niangjia.allocation.tests import mortal_claimer
from niangjia.allocation.tests.factories import asks_of, make_pool
from niangjia.core import clock
from niangjia.core.models import AuditEntry, OutboxEvent
from niangjia.members.tests.factories.accounts import make_account

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_SECONDS = 60


def run(step, pool, accounts, *, keyed=True):
    """What the process acknowledged before it was killed."""
    parts = connection.get_connection_params()
    names = {"user", "password", "host", "port", "dbname"}
    conninfo = " ".join(f"{name}={parts[name]}" for name in names if parts.get(name))
    root = str(Path(__file__).parents[3])
    died = subprocess.run(  # noqa: S603
        [
            *(sys.executable, mortal_claimer.__file__, step, str(pool.pk)),
            "keyed" if keyed else "bare",
            *(str(account.pk) for account in accounts),
        ],
        env=os.environ | {"NIANGJIA_DATABASE_URL": conninfo, "PYTHONPATH": root},
        stdout=subprocess.PIPE,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert died.returncode == -9
    return [uuid.UUID(word) for word in died.stdout.decode().split()]


@pytest.mark.parametrize("step", ["written", "committed"])
def test_killed_and_asked_again(step):
    pool, accounts = make_pool(supply=12), [make_account() for _ in range(15)]
    acknowledged = run(step, pool, accounts)
    assert len(acknowledged) == mortal_claimer.BATCH
    answers = services.claim_all(asks=asks_of(pool.pk, [a.pk for a in accounts]), now=clock.now())
    granted = [answer for answer in answers if answer.verdict == "granted"]
    assert [answer.claim_id for answer in answers[:5]] == acknowledged
    assert sum(answer.is_again for answer in granted) == (5 if step == "written" else 10)
    assert len(granted) == Claim.objects.count() == Stock.objects.get().taken == 12
    assert sorted(answer.place for answer in granted) == list(range(1, 13))
    assert AuditEntry.objects.filter(action="pool.claimed").count() == 12
    events = OutboxEvent.objects.filter(type="allocation.PartsGranted")
    assert sorted(each for event in events for each in event.payload["claim_ids"]) == sorted(
        str(answer.claim_id) for answer in granted
    )


def test_control_without_keys_asking_again_doubles():
    pool, accounts = make_pool(supply=30, per_person=2), [make_account() for _ in range(10)]
    run("committed", pool, accounts, keyed=False)
    asks = asks_of(pool.pk, [account.pk for account in accounts], is_keyed=False)
    services.claim_all(asks=asks, now=clock.now())
    assert Claim.objects.count() == 20
