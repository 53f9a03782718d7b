"""What unions pay, summed by the unions right below."""

import pytest

from niangjia.benefits import services
from niangjia.benefits.models import Statement, StatementState
from niangjia.benefits.rules.months import end_of, first_of
from niangjia.benefits.selectors.levels import list_levels
from niangjia.benefits.tests.factories import make_coupon, make_town_at
from niangjia.core import clock
from niangjia.core.tests.costs import costs
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
PAGE = "/desk/benefits/statements/levels/"


@pytest.fixture
def tree(db):
    """A city that pays 1 yuan itself; a county below that pays 2 and whose township, which has
    been paid, 4; a stranger that pays 8. All of this month."""
    city = make_union()
    county = make_union(parent=city)
    township = make_union(parent=county)
    month = first_of(clock.now())
    for union, fen in ((city, 100), (county, 200), (township, 400), (make_union(), 800)):
        town = make_town_at(union)
        town.buy(make_coupon(town.benefit), fen)
    services.draw_up_statements(month=month, now=end_of(month))
    paid = Statement.objects.get(union=township)
    paid.state, paid.confirmed_at, paid.paid_at = StatementState.PAID, clock.now(), clock.now()
    paid.save()
    return city, county, township


def sums(post, union):
    month = first_of(clock.now())
    found = list_levels([post], union, first=month, last=month)
    return [(row.union, row.is_own, row.statements, row.paid_fen, row.open_fen) for row in found]


def test_each_union_below_with_all_below_it_and_the_union_itself(tree):
    city, county, township = tree
    post = make_post(union=city)
    assert sums(post, city) == [(city, True, 1, 0, 100), (county, False, 2, 400, 200)]
    assert sums(post, county) == [(county, True, 1, 0, 200), (township, False, 1, 400, 0)]
    assert sums(make_post(), city) == [], "out of reach"


def test_on_the_page_as_a_sheet_and_by_operation(tree):
    city, county, _township = tree
    officer = officer_client(make_post(union=city))
    assert costs(officer, {PAGE: 0, f"{PAGE}sheet/": 0}) == {PAGE: 6, f"{PAGE}sheet/": 6}
    page = officer.get(PAGE).content.decode()
    assert county.name in page
    assert "已付 4 元，待付 3 元" in page
    assert 'id="levels"' in page
    sheet = b"".join(officer.get(f"{PAGE}sheet/").streaming_content).decode()
    assert f"{county.name},2,2,4.00,2.00" in sheet
    wrong = officer.get(PAGE, {"first": "2026-13"})
    assert wrong.status_code == 422
    assert "2026-13" in wrong.content.decode(), "nothing typed is lost"
    shown = officer.get("/api/v1/desk/benefits/statements/levels").json()["items"]
    assert [(row["is_own"], row["paid_fen"], row["open_fen"]) for row in shown] == [
        (True, 0, 100),
        (False, 400, 200),
    ]
    empty = officer.get(PAGE, {"first": "2020-01", "last": "2020-02"}).content.decode()
    assert "这几个月没有结算单" in empty
