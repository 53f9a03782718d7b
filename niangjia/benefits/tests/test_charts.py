"""What is drawn of budgets, supplies and settlements is what the books say."""

import pytest

from niangjia.allocation.rules.charts import Supply, finding
from niangjia.allocation.services import ShareDraft
from niangjia.allocation.tests.factories import claim, make_draft
from niangjia.benefits import services
from niangjia.benefits.models import StatementState
from niangjia.benefits.rules.money import decimal_of
from niangjia.benefits.rules.months import end_of, first_of
from niangjia.benefits.selectors.benefits import list_budgets_of
from niangjia.benefits.selectors.books import list_costs
from niangjia.benefits.selectors.sharing import list_shares
from niangjia.benefits.selectors.statements import Owed, list_owed_within
from niangjia.benefits.tests.factories import (
    make_benefit,
    make_budget,
    make_coupon,
    make_merchant,
    make_shop,
    make_till,
    make_town,
)
from niangjia.benefits.views.desk import charts
from niangjia.core import clock
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import officer_client
from niangjia.members.tests.factories.joining import make_membership
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


def parts(chart):
    return {point.name: point.parts for point in chart.points}


def test_where_a_budget_went_adds_up_to_all_there_is():
    town = make_town(is_partial=True)
    town.buy(make_coupon(town.benefit), 500)
    town.take_back(town.buy(make_coupon(town.benefit), 700), 200)
    off = make_benefit(town.post, budget=town.budget, name="停办的", supply=3)
    services.cancel_benefit(by=town.post, benefit=off, reason="下雨", now=clock.now())
    town.budget.refresh_from_db()
    drawn = charts.chart_of_costs(town.budget, list_costs(town.budget))
    paid, waiting = (
        sum(column) for column in zip(*(point.parts for point in drawn.points), strict=True)
    )
    assert (paid, waiting + paid) == (decimal_of(1000), decimal_of(town.budget.committed))
    assert parts(drawn)["停办的"] == (0, 0)


def test_budgets_are_compared_where_there_are_two():
    town = make_town()
    budgets = list(list_budgets_of(town.post.union))
    assert charts.chart_of_budgets(budgets) is None
    other = make_budget(town.post, 5_000)
    drawn = charts.chart_of_budgets(list(list_budgets_of(town.post.union)))
    assert parts(drawn)[str(other)] == (0, decimal_of(5_000))
    page = officer_client(town.post).get("/desk/benefits/budgets/").content.decode()
    assert 'id="budgets-drawn"' in page
    assert 'id="budgets"' in page


def test_a_supply_is_for_everybody_or_kept_below():
    town = make_town(supply=3, pool=make_draft(has_waiting_list=True))
    below = make_union(parent=town.post.union)
    share = ShareDraft(union=below, supply=1, returns_at=None)
    services.split_benefit(by=town.post, benefit=town.benefit, shares=[share], now=clock.now())
    make_coupon(town.benefit, make_membership(union=below).person.account)
    for _each in range(2):
        make_coupon(town.benefit)
    claim(town.benefit.pool_id, make_account())
    town.benefit.pool.stock.refresh_from_db()
    drawn = charts.chart_of_supply(town.benefit, list_shares(town.benefit))
    assert parts(drawn) == {"面向所有符合条件的人": (2, 0, 1), below.name: (1, 0, 0)}


def test_the_finding_counts_all_bars_together():
    two = [Supply("甲", 1_200, 300, 0), Supply("乙", 0, 500, 7)]
    assert finding(two) == "2,000 份中已发出 1,200 份，还有 7 份有人在候补"
    assert finding(two[:1]) == "1,500 份中已发出 1,200 份"


def test_settlement_by_merchant_is_what_the_statements_of_the_newest_month_say():
    town = make_town(is_partial=True)
    other = make_merchant(town.post, name="大的一家")
    till = make_till(town.post, make_shop(town.post, other))
    month = first_of(clock.now())
    coupon = make_coupon(town.benefit)
    town.buy(coupon, 300)
    town.buy(coupon, 600, by=till)
    after = end_of(month)
    made = services.draw_up_statements(month=month, now=after)
    (big,) = [each for each in made if each.merchant_id == other.pk]
    big.state = StatementState.PAID
    big.confirmed_at = big.paid_at = after
    big.save()
    owed = list_owed_within([town.post])
    assert owed == [
        Owed(month, "大的一家", 600, 0),
        Owed(month, town.merchant.name, 0, 300),
    ]
    assert "大的一家" in str(charts.chart_of_settlement(owed).title)
    assert charts.chart_of_settlement(owed[:1]) is None
    assert list_owed_within([make_town().post]) == []
