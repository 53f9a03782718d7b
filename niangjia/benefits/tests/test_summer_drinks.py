"""Summer drinks for whoever works outdoors: from the budget to the till and the statement."""

import datetime as dt

import pytest

from niangjia.allocation.models import ClaimantKind, Stock
from niangjia.allocation.rules import codes
from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.tests.factories import claim, make_draft
from niangjia.benefits import services
from niangjia.benefits.models import BenefitKind, Coupon, Statement
from niangjia.benefits.rules import months
from niangjia.benefits.selectors.books import read_books
from niangjia.benefits.services.showing import key_of
from niangjia.benefits.tests.factories import make_town_at
from niangjia.core import clock
from niangjia.core.outbox import deliver_pending
from niangjia.members.services import correct_membership
from niangjia.members.services.applications.decision import decide_application
from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import (
    make_application,
    make_membership,
    make_officer,
)
from niangjia.organisations.models import Kind, WorkerKind
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
ON_THE_ROAD = (WorkerKind.COURIER, WorkerKind.DRIVER, WorkerKind.CASUAL)
ADMITS = [*ON_THE_ROAD, WorkerKind.LIVE_COMMERCE]


def member(union, kind):
    """Somebody of this kind whom the union has admitted."""
    application = make_application(union=union, worker_kind=kind)
    decide_application(
        by=make_officer(union), application=application, verdict="admitted", now=clock.now()
    )
    return application.account


def own(union, works):
    """An employee of an employer with a union of its own, which says where they work."""
    company = make_union(parent=union, kind=Kind.GRASSROOTS)
    membership = make_membership(union=company)
    correct_membership(
        by=make_officer(company),
        membership=membership,
        particulars={"workplace": works},
        reason="按班组名册登记工作地点。",
        now=clock.now(),
    )
    return membership.person.account


def test_drinks_for_outdoor_workers_from_the_budget_to_the_statement():
    union = make_union(admits_directly=ADMITS)
    town = make_town_at(
        union,
        kind=BenefitKind.SUMMER_DRINKS,
        name="高温作业清凉饮品",
        face_fen=300,
        supply=3,
        is_partial=False,
        pool=make_draft(reach=union, kinds=(*ON_THE_ROAD, ClaimantKind.OUTDOORS)),
        amount_fen=1000,
    )
    town.budget.refresh_from_db()
    assert town.budget.committed == 900
    rider, host = member(union, WorkerKind.COURIER), member(union, WorkerKind.LIVE_COMMERCE)
    assert claim(town.benefit.pool_id, host).verdict == Verdict.WRONG_KIND
    assert claim(town.benefit.pool_id, rider).verdict == Verdict.GRANTED
    assert claim(town.benefit.pool_id, rider).verdict == Verdict.HAS_SHARE
    cleaner, clerk = own(union, works="outdoors"), own(union, works="indoors")
    assert claim(town.benefit.pool_id, clerk).verdict == Verdict.WRONG_KIND
    assert claim(town.benefit.pool_id, cleaner).verdict == Verdict.GRANTED
    assert Stock.objects.get(pk=town.benefit.pool_id).taken == 2
    deliver_pending()
    coupon = Coupon.objects.get(account=rider)
    now = clock.now()
    shown = codes.code_at(coupon.claim_id, key_of(coupon), codes.step_at(now))
    seen = services.read_code(by=town.cashier, typed=shown, now=now)
    sale = town.buy(seen.coupon, 350, step=seen.step)
    assert sale.amount_fen == 300
    later = now + dt.timedelta(days=40)
    services.draw_up_statements(month=months.first_of(now), union=union, now=later)
    statement = Statement.objects.get(union=union)
    services.answer_statement(by=town.manager, statement=statement, agrees=True, now=later)
    paid = services.record_payment(
        by=make_post(union=union), statement=statement, payment="ICBC-0001", now=later
    )
    assert (paid.state, paid.total_fen, read_books(union).agree) == ("paid", 300, True)
