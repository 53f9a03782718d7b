"""Calls and orders about an employer are shown to nobody tied to it, by the database itself."""

import pytest
from django.db import connection

from niangjia.core import clock, protection
from niangjia.hotline import selectors
from niangjia.hotline.models import Call, HandOver, Shift, WorkOrder
from niangjia.hotline.tests.factories import (
    make_agent,
    make_call,
    make_line,
    open_order,
    publish_items,
    take,
    tie_to,
)
from niangjia.members.models import Role
from niangjia.members.rules.permissions import MAY, Action
from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.models import Employer
from tests.database import own_name, owners_connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    made = make_chain()
    publish_items()
    return made


@pytest.fixture
def accused(chain):
    return Employer.objects.create(name="甲玩具有限公司", division=chain[2].division)


@pytest.fixture
def complaint(chain, accused):
    """A complaint by phone, handed over to the next shift."""
    line = make_line(chain[1])
    agent = make_agent(chain[1])
    taken = open_order(
        agent, take(agent, make_call(line)), chain[2], topic="wages", accused=accused
    )
    shift = Shift.objects.create(line=line, account=agent.account, began_at=clock.now())
    with protection.working("test"):
        HandOver.objects.create(shift=shift, call=taken.order.call, kind="watch")
    return taken


def seen(account):
    """How many rows of each table the database shows."""
    with protection.viewing(account=account.pk):
        return tuple(model.objects.count() for model in (Call, WorkOrder, HandOver))


def asked(post):
    """How many the selectors find."""
    with protection.viewing(account=post.account_id):
        posts, account = [post], post.account
        return (
            selectors.visible_calls(posts, account=account).count(),
            selectors.visible_orders(posts, account=account).count(),
        )


def test_the_lines_agents_see_it_and_nobody_tied_does(complaint, chain, accused):
    colleague, tied, chair = make_agent(chain[1]), make_agent(chain[1]), make_post(union=chain[0])
    tie_to(tied.account, accused)
    assert seen(colleague.account) == seen(chair.account) == (1, 1, 1)
    assert seen(tied.account) == (0, 0, 0)
    assert (asked(colleague), asked(tied)) == ((1, 1), (0, 0))


def test_an_agent_who_becomes_tied_sees_it_no_longer(complaint, accused):
    agent = complaint.order.agent
    assert seen(agent) == (1, 1, 1)
    tie_to(agent, accused)
    assert seen(agent) == (0, 0, 0)


def test_another_lines_agents_and_those_below_see_nothing(complaint, chain):
    make_line(chain[3], "0571-12351")
    assert seen(make_agent(chain[3]).account) == (0, 0, 0)
    assert seen(make_post(union=chain[1], role=Role.ANALYST).account) == (0, 0, 0)


def test_whoever_handles_the_case_sees_its_order_and_no_call(complaint, chain):
    officer = make_post(union=chain[2], role=Role.CASE_OFFICER)
    assert seen(officer.account) == (0, 1, 0)
    assert asked(officer) == (0, 1)


def test_the_order_follows_whom_its_case_accuses(complaint, chain):
    other = Employer.objects.create(name="乙服饰有限公司", division=chain[2].division)
    tied = make_agent(chain[1])
    tie_to(tied.account, other)
    assert seen(tied.account) == (1, 1, 1)
    with protection.working("test"):
        complaint.case.accused_ids = [*complaint.case.accused_ids, other.pk]
        complaint.case.save(update_fields=["accused_ids"])
    assert seen(tied.account) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_without_the_policies_the_tied_would_see_it():
    """The control: the same rows, the guard taken out."""
    _province, city, county, _grassroots = make_chain()
    publish_items()
    accused = Employer.objects.create(name="甲玩具有限公司", division=county.division)
    line, agent, tied = make_line(city), make_agent(city), make_agent(city)
    tie_to(tied.account, accused)
    open_order(agent, take(agent, make_call(line)), county, topic="wages", accused=accused)
    assert seen(tied.account)[:2] == (0, 0)
    with owners_connection(own_name()) as owner:
        owner.execute("ALTER TABLE hotline_call DISABLE ROW LEVEL SECURITY")
        owner.execute("ALTER TABLE hotline_workorder DISABLE ROW LEVEL SECURITY")
    try:
        assert seen(tied.account)[:2] == (1, 1)
    finally:
        with owners_connection(own_name()) as owner:
            owner.execute("ALTER TABLE hotline_call ENABLE ROW LEVEL SECURITY")
            owner.execute("ALTER TABLE hotline_workorder ENABLE ROW LEVEL SECURITY")


def test_the_database_knows_the_roles_that_answer(chain):
    line = make_line(chain[1])
    for role in Role:
        post = make_post(union=chain[1], role=role)
        may = Action.ANSWER_HOTLINE in MAY[role]
        assert (line in selectors.lines_of([post])) is may
        assert lines_in_sql(post.account) == ([line.pk] if may else [])


def lines_in_sql(account):
    with connection.cursor() as cursor:
        cursor.execute("SELECT hotline_lines(%s)", [account.pk])
        return cursor.fetchone()[0]
