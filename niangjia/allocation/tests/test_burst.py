"""Many at the same moment: never oversold, nobody twice, each key once (promises 19 and 20).

Each guard has its control: with the look under the lock, the constraint of the stock, that of one's
share or that of the key taken out, the same burst breaks what the guard keeps.
"""

import itertools
import threading

import pytest

from niangjia.allocation import services
from niangjia.allocation.models import Claim, Stock
from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.selectors import batches
from niangjia.allocation.services import Ask, writing
from niangjia.allocation.tests.factories import make_pool
from niangjia.core import clock
from niangjia.core.tests.races import at_once
from niangjia.members.tests.factories.accounts import make_account

pytestmark = pytest.mark.django_db(transaction=True)


def burst(pool, accounts, *, key=None, threads=4):
    """Every account asks once, in `threads` batches at the same moment; all the answers."""
    asks = [Ask(pool.pk, account.pk, key) for account in accounts]
    batches_ = [asks[n::threads] for n in range(threads)]
    answers = at_once(
        *(lambda each=each: services.claim_all(asks=each, now=clock.now()) for each in batches_)
    )
    return [answer for each in answers if isinstance(each, list) for answer in each]


def together_once(monkeypatch):
    """The first two batches have both read before either of them writes."""
    start, barrier = iter(itertools.count()), threading.Barrier(2, timeout=60)
    real = batches.read_together

    def together(asked, **how):
        found = real(asked, **how)
        if next(start) < 2:
            barrier.wait()
        return found

    monkeypatch.setattr(batches, "read_together", together)


@pytest.fixture
def without_lock(monkeypatch):
    """Two see the same stock and write what they decided by it: nobody looks once it is held."""
    monkeypatch.setattr(batches, "LOCK", batches.STOCKS)
    blind = writing.INSERT.replace(writing.AS_DECIDED, "true")
    monkeypatch.setattr(writing, "INSERT", blind)
    together_once(monkeypatch)


def without(owner, table, constraint):
    with owner.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {constraint}")
        cursor.execute(f"DROP INDEX IF EXISTS {constraint}")


class TestNeverOversold:
    def test_forty_want_ten(self):
        pool, accounts = make_pool(supply=10), [make_account() for _ in range(40)]
        answers = burst(pool, accounts)
        granted = [each for each in answers if each.verdict == Verdict.GRANTED]
        assert len(answers) == 40
        assert len(granted) == Claim.objects.filter(state="confirmed").count() == 10
        assert sorted(each.place for each in granted) == list(range(1, 11))
        assert Stock.objects.get().taken == 10

    def test_without_the_lock_the_constraint_refuses(self, without_lock):
        pool, accounts = make_pool(supply=10), [make_account() for _ in range(20)]
        burst(pool, accounts, threads=2)
        assert Stock.objects.get().taken == Claim.objects.count() == 10

    def test_without_lock_and_constraints_it_is_oversold(self, without_lock, owner):
        without(owner, "allocation_stock", "stock_never_oversold")
        pool, accounts = make_pool(supply=10), [make_account() for _ in range(20)]
        burst(pool, accounts, threads=2)
        assert Claim.objects.count() == 20


class TestNobodyTwice:
    def test_one_asks_on_four_devices(self):
        pool, account = make_pool(supply=10), make_account()
        answers = burst(pool, [account] * 8)
        assert [each.verdict for each in answers].count(Verdict.GRANTED) == 1
        assert Claim.objects.count() == 1

    def test_one_asks_on_two_devices_at_the_same_moment(self, monkeypatch):
        """Both find nothing of theirs; the constraint refuses the second, which is decided anew."""
        together_once(monkeypatch)
        pool, account = make_pool(supply=10), make_account()
        answers = burst(pool, [account, make_account(), account, make_account()], threads=2)
        verdicts = sorted(each.verdict for each in answers)
        assert verdicts == [*[Verdict.GRANTED] * 3, Verdict.HAS_SHARE]
        assert Claim.objects.count() == Stock.objects.get().taken == 3

    def test_without_the_constraint_one_gets_two(self, monkeypatch, owner):
        together_once(monkeypatch)
        without(owner, "allocation_claim", "claim_within_ones_share")
        pool, account = make_pool(supply=10), make_account()
        burst(pool, [account] * 2, threads=2)
        assert Claim.objects.count() == 2


class TestOnceAKey:
    def test_the_same_press_eight_times(self):
        pool, account = make_pool(supply=10, per_person=9), make_account()
        answers = burst(pool, [account] * 8, key="key-12345678")
        assert len({each.claim_id for each in answers}) == Claim.objects.count() == 1
        assert [each.is_again for each in answers].count(False) == 1

    def test_without_the_key_each_press_is_a_claim(self):
        pool, account = make_pool(supply=10, per_person=9), make_account()
        burst(pool, [account] * 8)
        assert Claim.objects.count() == 8

    def two_pools_at_once(self):
        pools, account = [make_pool(), make_pool()], make_account()
        with pytest.MonkeyPatch.context() as patch:
            together_once(patch)
            return at_once(
                *(
                    lambda pool=pool: services.claim(
                        ask=Ask(pool.pk, account.pk, "key-12345678"), now=clock.now()
                    )
                    for pool in pools
                )
            )

    def test_two_pools_at_once_under_one_key(self):
        answers = self.two_pools_at_once()
        assert {each.verdict for each in answers} == {Verdict.GRANTED, Verdict.KEY_USED}
        assert sum(Stock.objects.values_list("taken", flat=True)) == Claim.objects.count() == 1

    def test_without_the_constraint_one_key_is_two_claims(self, owner):
        without(owner, "allocation_claim", "claim_once_a_key")
        answers = self.two_pools_at_once()
        assert {each.verdict for each in answers} == {Verdict.GRANTED}
        assert Claim.objects.count() == 2
