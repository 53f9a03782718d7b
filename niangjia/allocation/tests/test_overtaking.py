"""Between deciding about a batch of claims and writing it, a pool may become another: then it is
decided again. And where nobody is let in, nobody is waited for and nothing is written."""

import datetime as dt

import pytest
from django.db import connection, transaction

from niangjia.allocation import services
from niangjia.allocation.models import Claim, Pool, Stock
from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.selectors import batches
from niangjia.allocation.services import Ask, ShareDraft, writing
from niangjia.allocation.services.ledger import hold
from niangjia.allocation.tests.factories import claim, make_pool
from niangjia.core import clock
from niangjia.core.tests.races import at_once
from niangjia.members.tests.factories.accounts import make_account
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db(transaction=True)


def take_all(pool):
    asks = [Ask(pool.pk, make_account().pk) for _turn in range(3)]
    services.claim_all(asks=asks, now=clock.now())


def keep_all(pool):
    below = ShareDraft(make_union(), 3)
    services.split_pool(pool_id=pool.pk, shares=[below], by=None, now=clock.now())


#: What happens to a pool of three meanwhile, and what whoever asks for one is told.
MEANWHILE = {
    Verdict.CANCELLED: lambda pool: services.cancel_pool(pool_id=pool.pk, by=None, now=clock.now()),
    Verdict.CLOSED: lambda pool: services.close_pool(pool_id=pool.pk, by=None, now=clock.now()),
    Verdict.SOLD_OUT: take_all,
    Verdict.NOT_VERIFIED: lambda pool: Pool.objects.update(needs_real_name=True),
}


def claim_overtaken(monkeypatch, pool, meanwhile):
    """A claim; between reading and writing it, once, something happens elsewhere."""
    real, have_read = batches.read_together, []

    def overtaken(asked, **how):
        found = real(asked, **how)
        if not have_read:
            have_read.append(asked)
            at_once(lambda: meanwhile(pool))
        return found

    monkeypatch.setattr(batches, "read_together", overtaken)
    return claim(pool, make_account())


@pytest.mark.parametrize("verdict", MEANWHILE)
def test_what_was_decided_too_early_is_decided_again(monkeypatch, verdict):
    answered = claim_overtaken(monkeypatch, make_pool(supply=3), MEANWHILE[verdict])
    assert answered.verdict == verdict
    assert answered.claim_id is None


def test_control_without_looking_again_a_cancelled_pool_is_claimed(monkeypatch):
    blind = writing.INSERT.replace(writing.AS_DECIDED, "true")
    monkeypatch.setattr(writing, "INSERT", blind)
    pool = make_pool()
    assert claim_overtaken(monkeypatch, pool, MEANWHILE[Verdict.CANCELLED]).verdict == "granted"


def test_others_who_take_less_than_there_is_change_nothing_but_the_place(monkeypatch):
    def one(pool):
        claim(pool, make_account())

    pool = make_pool(supply=3)
    answered = claim_overtaken(monkeypatch, pool, one)
    assert (answered.verdict, answered.place) == (Verdict.GRANTED, 2)
    assert Claim.objects.get(pk=answered.claim_id).place == 2
    assert Stock.objects.get().taken == 2


def test_what_is_kept_for_a_union_meanwhile_is_not_given_to_others(monkeypatch):
    answered = claim_overtaken(monkeypatch, make_pool(supply=3), keep_all)
    assert answered.verdict == Verdict.SOLD_OUT
    assert Stock.objects.get().reserved == 3


def has_one(pool):
    account = make_account()
    claim(pool, account)
    return account


def empty(pool):
    take_all(pool)
    return make_account()


def early(pool):
    Pool.objects.update(opens_at=clock.now() + dt.timedelta(minutes=1))
    return make_account()


@pytest.mark.parametrize("made", [has_one, empty, early])
def test_where_nobody_is_let_in_nobody_waits_and_nothing_is_written(made):
    pool = make_pool(supply=3)
    account = made(pool)
    with transaction.atomic():
        hold(pool.pk)  # as whoever writes at this moment does
        (answered,) = at_once(lambda: refused_without_writing(pool, account))
    assert isinstance(answered, Verdict)
    assert not answered.is_in


def refused_without_writing(pool, account):
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '10s'")
        answered = claim(pool, account)
        assert not has_written()
    return answered.verdict


def has_written():
    """Whether this transaction has anything that its end would have to wait for the disk for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
        return cursor.fetchone()[0]


def test_control_whoever_is_let_in_has_written():
    pool, account = make_pool(), make_account()
    with transaction.atomic():
        assert claim(pool, account).verdict == Verdict.GRANTED
        assert has_written()
