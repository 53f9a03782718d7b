"""For whom, how long, and kept until confirmed: terms of a pool that officers set for a benefit."""

import datetime as dt
import json

import pytest

from niangjia.allocation import services as allocation
from niangjia.allocation.models import Claim
from niangjia.allocation.tests.factories import claim, make_draft
from niangjia.benefits import services
from niangjia.benefits.models import Benefit, Coupon
from niangjia.benefits.tests.factories import make_town
from niangjia.benefits.tests.test_pages import DESK, text, typed_draft
from niangjia.core import clock, outbox
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.models import Notice
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import officer_client
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
API = "/api/v1/desk/benefits"


@pytest.fixture
def town(db):
    return make_town()


def refusal(town):
    return claim(town.benefit.pool_id, make_account()).claim_id is None


class TestHowLong:
    def test_closed_early_and_open_again_for_longer(self, town):
        assert not refusal(town)
        services.close_sign_up(by=town.post, benefit=town.benefit, now=clock.now())
        services.close_sign_up(by=town.post, benefit=town.benefit, now=clock.now())
        assert refusal(town)
        later = clock.now() + HOUR
        services.move_closing(by=town.post, benefit=town.benefit, closes_at=later, now=clock.now())
        assert not refusal(town)

    def test_never_shorter_once_open_nor_when_it_is_of_no_use(self, town):
        soon = clock.now() + dt.timedelta(minutes=5)
        for moment in (soon, clock.now() - HOUR, town.benefit.valid_until + HOUR):
            with pytest.raises(Invalid) as refused:
                services.move_closing(
                    by=town.post, benefit=town.benefit, closes_at=moment, now=clock.now()
                )
            assert set(refused.value.fields) == {"closes_at"}

    def test_not_before_it_opens(self):
        town = make_town(pool=make_draft(opens_at=clock.now() + HOUR / 2))
        with pytest.raises(Conflict) as refused:
            services.close_sign_up(by=town.post, benefit=town.benefit, now=clock.now())
        assert refused.value.code == "not-open"

    def test_from_the_page_and_by_operation(self, town):
        officer = officer_client(town.post)
        there = f"{DESK}{town.benefit.number}/"
        assert "现在截止" in text(officer.get(there))
        officer.post(f"{there}closing/")
        assert "现在截止" not in text(officer.get(there))
        wrong = officer.post(f"{there}longer/", {"closes_at": "昨天"})
        assert wrong.status_code == 422
        later = (clock.now() + HOUR).astimezone(clock.CHINA).replace(microsecond=0)
        officer.post(f"{there}longer/", {"closes_at": f"{later:%Y-%m-%dT%H:%M}"})
        assert "现在截止" in text(officer.get(there))
        shown = officer.post(f"{API}/all/{town.benefit.number}/closing").json()
        assert dt.datetime.fromisoformat(shown["closes_at"]) <= clock.now()
        body = json.dumps({"closes_at": later.isoformat()})
        moved = officer.put(
            f"{API}/all/{town.benefit.number}/closing", body, content_type="application/json"
        )
        assert dt.datetime.fromisoformat(moved.json()["closes_at"]) == later


class TestKeptUntilConfirmed:
    def test_whoever_came_is_told_confirms_and_has_a_coupon(self):
        town = make_town(pool=make_draft(confirm_minutes=30))
        holder = make_account()
        claim(town.benefit.pool_id, holder)
        outbox.deliver_pending()
        outbox.deliver_pending()
        assert not Coupon.objects.exists()
        notice = Notice.objects.get(account=holder)
        held = Claim.objects.get()
        assert (notice.kind, notice.facts["time"]) == (
            "benefits.held",
            f"{held.expires_at.astimezone(clock.CHINA):%H:%M}",
        )
        allocation.confirm_claim(by=holder, claim_id=held.pk, now=clock.now())
        outbox.deliver_pending()
        assert Coupon.objects.get().account == holder

    def test_control_what_is_theirs_at_once_is_not_kept(self, town):
        claim(town.benefit.pool_id, make_account())
        outbox.deliver_pending()
        assert not Notice.objects.filter(kind="benefits.held").exists()
        assert Coupon.objects.exists()


class TestForWhom:
    def test_ages_a_union_below_and_minutes_are_kept_and_shown_again(self, town):
        below, strange = make_union(parent=town.post.union), make_union()
        officer = officer_client(town.post)
        new = f"{DESK}new/{town.post.union.number}/"
        given = {"age_min": "18", "age_max": "35", "confirm_minutes": "30"}
        for reach, age_max in ((strange.number, "35"), (below.number, "17")):
            wrong = officer.post(
                new, typed_draft(town.budget, **given | {"reach": reach, "age_max": age_max})
            )
            assert wrong.status_code == 422
            assert "助餐券" in text(wrong), "nothing typed is lost"
        officer.post(new, typed_draft(town.budget, **given, reach=below.number))
        made = Benefit.objects.get(name="助餐券")
        form = officer.get(f"{DESK}{made.number}/draft/").context["form"]
        names = ("age_min", "age_max", "confirm_minutes", "reach")
        assert [form[name].value() for name in names] == [18, 35, 30, below.number]
        officer.post(f"{DESK}{made.number}/publication/")
        made.refresh_from_db()
        pool = made.pool
        assert (pool.age_min, pool.age_max, pool.confirm_minutes) == (18, 35, 30)
        assert pool.reach == below

    def test_by_operation_with_a_fair_start_unless_told_otherwise(self, town):
        below = make_union(parent=town.post.union)
        now = clock.now()
        body = {
            "union": town.post.union.number,
            "kind": "coupon",
            "name": "青年券",
            "words": "抵 10 元。",
            "budget_id": str(town.budget.pk),
            "supply": 3,
            "face_fen": 1000,
            "valid_from": now.isoformat(),
            "valid_until": (now + 48 * HOUR).isoformat(),
            "opens_at": now.isoformat(),
            "closes_at": (now + HOUR).isoformat(),
            "age_max": 35,
            "confirm_minutes": 10,
            "reach": below.number,
        }
        officer = officer_client(town.post)
        made = officer.post(API, json.dumps(body), content_type="application/json")
        assert made.status_code == 201, made.content
        draft = Benefit.objects.get(number=made.json()["number"]).draft
        assert (draft["age_max"], draft["confirm_minutes"]) == (35, 10)
        assert (draft["reach"], draft["gather_seconds"]) == (str(below.pk), 5)
