"""One claim, and many together: each gets their own true answer."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from niangjia.allocation import services
from niangjia.allocation.models import Claim, Stock
from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.selectors import batches
from niangjia.allocation.services import Ask, telling
from niangjia.allocation.tests.factories import answer_under, claim, make_pool
from niangjia.core import clock, errors, idempotency
from niangjia.core.models import AuditEntry, OutboxEvent
from niangjia.members.tests.factories.accounts import make_account, make_person
from niangjia.members.tests.factories.joining import make_membership
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


class TestOne:
    def test_gets_a_part_with_its_place(self):
        pool = make_pool(supply=2)
        first, second = claim(pool, make_account()), claim(pool, make_account())
        assert [first.place, second.place] == [1, 2]
        assert {c.pk for c in Claim.objects.all()} == {first.claim_id, second.claim_id}
        assert Stock.objects.get(pool=pool).taken == 2

    def test_is_audited_and_published(self):
        pool, account = make_pool(), make_account()
        answer = claim(pool, account)
        entry = AuditEntry.objects.get(subject=f"claim:{answer.claim_id}")
        assert (entry.action, entry.account_id) == ("pool.claimed", account.pk)
        event = OutboxEvent.objects.get(type="allocation.PartsGranted")
        assert event.payload["claim_ids"] == [str(answer.claim_id)]

    def test_finds_nothing_left(self):
        pool = make_pool(supply=1)
        claim(pool, make_account())
        assert claim(pool, make_account()).verdict == Verdict.SOLD_OUT

    def test_gets_no_more_than_ones_share(self):
        pool, account = make_pool(supply=9, per_person=2), make_account()
        verdicts = [claim(pool, account).verdict for _ in range(3)]
        assert verdicts == [Verdict.GRANTED, Verdict.GRANTED, Verdict.HAS_SHARE]

    def test_a_second_account_of_one_person_shares_their_share(self):
        pool, person = make_pool(), make_person()
        first = person.account
        claim(pool, first)
        first.person = None
        first.save()
        assert claim(pool, make_account(person=person)).verdict == Verdict.HAS_SHARE

    @pytest.mark.parametrize(
        ("at", "verdict"),
        [
            (-1, Verdict.NOT_OPEN),
            (0, Verdict.GRANTED),
            (1, Verdict.CLOSED),
        ],
    )
    def test_comes_in_time(self, at, verdict):
        now = clock.now()
        pool = make_pool(opens_at=now, closes_at=now + DAY)
        assert claim(pool, make_account(), now=now + at * DAY).verdict == verdict

    def test_of_no_such_pool_or_a_closed_account(self):
        assert claim(uuid.uuid4(), make_account()).verdict == Verdict.NO_SUCH_POOL
        assert claim(make_pool(), make_account(is_active=False)).verdict == Verdict.NO_SUCH_POOL

    @pytest.mark.parametrize("make", [make_account, make_pool])
    @pytest.mark.parametrize(
        "change", [lambda r: r._raw_delete("default"), lambda r: r.update(id=uuid.uuid4())]
    )
    def test_names_what_stays(self, make, change):
        """No foreign key stands behind what a claim names: the database lets neither go."""
        row = make()
        with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
            change(type(row)._default_manager.filter(pk=row.pk))


class TestWhoMay:
    def test_members_below_the_reach(self):
        city = make_union()
        below, beside = make_union(parent=city), make_union()
        pool = make_pool(supply=9, reach=city)
        inside, outside = make_membership(union=below), make_membership(union=beside)
        assert claim(pool, inside.person.account).verdict == Verdict.GRANTED
        assert claim(pool, outside.person.account).verdict == Verdict.OUT_OF_REACH
        assert claim(pool, make_person().account).verdict == Verdict.NOT_A_MEMBER

    def test_who_has_been_checked(self):
        pool = make_pool(supply=9, needs_real_name=True)
        assert claim(pool, make_account()).verdict == Verdict.NOT_VERIFIED
        assert claim(pool, make_person(verified=False).account).verdict == Verdict.NOT_VERIFIED
        assert claim(pool, make_person().account).verdict == Verdict.GRANTED

    def test_who_has_been_a_member_long_enough(self):
        pool = make_pool(supply=9, member_days=30, closes_at=clock.now() + 90 * DAY)
        account = make_membership().person.account
        today = clock.now()
        assert claim(pool, account, now=today + 29 * DAY).verdict == Verdict.TOO_NEW
        assert claim(pool, account, now=today + 30 * DAY).verdict == Verdict.GRANTED


class TestAgain:
    def test_the_same_key_gets_the_same_part(self):
        pool, account = make_pool(per_person=2), make_account()
        first, second = claim(pool, account, "key-12345678"), claim(pool, account, "key-12345678")
        assert (second.claim_id, second.is_again) == (first.claim_id, True)
        assert Claim.objects.count() == 1

    def test_a_key_stands_for_one_pool(self):
        account = make_account()
        claim(make_pool(), account, "key-12345678")
        assert claim(make_pool(), account, "key-12345678").verdict == Verdict.KEY_USED

    def test_a_key_of_another_operation_stands_for_that(self):
        pool, account = make_pool(), make_account()
        answer_under(account, "key-12345678")
        assert claim(pool, account, "key-12345678").verdict == Verdict.KEY_USED
        assert claim(pool, make_account(), "key-12345678").verdict == Verdict.GRANTED
        later = clock.now() + idempotency.KEPT
        pool = make_pool(closes_at=later + DAY)
        assert claim(pool, account, "key-12345678", now=later).verdict == Verdict.GRANTED

    def test_a_refusal_is_not_remembered(self):
        pool, account = make_pool(supply=0), make_account()
        assert claim(pool, account, "key-12345678").verdict == Verdict.SOLD_OUT
        services.add_supply(pool_id=pool.pk, count=1, by=None, now=clock.now())
        assert claim(pool, account, "key-12345678").verdict == Verdict.GRANTED


class TestManyTogether:
    def test_each_is_answered_as_if_alone(self):
        pool, other = make_pool(supply=2), make_pool(supply=9)
        a, b, c, d = (make_account() for _ in range(4))
        answers = services.claim_all(
            asks=[
                Ask(pool.pk, a.pk, "key-a1234567"),
                Ask(pool.pk, a.pk),
                Ask(pool.pk, b.pk),
                Ask(pool.pk, a.pk, "key-a1234567"),
                Ask(other.pk, a.pk, "key-a1234567"),
                Ask(pool.pk, c.pk),
                Ask(other.pk, d.pk),
                Ask(uuid.uuid4(), d.pk),
            ],
            now=clock.now(),
        )
        assert [answer.verdict for answer in answers] == [
            Verdict.GRANTED,
            Verdict.HAS_SHARE,
            Verdict.GRANTED,
            Verdict.GRANTED,
            Verdict.KEY_USED,
            Verdict.SOLD_OUT,
            Verdict.GRANTED,
            Verdict.NO_SUCH_POOL,
        ]
        assert (answers[3].claim_id, answers[3].is_again) == (answers[0].claim_id, True)
        taken = dict(Stock.objects.values_list("pool_id", "taken"))
        assert taken == {pool.pk: 2, other.pk: 1}

    def test_are_told_of_some_at_a_time(self, monkeypatch):
        """Whoever hears of them has one transaction for each event."""
        monkeypatch.setattr(telling, "EVENT_SIZE", 2)
        pool = make_pool(supply=5)
        asks = [Ask(pool.pk, make_account().pk) for _turn in range(5)]
        services.claim_all(asks=asks, now=clock.now())
        events = OutboxEvent.objects.filter(type="allocation.PartsGranted")
        told = [event.payload["claim_ids"] for event in events.order_by("id")]
        assert [len(ids) for ids in told] == [2, 2, 1]
        assert {uuid.UUID(each) for ids in told for each in ids} == set(
            Claim.objects.values_list("pk", flat=True)
        )

    def test_ask_the_database_no_more_often_than_one(self):
        def statements(count):
            pool = make_pool(supply=99)
            asks = [Ask(pool.pk, make_account().pk, f"key-{n:08d}") for n in range(count)]
            connection.known.clear()  # as in a transaction of its own
            with CaptureQueriesContext(connection) as queries:
                services.claim_all(asks=asks, now=clock.now())
            return len(queries)

        # One to read, one for the audit chain, one to write; and the savepoint that this test's own
        # transaction makes it.
        assert statements(2) == statements(20) == 5

    def test_ask_by_the_index_of_live_claims_even_when_the_plan_is_kept(self):
        """A plan that is kept knows no values: with states among them it would read the pool. And a
        new pool fills before the planner hears of it: joined, each would read all of it."""
        asked = batches.ASKERS
        for number in range(1, asked.count("%s") + 1):
            asked = asked.replace("%s", f"${number}", 1)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"PREPARE held_slots AS {asked}")
            nothing = ", ".join(["NULL"] * batches.ASKERS.count("%s"))
            cursor.execute(f"EXPLAIN EXECUTE held_slots ({nothing})")
            plan = " ".join(row[0] for row in cursor.fetchall())
            cursor.execute("DEALLOCATE held_slots")
        assert "claim_within_ones_share" in plan
        assert "(pool_id = asked.pool_id) AND (holder_id = COALESCE(" in plan


class TestChangingWhatThereIs:
    def test_what_is_given_back_can_be_claimed(self):
        pool, account = make_pool(supply=1), make_account()
        mine = claim(pool, account)
        for _ in range(2):
            services.return_claim(by=account, claim_id=mine.claim_id, now=clock.now())
        assert Stock.objects.get(pool=pool).taken == 0
        assert claim(pool, make_account()).verdict == Verdict.GRANTED

    def test_nobody_gives_back_what_is_somebody_elses(self):
        mine = claim(make_pool(), make_account())
        with pytest.raises(errors.NotFound):
            services.return_claim(by=make_account(), claim_id=mine.claim_id, now=clock.now())

    def test_no_less_than_what_is_claimed(self):
        pool = make_pool(supply=3)
        claim(pool, make_account())
        assert services.add_supply(pool_id=pool.pk, count=-2, by=None, now=clock.now()).supply == 1
        with pytest.raises(errors.Invalid) as refused:
            services.add_supply(pool_id=pool.pk, count=-1, by=None, now=clock.now())
        assert "count" in refused.value.fields

    def test_closing_early_keeps_what_was_claimed(self):
        pool, account = make_pool(), make_account()
        claim(pool, account)
        services.close_pool(pool_id=pool.pk, by=None, now=clock.now())
        assert claim(pool, make_account()).verdict == Verdict.CLOSED
        assert Claim.objects.filter(state="confirmed").count() == 1
