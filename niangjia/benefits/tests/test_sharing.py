"""Coupons shared out by points and kept for unions below; whoever has none is told why."""

import datetime as dt

import pytest

from niangjia.allocation.models import Claim, Share
from niangjia.allocation.services import ShareDraft
from niangjia.allocation.tests.factories import claim, make_draft
from niangjia.benefits import services
from niangjia.benefits.models import Coupon
from niangjia.benefits.rules.points import points
from niangjia.benefits.tests.factories import (
    benefit_draft,
    make_benefit,
    make_budget,
    make_coupon,
    make_town,
    make_town_at,
)
from niangjia.core import clock, outbox
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Notice
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, signed_in
from niangjia.members.tests.factories.joining import make_membership
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


def closing(**terms):
    """Terms of a pool that closes in an hour."""
    return make_draft(closes_at=clock.now() + dt.timedelta(hours=1), **terms)


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("account_id", flat=True))


@pytest.mark.parametrize(("had", "expected"), [(0, 100), (1, 90), (10, 0), (99, 0)])
def test_points(had, expected):
    assert points(had) == expected


class TestByPoints:
    @pytest.fixture
    def entered(self):
        """Three who ask for the one coupon there is: with two, with one, with one given back."""
        before = make_benefit(make_post(), pool=make_draft(per_person=2))
        much, little, least = (make_account() for _each in range(3))
        for account in (much, much, little, least):
            coupon = make_coupon(before, account)
        services.return_coupon(by=least, coupon=coupon, now=clock.now())
        Notice.objects.all().delete()
        benefit = make_benefit(make_post(), supply=1, pool=closing(mode="by_score"))
        for account in (much, little, least):
            claim(benefit.pool_id, account)
        return benefit, much, little, least

    def test_whoever_had_least_goes_first_and_the_others_are_told(self, entered):
        benefit, much, little, least = entered
        later = clock.now() + dt.timedelta(hours=2)
        assert services.share_out_due(now=clock.now()) == 0, "it has not closed"
        assert services.share_out_due(now=later) == 1
        assert services.share_out_due(now=later) == 0
        outbox.deliver_pending()
        assert Coupon.objects.get(benefit=benefit).account == least
        scores = dict(Claim.objects.filter(pool=benefit.pool_id).values_list("account_id", "score"))
        assert scores == {much.pk: 80, little.pk: 90, least.pk: 100}
        assert told("benefits.lost") == {much.pk, little.pk}

    def test_the_rule_stands_on_the_page_before_anybody_asks(self, entered):
        page = signed_in(make_account()).get(f"/benefits/{entered[0].number}/")
        assert "领得少的人优先" in page.content.decode()

    def test_nothing_is_offered_that_nobody_could_decide(self):
        post = make_post()
        draft = benefit_draft(make_budget(post), pool=make_draft(mode="approval"))
        with pytest.raises(Invalid) as refused:
            services.draft_benefit(by=post, union=post.union, draft=draft, now=clock.now())
        assert "mode" in refused.value.fields


class TestShares:
    @pytest.fixture
    def above(self):
        """A union with two below it, and a benefit of four coupons."""
        town = make_town(supply=4, pool=make_draft(needs_real_name=False))
        return town, make_union(parent=town.post.union), make_union(parent=town.post.union)

    def keep(self, town, union, count=1, **more):
        return services.split_benefit(
            by=town.post,
            benefit=town.benefit,
            shares=[ShareDraft(union, count, **more)],
            now=clock.now(),
        )

    def test_what_is_kept_goes_to_that_unions_members_alone_and_flows_back(self, above):
        town, ours, _other = above
        self.keep(town, ours, 2)
        anybody = [claim(town.benefit.pool_id, make_account()) for _each in range(3)]
        assert [each.verdict.is_in for each in anybody] == [True, True, False]
        mine = make_membership(union=ours).person.account
        assert claim(town.benefit.pool_id, mine).verdict.is_in
        given = {"by": town.post, "benefit": town.benefit, "union": ours, "now": clock.now()}
        assert [services.return_share(**given) for _twice in range(2)] == [1, 0]
        with pytest.raises(Conflict):
            self.keep(town, ours)

    def test_not_for_itself_nor_for_a_stranger_nor_more_than_there_are(self, above):
        town, ours, _other = above
        for union, count in ((town.post.union, 1), (make_union(), 1), (ours, 5)):
            with pytest.raises(Invalid) as refused:
                self.keep(town, union, count)
            assert "shares" in refused.value.fields

    def test_from_the_page_and_back(self, above):
        town, ours, _other = above
        browser = signed_in(town.post.account)
        there = f"/desk/benefits/{town.benefit.number}/"
        wrong = browser.post(f"{there}shares/", {"union": ours.number, "shares": "9"})
        assert wrong.status_code == 422
        assert ours.number in wrong.content.decode(), "nothing typed is lost"
        missing = browser.post(f"{there}shares/", {"union": "没有这个工会", "shares": "1"})
        assert missing.status_code == 422
        kept = browser.post(f"{there}shares/", {"union": ours.name, "shares": "1"}, follow=True)
        assert ours.name in kept.content.decode()
        browser.post(f"{there}shares/end/", {"union": ours.number})
        assert Share.objects.get().returned_at is not None

    def test_where_lots_are_drawn_nothing_is_kept_for_anybody(self):
        """A draw publishes one supply for everybody, and anybody computes it again."""
        town = make_town(supply=4, pool=closing(mode="draw"))
        below = make_union(parent=town.post.union)
        with pytest.raises(Conflict) as refused:
            self.keep(town, below)
        assert refused.value.code == "draw"
        page = signed_in(town.post.account).get(f"/desk/benefits/{town.benefit.number}/")
        assert "shares/" not in page.content.decode()


class TestTold:
    def test_whose_turn_it_is_and_who_let_it_pass(self):
        town = make_town(supply=1, pool=make_draft(has_waiting_list=True, offer_minutes=60))
        coupon = make_coupon(town.benefit)
        waits = make_account()
        claim(town.benefit.pool_id, waits)
        services.return_coupon(by=coupon.account, coupon=coupon, now=clock.now())
        outbox.deliver_pending()
        notice = Notice.objects.get(kind="benefits.offered")
        assert notice.account == waits
        assert town.benefit.number in notice.url
        outbox.deliver_pending()
        assert Notice.objects.filter(kind="benefits.offered").count() == 1

    def test_whoever_was_only_in_hears_that_it_was_called_off(self):
        post = make_post()
        benefit = make_benefit(post, pool=closing(mode="draw"))
        account = make_account()
        claim(benefit.pool_id, account)
        services.cancel_benefit(by=post, benefit=benefit, reason="台风停办", now=clock.now())
        outbox.deliver_pending()
        notice = Notice.objects.get(kind="benefits.cancelled")
        assert (notice.account, notice.facts["reason"]) == (account, "台风停办")

    def test_other_pools_tell_nobody(self):
        assert (
            services.tell_claims(pool_id=make_account().pk, kind="benefits.lost", now=clock.now())
            == 0
        )


def test_at_a_union_below_its_own_town_is_untouched():
    """A share is of one benefit's pool; what a union below gives itself is its own."""
    above = make_town()
    below = make_town_at(make_union(parent=above.post.union))
    services.split_benefit(
        by=above.post,
        benefit=above.benefit,
        shares=[ShareDraft(below.post.union, 3)],
        now=clock.now(),
    )
    below.benefit.pool.stock.refresh_from_db()
    assert below.benefit.pool.stock.reserved == 0
