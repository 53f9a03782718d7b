"""Opening seconds, waiting list, offers and holds: what each of them promises, and when it ends."""

import datetime as dt

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from niangjia.allocation import selectors, services, tasks
from niangjia.allocation.models import Claim, ClaimState, Stock
from niangjia.allocation.rules import ordering
from niangjia.allocation.services import Ask, closing, openings
from niangjia.allocation.tests.factories import asks_of, claim, make_draft, make_pool
from niangjia.core import clock, errors
from niangjia.core.models import OutboxEvent
from niangjia.core.outbox import deliver_pending
from niangjia.core.tests.races import at_once
from niangjia.members.tests.factories.accounts import make_account, make_person
from niangjia.organisations import services as organisations
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
SECOND, MINUTE, DAY = (dt.timedelta(seconds=1), dt.timedelta(minutes=1), dt.timedelta(days=1))


def states(*answers):
    return [Claim.objects.get(pk=answer.claim_id).state for answer in answers]


def told(event):
    """How many claims an event told of, all together."""
    rows = OutboxEvent.objects.filter(type=f"allocation.{event}")
    return sum(len(row.payload["claim_ids"]) for row in rows)


class TestOpeningSeconds:
    def open(self, **draft):
        now = clock.now()
        return now, make_pool(supply=2, opens_at=now, gather_seconds=3, **draft)

    def test_serve_by_lot_and_not_by_who_was_quicker(self):
        now, pool = self.open()
        accounts = [make_account() for _ in range(5)]
        answers = [
            claim(pool, account, now=now + n * SECOND / 2) for n, account in enumerate(accounts)
        ]
        assert {answer.verdict for answer in answers} == {"entered"}
        late = claim(pool, make_account(), now=now + 3 * SECOND)
        assert late.verdict == "sold-out"
        order = ordering.random_order(bytes(pool.seed), [a.claim_id for a in answers])
        confirmed = Claim.objects.filter(state=ClaimState.CONFIRMED).order_by("place")
        assert [each.pk for each in confirmed] == order[:2]
        assert Claim.objects.filter(state=ClaimState.LOST).count() == told("ClaimsLost") == 3

    def test_nobody_is_favoured_over_many_openings(self):
        """The quickest of ten, of whom five are served, is served about half of the time."""
        ids = [make_account().pk for _ in range(10)]
        served = sum(
            ids[0] in ordering.random_order(number.to_bytes(32, "big"), ids)[:5]
            for number in range(1000)
        )
        assert 420 < served < 580

    def test_are_decided_by_the_sweep_when_nobody_comes_any_more(self):
        now, pool = self.open()
        answer = claim(pool, make_account(), now=now)
        for after in (2 * SECOND, 3 * SECOND, 3 * SECOND):
            services.sweep(now=now + after)
        assert states(answer) == ["confirmed"]
        assert OutboxEvent.objects.filter(type="allocation.PoolDecided").count() == 1

    def test_are_decided_by_a_job_of_their_own(self):
        now, pool = self.open()
        job = ProcrastinateJob.objects.get(task_name=openings.DECIDE)
        assert now + 3 * SECOND < job.scheduled_at <= now + 4 * SECOND
        answer = claim(pool, make_account(), now=now)
        with clock.stopped_at(now + 2 * SECOND):
            assert not tasks.decide_opening(**job.args)
        with clock.stopped_at(job.scheduled_at):
            assert tasks.decide_opening(**job.args)
            assert not tasks.decide_opening(**job.args)
        assert states(answer) == ["confirmed"]

    def test_the_same_key_learns_what_came_of_it(self):
        now, pool = self.open()
        account = make_account()
        first = claim(pool, account, "key-12345678", now=now)
        again = claim(pool, account, "key-12345678", now=now + 4 * SECOND)
        assert (first.verdict, again.verdict, again.is_again) == ("entered", "granted", True)

    def test_a_clock_that_lags_behind_opens_them_no_second_time(self):
        now, pool = self.open()
        claim(pool, make_account(), now=now)
        assert claim(pool, make_account(), now=now + 4 * SECOND).verdict == "granted"
        assert claim(pool, make_account(), now=now + 2 * SECOND).verdict == "sold-out"


class TestWaitingList:
    def test_who_waits_is_offered_what_comes_free_in_their_order(self):
        now = clock.now()
        pool = make_pool(supply=1, has_waiting_list=True, offer_minutes=30)
        holder = make_account()
        mine = claim(pool, holder, now=now)
        first, second = claim(pool, make_account()), claim(pool, make_account())
        assert (first.verdict, second.verdict) == ("waiting", "waiting")
        services.return_claim(by=holder, claim_id=mine.claim_id, now=now)
        assert states(first, second) == ["offered", "waiting"]
        assert Claim.objects.get(pk=first.claim_id).expires_at == now + 30 * MINUTE
        assert claim(pool, make_account()).verdict == "waiting"
        services.sweep(now=now + 30 * MINUTE)
        services.sweep(now=now + 30 * MINUTE)
        assert states(first, second) == ["expired", "offered"]
        assert (told("ClaimsExpired"), told("PartsOffered")) == (1, 2)

    def test_an_offer_is_taken_once_and_in_time(self):
        now = clock.now()
        pool = make_pool(supply=0, has_waiting_list=True, offer_minutes=30)
        account, late = make_account(), make_account()
        mine, theirs = claim(pool, account), claim(pool, late)
        services.add_supply(pool_id=pool.pk, count=2, by=None, now=now)
        for _ in range(2):
            services.confirm_claim(by=account, claim_id=mine.claim_id, now=now + 29 * MINUTE)
        with pytest.raises(errors.Conflict) as refused:
            services.confirm_claim(by=late, claim_id=theirs.claim_id, now=now + 30 * MINUTE)
        assert refused.value.code == "too-late"
        assert states(mine, theirs) == ["confirmed", "offered"]
        with pytest.raises(errors.NotFound):
            services.confirm_claim(by=late, claim_id=mine.claim_id, now=now)

    def test_nothing_is_offered_and_no_offer_lasts_past_its_end(self):
        now = clock.now()
        pool = make_pool(supply=0, has_waiting_list=True, offers_until=now + 90 * MINUTE)
        mine = make_account()
        first, second = claim(pool, mine), claim(pool, make_account())
        services.add_supply(pool_id=pool.pk, count=1, by=None, now=now)
        assert Claim.objects.get(pk=first.claim_id).expires_at == now + 90 * MINUTE
        services.sweep(now=now + 29 * MINUTE)
        assert states(first, second) == ["offered", "waiting"]
        services.sweep(now=now + 30 * MINUTE)
        assert states(first, second) == ["offered", "lost"], "nobody has less than an hour"
        assert told("ClaimsLost") == 1, "whoever waited need not go on hoping"
        services.confirm_claim(by=mine, claim_id=first.claim_id, now=now + 89 * MINUTE)

    def test_whoever_finds_it_full_after_that_need_not_wait(self):
        now = clock.now()
        said = {"offer_minutes": 1, "offers_until": now + 2 * MINUTE}
        pool = make_pool(supply=1, has_waiting_list=True, **said)
        claim(pool, make_account())
        late, full = make_account(), selectors.access_pool(pool.pk)
        assert selectors.read_line(full, late, now=now).may_claim
        assert not selectors.read_line(full, late, now=now + MINUTE).may_claim
        assert claim(pool, late, now=now + MINUTE).verdict == "sold-out"
        assert claim(pool, late, now=now).verdict == "waiting"

    def test_a_list_that_had_ended_goes_on_when_offers_do(self):
        now = clock.now()
        end = now + 61 * MINUTE
        said = {"has_waiting_list": True, "offers_until": end, "opens_at": now - DAY}
        pool = make_pool(supply=0, **said)
        anew, first, second = (make_account() for _ in range(3))
        lost = [claim(pool, each, now=now) for each in (anew, first, second)]
        after = now + 2 * MINUTE
        services.sweep(now=after)
        assert states(*lost) == ["lost"] * 3
        services.add_supply(pool_id=pool.pk, count=1, by=None, now=after)
        assert claim(pool, anew, now=after).verdict == "granted"
        services.add_supply(pool_id=pool.pk, count=1, by=None, now=after)
        longer = make_draft(**said | {"offers_until": now + DAY, "closes_at": pool.closes_at})
        for _twice in range(2):
            services.change_pool(pool_id=pool.pk, draft=longer, by=None, now=after)
        assert states(*lost) == ["lost", "offered", "waiting"]
        assert told("ClaimsWaitAgain") == 2

    def test_a_list_of_long_ago_ends_without_a_word(self):
        now = clock.now()
        pool = make_pool(supply=0, has_waiting_list=True, offers_until=now + 70 * MINUTE)
        late = claim(pool, make_account())
        services.sweep(now=now + 2 * DAY)
        assert (states(late), told("ClaimsLost")) == (["lost"], 0)

    def test_two_return_while_a_third_confirms(self):
        """Whatever meets, every part has one claim."""
        now = clock.now()
        pool = make_pool(supply=2, has_waiting_list=True)
        accounts = [make_account() for _ in range(5)]
        answers = [claim(pool, account) for account in accounts]
        for account, answer in list(zip(accounts, answers, strict=True))[:2]:
            services.return_claim(by=account, claim_id=answer.claim_id, now=now)
        assert states(*answers) == ["returned", "returned", "offered", "offered", "waiting"]
        assert Stock.objects.get().taken == 2

    def test_a_family_that_does_not_fit_is_passed_over_and_keeps_its_place(self):
        now = clock.now()
        pool = make_pool(supply=0, has_waiting_list=True, parts_max=4)
        family, single = (claim(pool, make_account(), parts=n) for n in (3, 1))
        services.add_supply(pool_id=pool.pk, count=2, by=None, now=now)
        assert states(family, single) == ["waiting", "offered"]
        services.add_supply(pool_id=pool.pk, count=2, by=None, now=now)
        assert states(family) == ["offered"]
        assert claim(pool, make_account(), parts=5).verdict == "too-many-parts"


class TestHolds:
    def test_a_part_that_is_not_confirmed_flows_back(self):
        now = clock.now()
        pool, account = make_pool(supply=1, confirm_minutes=15), make_account()
        mine = claim(pool, account, now=now)
        assert (mine.verdict, mine.expires_at) == ("held", now + 15 * MINUTE)
        assert claim(pool, make_account()).verdict == "sold-out"
        services.expire_due(pool_id=pool.pk, now=now + 15 * MINUTE)
        with pytest.raises(errors.Conflict):
            services.confirm_claim(by=account, claim_id=mine.claim_id, now=now)
        assert claim(pool, make_account()).verdict == "held"


def test_a_pool_that_fails_holds_no_other_back_from_the_sweep(caplog):
    now = clock.now()
    pools = [make_pool(supply=1, confirm_minutes=15) for _ in range(2)]
    mine, theirs = (claim(pool, make_account(), now=now) for pool in pools)
    # Its books do not hold any more: nothing can be given back to it.
    Stock.objects.filter(pool=pools[0]).update(taken=0)
    assert services.sweep(now=now + 15 * MINUTE)["expired"] == 1
    assert states(mine, theirs) == ["held", "expired"]
    assert f"pool {pools[0].pk} could not be dealt with" in caplog.text


class TestEnding:
    def test_a_closed_pool_stays_closed_for_a_clock_that_lags_behind(self):
        now = clock.now()
        pool = make_pool(supply=9)
        services.close_pool(pool_id=pool.pk, by=None, now=now)
        assert claim(pool, make_account(), now=now - MINUTE).verdict == "closed"
        draft = make_draft(closes_at=now + DAY, opens_at=pool.opens_at)
        services.change_pool(pool_id=pool.pk, draft=draft, by=None, now=now)
        assert claim(pool, make_account(), now=now).verdict == "granted"

    def test_calling_off_ends_ten_thousand_some_at_a_time(self, monkeypatch):
        monkeypatch.setattr(closing, "BATCH", 3)
        now = clock.now()
        pool = make_pool(supply=6, has_waiting_list=True)
        accounts = [make_account() for _ in range(8)]
        services.claim_all(asks=asks_of(pool.pk, [a.pk for a in accounts]), now=now)
        used = Claim.objects.earliest("place")
        services.mark_used(claim_id=used.pk, now=now)
        for _ in range(2):
            services.cancel_pool(pool_id=pool.pk, by=None, now=now)
        while services.sweep(now=now)["cancelled"]:
            pass
        assert told("ClaimsCancelled") == 7
        assert list(Claim.objects.exclude(state="cancelled")) == [used]
        assert (Stock.objects.get().taken, told("PartsOffered")) == (1, 0)
        assert claim(pool, make_account()).verdict == "cancelled"

    def test_a_dissolved_union_gives_nothing(self):
        union = make_union()
        pool = make_pool(union=union)
        mine = claim(pool, make_account())
        services.return_claim(
            by=Claim.objects.get().account, claim_id=mine.claim_id, now=clock.now()
        )
        organisations.dissolve_union(union_id=union.pk, by=None, now=clock.now())
        assert claim(pool, make_account()).verdict == "cancelled"
        deliver_pending()
        assert selectors.access_pool(pool.pk).cancelled_at

    def test_whoever_leaves_gives_up_what_they_have(self):
        from niangjia.core import personal_data

        pool = make_pool(supply=1, has_waiting_list=True)
        person = make_person()
        claim(pool, person.account)
        waiting = claim(pool, make_account())
        subject = personal_data.Subject(person.account.pk, person.pk)
        assert pool.name in " ".join(personal_data.what_ends(subject))
        personal_data.erase(subject)
        assert states(waiting) == ["offered"]


class TestByPeople:
    def test_a_claim_that_asks_more_comes_by_the_room_above_alone(self):
        pool, account = make_pool(asks_more=True), make_account()
        bare = Ask(pool.pk, account.pk, is_bare=True)
        assert services.claim(ask=bare, now=clock.now()).verdict == "asks-more"
        assert claim(pool, account).verdict == "granted"

    def test_by_score_the_highest_first_and_ties_by_lot(self):
        now = clock.now()
        pool = make_pool(supply=3, mode="by_score", closes_at=now + DAY)
        answers = [claim(pool, make_account(), now=now) for _ in range(5)]
        scores = dict(zip([a.claim_id for a in answers], [7, 9, 5, 5, 5], strict=True))

        def rank(now):
            return services.rank_claims(
                pool_id=pool.pk, score=lambda claim: scores[claim.pk], by=None, now=now
            )

        with pytest.raises(errors.Conflict):
            rank(now)
        settled = rank(now + DAY)
        ties = ordering.random_order(bytes(pool.seed), [a.claim_id for a in answers[2:]])
        assert settled.granted == (answers[1].claim_id, answers[0].claim_id, ties[0])
        assert set(settled.lost) == set(ties[1:])
        with pytest.raises(errors.Conflict):
            rank(now + DAY)

    def test_a_used_part_is_neither_refused_nor_given_back(self):
        pool, account = make_pool(), make_account()
        mine = claim(pool, account)
        services.mark_used(claim_id=mine.claim_id, now=clock.now())
        with pytest.raises(errors.Conflict):
            services.decide_claim(
                claim_id=mine.claim_id, is_granted=False, by=None, now=clock.now(), reason="误发"
            )
        with pytest.raises(errors.Conflict):
            services.return_claim(by=account, claim_id=mine.claim_id, now=clock.now())


class TestChanging:
    def test_before_it_opens_everything_and_afterwards_what_harms_nobody(self):
        now = clock.now()
        pool = make_pool(opens_at=now + DAY, closes_at=now + 2 * DAY)
        stricter = {"opens_at": now + DAY, "closes_at": now + 2 * DAY, "needs_real_name": True}
        services.change_pool(pool_id=pool.pk, draft=make_draft(**stricter), by=None, now=now)
        kinder = make_draft(**stricter | {"needs_real_name": False, "per_person": 2})
        services.change_pool(pool_id=pool.pk, draft=kinder, by=None, now=now + DAY)
        with pytest.raises(errors.Invalid) as refused:
            services.change_pool(
                pool_id=pool.pk,
                draft=make_draft(**stricter | {"mode": "draw", "closes_at": now + 36 * MINUTE}),
                by=None,
                now=now + DAY,
            )
        assert set(refused.value.fields) >= {"mode", "closes_at", "needs_real_name", "per_person"}

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"supply": -1}, "supply"),
            ({"supply": 10_000_001}, "supply"),
            ({"closes_at": clock.now() - 9 * DAY}, "closes_at"),
            ({"per_person": 0}, "per_person"),
            ({"parts_max": 51}, "parts_max"),
            ({"kinds": ("pilot",)}, "kinds"),
            ({"age_min": 60, "age_max": 18}, "age_max"),
            ({"mode": "auction"}, "mode"),
            ({"name": " "}, "name"),
            ({"gather_seconds": 61}, "gather_seconds"),
        ],
    )
    def test_a_pool_that_cannot_be_is_refused_beside_its_field(self, wrong, field):
        with pytest.raises(errors.Invalid) as refused:
            make_pool(**wrong)
        assert field in refused.value.fields


@pytest.mark.django_db(transaction=True)
def test_returning_claiming_and_sweeping_at_once_gives_each_part_to_one():
    now = clock.now()
    pool = make_pool(supply=3, has_waiting_list=True, offer_minutes=1)
    accounts = [make_account() for _ in range(12)]
    made = services.claim_all(asks=asks_of(pool.pk, [a.pk for a in accounts[:6]]), now=now)
    later = now + 2 * MINUTE
    at_once(
        *(
            lambda a=account, c=answer.claim_id: services.return_claim(by=a, claim_id=c, now=now)
            for account, answer in zip(accounts[:3], made[:3], strict=True)
        ),
        lambda: services.claim_all(asks=asks_of(pool.pk, [a.pk for a in accounts[6:]]), now=now),
        lambda: services.sweep(now=later),
        lambda: services.sweep(now=later),
        lambda: services.add_supply(pool_id=pool.pk, count=1, by=None, now=now),
    )
    taking = Claim.objects.filter(state__in=["offered", "held", "confirmed"])
    assert taking.count() == Stock.objects.get().taken <= 4
    assert Claim.objects.count() == 12
