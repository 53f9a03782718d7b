"""Calls about the same matter: proposed for linking to whoever sees both, decided by a person."""

import datetime as dt

import pytest

from niangjia.cases import services as cases
from niangjia.cases.models import CaseLink, LinkState
from niangjia.cases.selectors.linking import list_links
from niangjia.core import clock, protection
from niangjia.core.outbox import deliver_pending
from niangjia.hotline.models import WorkOrder
from niangjia.hotline.services.repeating import propose_repeats
from niangjia.hotline.tests.aftercare import make_world
from niangjia.hotline.tests.factories import Caller, make_call, open_order, take, tie_to
from niangjia.members.models import Role
from niangjia.members.tests.factories.desk import make_post
from niangjia.organisations.models import Employer

pytestmark = pytest.mark.django_db
FIRST, OTHER = "+8613900001111", "+8613800002222"


@pytest.fixture
def world():
    return make_world()


def ask(world, number=FIRST, *, topic="wages", accused=None, before=None):
    """An order from `number`; where `before` is given, it was opened so long before now."""
    call = take(world.taker, make_call(world.line, caller=number))
    accused = (accused or world.employer) if topic == "wages" else None
    caller = Caller(name="", phone=number)
    order = open_order(
        world.taker, call, world.city, topic=topic, accused=accused, caller=caller
    ).order
    if before is not None:
        with protection.working("test"):
            WorkOrder.objects.filter(pk=order.pk).update(opened_at=clock.now() - before)
    return order


def proposed(order):
    """What `propose_repeats` proposes, twice, of an order: kind by the earlier case."""
    with protection.working("test"):
        CaseLink.objects.all().delete()
    for _twice in range(2):
        propose_repeats(order_id=order.pk, now=clock.now())
    with protection.working("test"):
        return dict(CaseLink.objects.filter(case=order.case_id).values_list("other", "kind"))


def seen_by(post, order):
    with protection.viewing(account=post.account_id):
        return [row.there.pk for row in list_links(order.case)]


DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("earlier", "kind"),
    [
        ({"before": 80 * DAY}, "duplicate"),
        ({"before": 91 * DAY}, None),
        ({"number": OTHER, "before": 10 * DAY}, "related"),
        ({"number": OTHER, "before": 15 * DAY}, None),
        ({"topic": "aid", "before": DAY}, None),
    ],
)
def test_who_calls_again_and_who_calls_about_the_same_employer(world, earlier, kind):
    first = ask(world, **earlier)
    assert proposed(ask(world)) == ({first.case_id: kind} if kind else {})


def test_an_employer_that_was_merged_is_the_same_one(world):
    heir = Employer.objects.create(name="接手的公司", division=world.city.division)
    stranger = Employer.objects.create(name="无关公司", division=world.city.division)
    Employer.objects.filter(pk=world.employer.pk).update(merged_into=heir)
    first = ask(world, OTHER)
    ask(world, OTHER, accused=stranger)
    assert proposed(ask(world, accused=heir)) == {first.case_id: "related"}


def test_what_was_only_answered_is_no_case_to_link(world):
    ask(world, before=DAY)
    order = ask(world)
    with protection.working("test"):
        WorkOrder.objects.filter(pk=order.pk).update(case=None, way="answered", state="handled")
    assert propose_repeats(order_id=order.pk, now=clock.now()) == 0


def test_a_proposal_betrays_the_other_complaint_to_nobody_tied(world):
    """The same caller complains of two employers. Whoever is tied to the first sees the second
    complaint, and nothing of the first beside it; the control is a colleague with the same post."""
    second = Employer.objects.create(name="第二家公司", division=world.city.division)
    first, again = ask(world), ask(world, accused=second)
    deliver_pending()
    tied, free = (make_post(union=world.city, role=Role.CHAIR) for _ in range(2))
    tie_to(tied.account, world.employer)
    with protection.working("test"):
        link = CaseLink.objects.get(case=again.case_id, other=first.case_id)
    assert seen_by(free, again) == [first.case_id]
    assert seen_by(tied, again) == []
    with protection.viewing(account=tied.account_id):
        assert not CaseLink.objects.filter(pk=link.pk).exists()


@pytest.mark.parametrize(
    ("decide", "state"), [("confirm_link", "confirmed"), ("reject_link", "rejected")]
)
def test_a_person_decides_and_is_not_asked_again(world, decide, state):
    _first, again = ask(world), ask(world)
    deliver_pending()
    chair = make_post(union=world.city, role=Role.CHAIR)
    with protection.working("test"):
        link = CaseLink.objects.get(case=again.case_id)
    assert link.state == LinkState.PROPOSED
    getattr(cases, decide)(by=chair, link_id=link.pk, now=clock.now())
    propose_repeats(order_id=again.pk, now=clock.now())
    with protection.working("test"):
        assert [each.state for each in CaseLink.objects.filter(case=again.case_id)] == [state]
