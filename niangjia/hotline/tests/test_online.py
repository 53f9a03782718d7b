"""Asked online, and somebody may be in danger: whoever is on call for the hotline is fetched."""

import pytest

from niangjia.cases.tests.factories import AID, make_case, publish, text
from niangjia.core import clock, protection
from niangjia.core.outbox import deliver_pending
from niangjia.hotline.models import Call, Channel, WorkOrder
from niangjia.hotline.services import online
from niangjia.hotline.tests.factories import make_agent, make_line
from niangjia.members.models import Notice
from niangjia.members.tests.factories.joining import make_chain

pytestmark = pytest.mark.django_db
URGENT = {"kind": "suicide", "when": "answers.income < 1", "words": text("马上打 120")}


@pytest.fixture(scope="module")
def made_chain(kept):
    made = make_chain()
    publish(AID, urgent=URGENT)
    return made


def orders():
    with protection.working("test"):
        return list(WorkOrder.objects.select_related("case", "call", "line"))


def test_it_becomes_an_order_that_somebody_has_to_come_for(chain):
    line, agent = make_line(chain[0]), make_agent(chain[0])
    case = make_case(union=chain[3], income=0)
    deliver_pending()
    (order,) = orders()
    assert (order.case_id, order.line, order.urgent) == (case.pk, line, "suicide")
    assert order.call.channel == Channel.PORTAL
    assert order.agent is None
    assert order.page_at is not None
    told = Notice.objects.filter(kind="desk.order_urgent").values_list("account_id", flat=True)
    assert list(told) == [agent.account_id]


def test_twice_is_once(chain):
    make_line(chain[0])
    case = make_case(union=chain[3], income=0)
    deliver_pending()
    assert online.take_in(case_id=case.pk, now=clock.now()) is None
    assert len(orders()) == 1


def test_the_nearest_line_takes_it_in(chain):
    make_line(chain[0], "0571-12351")
    near = make_line(chain[1])
    make_case(union=chain[3], income=0)
    deliver_pending()
    assert [order.line for order in orders()] == [near]


@pytest.mark.parametrize(("has_line", "income"), [(True, 1200), (False, 0)])
def test_what_can_wait_or_has_no_line_stays_with_its_union(chain, has_line, income):
    if has_line:
        make_line(chain[0])
    make_case(union=chain[3], income=income)
    deliver_pending()
    with protection.working("test"):
        assert not Call.objects.exists()
