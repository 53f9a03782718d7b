"""The inbox: scope, order, filters, counts, and what an answer leads to."""

import datetime as dt

import pytest

from niangjia.core import clock
from niangjia.core.errors import NotFound
from niangjia.core.pagination import page_of
from niangjia.members import selectors, services
from niangjia.members.models import ApplicationKind, Reach, Role
from niangjia.members.selectors import inbox
from niangjia.members.selectors.inbox import InboxFilter
from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import MONDAY, make_application, make_chain
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def chain():
    """Province, city, county, grassroots union."""
    return make_chain()


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


def test_counts_are_one_query_and_say_late_and_today(chain, django_assert_num_queries):
    grassroots = chain[3]
    make_application(union=grassroots, now=MONDAY - 30 * DAY)
    due_today = make_application(union=grassroots, now=MONDAY)
    post = make_post(union=grassroots)
    posts = selectors.current_posts(post.account)
    now = due_today.due_at - dt.timedelta(hours=3)
    with clock.stopped_at(now), django_assert_num_queries(1):
        counts = inbox.count_inbox(inbox.list_inbox(posts, now=now), now)
    assert [str(count) for count in (counts.open, counts.late, counts.today)] == ["2", "1", "1"]


def test_counts_stop_at_the_limit_and_say_so(chain, monkeypatch):
    monkeypatch.setattr(inbox, "COUNT_LIMIT", 2)
    for _ in range(4):
        make_application(union=chain[3], now=MONDAY - 30 * DAY)
    post = make_post(union=chain[3])
    counts = inbox.count_inbox(
        inbox.list_inbox(selectors.current_posts(post.account), now=MONDAY), MONDAY
    )
    assert (str(counts.open), str(counts.late)) == ("2+", "2+")


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


def test_urgencies_are_two_queries_however_many(chain, django_assert_num_queries):
    applications = [make_application(union=chain[3], now=MONDAY) for _ in range(3)]
    with django_assert_num_queries(2):
        found = inbox.urgencies(applications, MONDAY)
    assert {(u.level, u.working_days) for u in found} == {("calm", 3)}
