"""A claim and another operation under one key, at the same moment: one of them has an effect."""

import pytest
from django.db import transaction

from niangjia.allocation.models import Claim
from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.tests.factories import claim, make_pool
from niangjia.core import clock, errors, idempotency
from niangjia.core.idempotency import Answer
from niangjia.core.models import OutboxEvent
from niangjia.core.tests.races import at_once
from niangjia.members.tests.factories.accounts import make_account

KEY = "key-12345678"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def short_wait(monkeypatch):
    monkeypatch.setattr(idempotency, "WAIT_SECONDS", 1)


@pytest.fixture
def pool():
    return make_pool(supply=99)


def operate(account, key=KEY):
    def run():
        OutboxEvent.objects.create(type="effect", payload={}, at=clock.now())
        return Answer(201)

    return idempotency.once(account_id=account.pk, key=key, content=b"one", run=run)


def effects():
    return OutboxEvent.objects.filter(type="effect").count(), Claim.objects.count()


def test_who_claims_while_the_operation_is_at_work_is_told_and_nobody_waits(pool):
    account = make_account()
    with transaction.atomic():
        operate(account)
        [answer, other] = at_once(
            lambda: claim(pool, account, KEY), lambda: claim(pool, make_account(), KEY)
        )
    assert (answer.verdict, other.verdict) == (Verdict.KEY_IN_USE, Verdict.GRANTED)
    assert claim(pool, account, KEY).verdict == Verdict.KEY_USED
    assert effects() == (1, 1)


def test_the_operation_waits_for_the_claim_and_then_has_no_effect(pool):
    account = make_account()
    with transaction.atomic():
        claim(pool, account, KEY)
        [refusal] = at_once(lambda: operate(account))
    assert isinstance(refusal, errors.Conflict)
    assert refusal.code == "in-progress"
    with pytest.raises(errors.Invalid) as refusal:
        operate(account)
    assert refusal.value.code == "idempotency-key-reused"
    assert effects() == (0, 1)


def test_both_at_the_same_instant(pool):
    accounts = [make_account() for _turn in range(5)]
    at_once(
        *(lambda who=who: claim(pool, who, KEY) for who in accounts),
        *(lambda who=who: operate(who) for who in accounts),
    )
    assert sum(effects()) == 5


def test_control_without_the_lock_both_have_an_effect(pool, monkeypatch):
    another = "hashtextextended({account}::text || {key} || gen_random_uuid()::text, 0)"
    monkeypatch.setattr(idempotency, "LOCK", another)
    account = make_account()
    with transaction.atomic():
        claim(pool, account, KEY)
        at_once(lambda: operate(account))
    assert effects() == (1, 1)
