"""Promise 1 here: nobody tied to the accused employer learns anything of a protected subject."""

import uuid

import pytest

from niangjia.core import clock, errors
from niangjia.feedback import selectors, services
from niangjia.feedback.models import CallBack, Invitation, RectificationOrder
from niangjia.feedback.selectors import protection
from niangjia.feedback.tests.factories import (
    invite,
    make_case_officer,
    make_office,
    make_order,
    rate,
    to_review,
)
from niangjia.members.models import Notice
from niangjia.members.tests.factories.desk import officer_client
from niangjia.organisations.models import Employer
from niangjia.organisations.tests.factories import make_division, make_union

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def accused(office):
    """The employer of the very union that did the service, so that everybody there is tied."""
    employer = Employer.objects.create(name="义乌某某服饰有限公司", division=make_division())
    office.union.employers.add(employer)
    return employer


@pytest.fixture
def order(office, accused):
    return make_order(office, is_protected=True, tied_employer_ids=[accused.pk])


def test_the_order_and_the_call_go_to_the_lowest_union_with_somebody_untied(office, order):
    assert order.handled_by == office.county.union
    assert CallBack.objects.get().union == office.county.union


def tied(office):
    """Somebody tied by a post at the employer's union, who also holds one at the province."""
    return make_case_officer(office.province.union, account=office.colleague.account)


def test_the_tied_see_nothing_at_any_level_of_the_tree(office, order):
    post = tied(office)
    invitation = Invitation.objects.get()
    for posts in ([office.colleague], [post], [office.colleague, post]):
        account = office.colleague.account
        assert not selectors.list_orders(account, posts).exists()
        assert selectors.count_orders(account, posts, clock.now()).running == 0
        assert not selectors.list_call_backs(account, posts).exists()
        for access, key in (
            (selectors.access_order, order.number),
            (selectors.access_call_back, str(CallBack.objects.get().pk)),
            (selectors.access_invitation_within, str(invitation.pk)),
        ):
            with pytest.raises(errors.NotFound):
                access(account, posts, key)


def test_the_untied_see_it(office, order):
    """Else the test above would pass with everything walled up."""
    posts = [office.county]
    account = office.county.account
    assert selectors.list_orders(account, posts).get() == order
    assert selectors.list_call_backs(account, posts).exists()
    assert selectors.access_order(account, posts, order.number) == order
    assert selectors.access_invitation_within(account, posts, str(Invitation.objects.get().pk))


def test_what_is_not_protected_is_everybodys(office, accused):
    """The control: the same service, not protected, reaches the tied."""
    order = make_order(office, tied_employer_ids=[accused.pk])
    assert order.handled_by == office.union
    assert selectors.list_orders(office.colleague.account, [office.colleague]).get() == order


def test_without_the_predicate_the_tied_would_see_it(office, order, monkeypatch):
    """The control of the control."""
    from niangjia.feedback.selectors import orders

    monkeypatch.setattr(orders, "open_to", lambda account: orders.Q())
    post = tied(office)
    assert selectors.list_orders(office.colleague.account, [post]).exists()


def test_no_notice_reaches_the_tied(office, order):
    tied(office)
    make_case_officer(office.county.union, account=office.colleague.account)
    with clock.stopped_at(clock.now()):
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
    for address in (f"/desk/ratings/orders/{order.number}/", f"/api/v1/desk/orders/{order.number}"):
        assert client.get(address).status_code == 404
    with_it = officer_client(office.county).get("/desk/ratings/")
    assert order.number in with_it.content.decode()


def test_no_link_is_renewed_and_no_score_counts_it(office, accused):
    invitation, _token = invite(office, is_protected=True, tied_employer_ids=[accused.pk])
    with pytest.raises(errors.NotFound):
        services.renew_link(by=office.county.account, invitation=invitation, now=clock.now())
    for _number in range(12):
        given = invite(office, is_protected=True, tied_employer_ids=[accused.pk])
        rate(given.invitation)
    found = selectors.read_scores(office.union)
    assert (found.whole.count, found.items, found.below) == (0, [], [])


def test_a_tie_that_is_new_hides_at_once(office, accused):
    order = make_order(office, is_protected=True, tied_employer_ids=[accused.pk])
    assert selectors.list_orders(office.county.account, [office.county]).exists()
    below = make_union(parent=office.union)
    make_case_officer(below, account=office.county.account)
    assert not selectors.list_orders(office.county.account, [office.county]).exists()
    assert protection.may_know({office.county.account_id}, order) == set()


def test_the_review_of_a_protected_order_happens_above(office, order):
    office.colleague = make_case_officer(office.county.union)
    office.county = office.city
    to_review(office, order)
    assert selectors.list_orders(
        office.city.account, [office.city], stage="review"
    ).get() == RectificationOrder.objects.get(pk=order.pk)


def test_unknown_employers_hide_nothing_more(office):
    order = make_order(office, is_protected=True, tied_employer_ids=[uuid.uuid4()])
    assert order.handled_by == office.union
