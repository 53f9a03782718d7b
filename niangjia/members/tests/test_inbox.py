"""The inbox: scope, order, filters, counts, and what an answer leads to."""

import datetime as dt

import pytest

from niangjia.core import clock
from niangjia.core.errors import NotFound
from niangjia.core.models import WorkingDay
from niangjia.core.pagination import page_of
from niangjia.members import selectors, services
from niangjia.members.models import ApplicationKind, Reach, Role
from niangjia.members.selectors import inbox
from niangjia.members.selectors.inbox import InboxFilter
from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import MONDAY, make_application
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def waiting(post, **filters):
    posts = selectors.current_posts(post.account)
    found = inbox.list_inbox(posts, chosen=InboxFilter(**filters), now=MONDAY)
    return list(found.order_by(*inbox.ORDER))


def test_a_subtree_sees_what_lies_below_most_urgent_first(chain):
    _province, city, county, grassroots = chain
    slow = make_union(parent=county, answer_working_days=9)
    later = make_application(union=slow, now=MONDAY)
    sooner = make_application(union=grassroots, now=MONDAY)
    make_application(now=MONDAY)  # elsewhere
    assert waiting(make_post(union=city)) == [sooner, later]


def test_a_post_for_one_union_only_sees_its_own(chain):
    _province, city, _county, grassroots = chain
    own = make_application(union=grassroots, now=MONDAY)
    assert waiting(make_post(union=grassroots, reach=Reach.UNION)) == [own]
    assert waiting(make_post(union=city, reach=Reach.UNION)) == []


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR])
def test_roles_without_the_right_see_none(chain, role):
    make_application(union=chain[3], now=MONDAY)
    assert waiting(make_post(union=chain[0], role=role)) == []


def test_what_climbed_is_with_the_union_above_and_no_longer_below(chain):
    _province, _city, county, grassroots = chain
    application = make_application(union=grassroots, now=MONDAY)
    services.escalate_late_applications(now=MONDAY + 9 * DAY)
    above = make_post(union=county, reach=Reach.UNION)
    assert waiting(above, escalated=True) == [application]
    assert waiting(make_post(union=grassroots)) == []
    application.refresh_from_db()
    assert application.handled_by == county


def test_filters_narrow(chain):
    province, _city, county, grassroots = chain
    own = make_application(union=grassroots, now=MONDAY - 30 * DAY)
    other = make_application(union=make_union(parent=province), now=MONDAY)
    post = make_post(union=province)
    assert waiting(post) == [own, other]
    assert waiting(post, union=county) == [own]
    assert waiting(post, late=True) == [own]
    assert waiting(post, kind=ApplicationKind.TRANSFER) == []
    assert waiting(post, escalated=True) == []


def test_pages_of_the_inbox_are_two_queries_and_miss_nothing(chain, django_assert_num_queries):
    made = {make_application(union=chain[3], now=MONDAY).pk for _ in range(5)}
    posts = selectors.current_posts(make_post(union=chain[1]).account)
    seen, cursor = [], None
    while True:
        with django_assert_num_queries(1):
            page = page_of(
                inbox.list_inbox(posts, now=MONDAY), order=inbox.ORDER, cursor=cursor, size=2
            )
            seen += [(a.pk, a.person.name, a.union.name, a.handled_by.name) for a in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert [pk for pk, *_rest in seen] == sorted(
        made, key=lambda pk: [p for p, *_ in seen].index(pk)
    )
    assert {pk for pk, *_rest in seen} == made
    assert len(seen) == 5


def test_missing_and_out_of_reach_applications_are_alike(chain):
    foreign = make_application(now=MONDAY)
    posts = selectors.current_posts(make_post(union=chain[0]).account)
    for number in (foreign.number, "0000000000"):
        with pytest.raises(NotFound):
            inbox.access_application_within(posts, number)


def test_a_draft_is_nobodys_but_the_workers(chain):
    application = make_application(union=chain[3], now=MONDAY)
    services.withdraw_application(account=application.account, application=application, now=MONDAY)
    posts = selectors.current_posts(make_post(union=chain[0]).account)
    assert inbox.access_application_within(posts, application.number).status == "withdrawn"
    assert list(inbox.list_inbox(posts, now=MONDAY)) == []


def test_the_next_one_comes_up_and_the_list_begins_again(chain):
    first, second, third = (make_application(union=chain[3], now=MONDAY) for _ in range(3))
    posts = selectors.current_posts(make_post(union=chain[3]).account)
    assert inbox.find_next(posts, first, MONDAY) == second
    assert inbox.find_next(posts, third, MONDAY) == first
    by = selectors.access_acting_post(posts, "decide_applications", chain[3].path)
    for application in (first, second):
        services.decide_application(by=by, application=application, verdict="admitted", now=MONDAY)
    assert inbox.find_next(posts, third, MONDAY) is None


def test_urgencies_are_one_query_however_many(chain, django_assert_num_queries):
    due = [(MONDAY + n * DAY, "330782") for n in range(3)]
    with django_assert_num_queries(1):
        found = inbox.urgencies(due, MONDAY)
    assert [(u.level, u.working_days) for u in found] == [("today", 0), ("soon", 1), ("soon", 2)]


def test_a_province_counts_its_own_days_off(chain):
    tuesday = dt.date(2026, 11, 24)
    for province, is_working in (("45", False), ("33", True)):
        WorkingDay.objects.create(date=tuesday, province=province, is_working=is_working)
    due = MONDAY + 3 * DAY
    own, other, country = inbox.urgencies([(due, "450100"), (due, "330782"), (due, "")], MONDAY)
    assert (own.working_days, other.working_days, country.working_days) == (2, 3, 3)


def test_days_left_are_those_that_the_promise_was_counted_in(chain):
    """Counted by the country's calendar they would be one more than was promised."""
    division = chain[3].division
    WorkingDay.objects.create(
        date=dt.date(2026, 11, 25), province=division.code[:2], is_working=False
    )
    application = make_application(union=chain[3], now=MONDAY)
    assert application.due_at.astimezone(clock.CHINA).date() == dt.date(2026, 11, 27)
    assert inbox.urgency_of(application, MONDAY).working_days == 3
    country = inbox.urgencies([(application.due_at, "")], MONDAY)
    assert country[0].working_days == 4


def test_only_what_waits_is_urgent(chain):
    application = make_application(union=chain[3], now=MONDAY)
    services.withdraw_application(account=application.account, application=application, now=MONDAY)
    application.refresh_from_db()
    assert inbox.urgency_of(application, MONDAY) is None
