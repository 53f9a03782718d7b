"""Promises 1 and 2 here: nobody tied to the accused employer learns anything of a protected
subject, and the database itself shows such rows to verified viewers only."""

import datetime as dt
import uuid

import pytest

from niangjia.core import clock, errors, protection
from niangjia.feedback import selectors, services
from niangjia.feedback.models import (
    Call,
    CallBack,
    Invitation,
    OrderStep,
    Rating,
    RectificationOrder,
)
from niangjia.feedback.selectors import orders
from niangjia.feedback.selectors.protection import may_know
from niangjia.feedback.tests.factories import (
    invite,
    make_case_officer,
    make_order,
    rate,
    take,
    to_review,
)
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import officer_client, signed_in
from niangjia.members.tests.factories.joining import make_membership
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_division, make_union

pytestmark = pytest.mark.django_db

TABLES = (Invitation, Rating, RectificationOrder, OrderStep, CallBack, Call)


@pytest.fixture
def accused(office):
    """The employer of the very union that did the service, so that everybody there is tied."""
    employer = Employer.objects.create(name="义乌某某服饰有限公司", division=make_division())
    office.union.employers.add(employer)
    return employer


@pytest.fixture
def order(office, accused):
    return make_order(office, is_protected=True, tied_employer_ids=[accused.pk])


def only(table):
    """The one row of a table, as background work sees it."""
    with protection.working("tests"):
        return table.objects.get()


def listed(post, *, posts=None, **chosen):
    """The queue as the holder of `post` sees it."""
    with protection.viewing(account=post.account_id):
        return list(selectors.list_orders(post.account, posts or [post], **chosen))


def called(post):
    """The list of calls as the holder of `post` sees it."""
    with protection.viewing(account=post.account_id):
        return list(selectors.list_call_backs(post.account, [post]))


def tied(office):
    """Somebody tied by a post at the employer's union, who also holds one at the province."""
    return make_case_officer(office.province.union, account=office.colleague.account)


def counts():
    return [table.objects.count() for table in TABLES]


def with_a_call(office):
    services.record_call(
        by=office.county, call_back=only(CallBack), result="not_reached", now=clock.now()
    )


def test_the_order_and_the_call_go_to_the_lowest_union_with_somebody_untied(office, order):
    assert order.handled_by == office.county.union
    assert only(CallBack).union_id == office.county.union.pk


def test_the_tied_see_nothing_at_any_level_of_the_tree(office, order):
    post, account = tied(office), office.colleague.account
    for posts in ([office.colleague], [post], [office.colleague, post]):
        assert listed(post, posts=posts) == []
        assert selectors.count_orders(account, posts, clock.now()).running == 0
        assert called(post) == []
        for access, key in (
            (selectors.access_order, order.number),
            (selectors.access_call_back, str(only(CallBack).pk)),
            (selectors.access_invitation_within, str(only(Invitation).pk)),
        ):
            with pytest.raises(errors.NotFound):
                access(account, posts, key)


def test_the_untied_see_it(office, order):
    """Else the test above would pass with everything walled up."""
    post, account = office.county, office.county.account
    assert listed(post) == [order]
    assert selectors.count_orders(account, [post], clock.now()).running == 1
    assert called(post) == [only(CallBack)]
    assert selectors.access_order(account, [post], order.number) == order
    assert selectors.access_invitation_within(account, [post], str(only(Invitation).pk))


def test_what_is_not_protected_is_shown_to_all_within_reach(office, accused):
    """The control: the same service, not protected, reaches the tied."""
    order = make_order(office, tied_employer_ids=[accused.pk])
    assert order.handled_by == office.union
    assert listed(office.colleague) == [order]


def test_filter_and_database_each_hide_it_alone(office, order, monkeypatch):
    """Two locks: with either of them off the other one holds, and with both off neither does."""
    post = tied(office)
    with protection.working("tests"):
        assert not selectors.list_orders(post.account, [post]).exists()
    monkeypatch.setattr(orders, "open_to", lambda account: orders.Q())
    assert listed(post) == []
    with protection.working("tests"):
        assert selectors.list_orders(post.account, [post]).exists()


def test_without_a_verified_scope_the_database_shows_no_row(office, order):
    with_a_call(office)
    assert counts() == [0] * len(TABLES)
    with protection.working("tests"):
        assert min(counts()) > 0
    with protection.viewing(account=office.county.account_id):
        assert min(counts()) > 0
    with protection.viewing(account=office.colleague.account_id):
        assert counts() == [0] * len(TABLES)


def test_the_tables_are_protected_by_force():
    names = {table._meta.db_table for table in TABLES}
    assert names <= set(protection.protected_tables())


def test_whoever_was_served_rates_although_tied_themselves(office, accused):
    """A worker who complains about their own employer is a member of its union."""
    served = make_membership(union=office.union).person
    invitation, token = invite(
        office, person=served, is_protected=True, tied_employer_ids=[accused.pk]
    )
    client = signed_in(served.account, HTTP_ACCEPT_LANGUAGE="zh-hans")
    page = f"/mine/ratings/{invitation.pk}/"
    assert "欠薪维权帮助" in client.get("/mine/ratings/").content.decode()
    assert "谢谢你的评价" in client.post(page, {"level": "1"}, follow=True).content.decode()
    assert only(RectificationOrder).handled_by_id == office.county.union.pk
    assert "谢谢你的评价" in client.get(f"/rate/{token}/").content.decode()


def test_the_tied_take_no_step_even_past_the_pages(office, order):
    post, call_back = tied(office), only(CallBack)
    with pytest.raises(errors.NotFound):
        take(post, order, "verification")
    with pytest.raises(errors.NotFound):
        services.view_contact(by=post.account, posts=[post], call_back=call_back, now=clock.now())
    with pytest.raises(errors.NotFound):
        services.record_call(by=post, call_back=call_back, result="reached", now=clock.now())
    given = invite(office, is_protected=True, tied_employer_ids=order.tied_employer_ids)
    with pytest.raises(errors.NotFound):
        rate(given.invitation, channel="call_back", entered_by=post.account)


def test_no_notice_reaches_the_tied(office, order):
    tied(office)
    make_case_officer(office.county.union, account=office.colleague.account)
    services.remind_of_orders(now=order.due_at)
    services.escalate_late_orders(now=order.due_at + (order.due_at - order.opened_at))
    told = set(Notice.objects.filter(kind__startswith="desk.").values_list("account_id", flat=True))
    assert office.colleague.account_id not in told
    assert office.rated.account_id not in told
    assert office.county.account_id in told


def test_neither_page_nor_api_shows_it(office, order):
    client = officer_client(tied(office))
    for address in ("/desk/ratings/", "/desk/ratings/call-backs/", "/api/v1/desk/orders"):
        page = client.get(address)
        assert page.status_code == 200
        assert order.number not in page.content.decode()
    there = f"/desk/ratings/orders/{order.number}/"
    for address in (there, f"/api/v1/desk/orders/{order.number}"):
        assert client.get(address).status_code == 404
    untied = officer_client(office.county)
    assert order.number in untied.get("/desk/ratings/").content.decode()
    sent = {"words": "已核实，情况属实。", "finding": "founded"}
    assert untied.post(f"{there}verification/", sent).status_code == 302


def test_no_link_is_renewed_and_no_score_counts_it(office, accused):
    invitation, _token = invite(office, is_protected=True, tied_employer_ids=[accused.pk])
    with pytest.raises(errors.NotFound):
        services.renew_link(by=office.county.account, invitation=invitation, now=clock.now())
    for _number in range(12):
        given = invite(office, is_protected=True, tied_employer_ids=[accused.pk])
        rate(given.invitation)
    found = selectors.read_scores(office.union, now=clock.now() + dt.timedelta(days=32))
    assert (found.whole.count, found.items, found.below) == (0, [], [])


def test_a_tie_that_is_new_hides_at_once(office, accused):
    order = make_order(office, is_protected=True, tied_employer_ids=[accused.pk])
    assert listed(office.county) == [order]
    below = make_union(parent=office.union)
    make_case_officer(below, account=office.county.account)
    assert listed(office.county) == []
    assert may_know({office.county.account_id}, order) == set()


def test_the_review_of_a_protected_order_happens_above(office, order):
    office.colleague = make_case_officer(office.county.union)
    to_review(office, order)
    assert listed(office.city, stage="review") == [order]


def test_unknown_employers_hide_nothing_more(office):
    order = make_order(office, is_protected=True, tied_employer_ids=[uuid.uuid4()])
    assert order.handled_by == office.union
