"""A changed calendar moves every term that runs across the day, however many cases run."""

import datetime as dt

import pytest

from niangjia.cases import services
from niangjia.cases.tests.factories import AID, fresh, make_case, publish
from niangjia.core.working_calendar import set_working_day
from niangjia.members.tests.factories.joining import MONDAY, make_chain

pytestmark = pytest.mark.django_db


def test_all_cases_move_a_page_at_a_time_with_their_calendars_asked_once_a_page(
    django_assert_num_queries,
):
    publish(AID)
    union = make_chain()[3]
    cases = [make_case(union=union, now=MONDAY) for _number in range(3)]
    off = (MONDAY + dt.timedelta(days=2)).date()
    set_working_day(
        date=off, province="", is_working=False, name="停电", source="测试", by=None, now=MONDAY
    )
    before = [case.next_due_at for case in cases]
    arguments = {"date": off, "province": "", "now": MONDAY, "limit": 2}
    # The savepoint and the scope; two pages of cases, calendars and all moves; the empty page.
    with django_assert_num_queries(2 + 2 + (1 + 1 + 1) + (1 + 1 + 1) + 1):
        assert services.recount(**arguments) == 3
    assert all(fresh(case).next_due_at > due for case, due in zip(cases, before, strict=True))
    assert services.recount(**arguments) == 0
