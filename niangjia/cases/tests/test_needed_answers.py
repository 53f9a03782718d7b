"""Asking for papers before the visit does not ask what only the visit shows."""

import pytest

from niangjia.cases import services
from niangjia.cases.tests.factories import fresh
from niangjia.cases.tests.test_catalogue_seeds import ask
from niangjia.core import clock
from niangjia.members.models import Role
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.members.tests.factories.joining import make_chain
from niangjia.organisations.models import Union

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk():
    """A case of hardship aid at its first step, and the desk of its union's chair."""
    *_above, grassroots = make_chain()
    services.seed_catalogue(root=Union.objects.get(depth=0), now=clock.now())
    chair = make_post(union=grassroots, role=Role.CHAIR, account=make_person().account)
    case = ask(grassroots, now=clock.now())
    return case, officer_client(chair), f"/desk/cases/{case.number}/steps/"


def test_papers_are_asked_for_without_a_visit(at_desk):
    case, client, there = at_desk
    taken = {"step": "visit", "outcome": "incomplete", "words": "请补充诊断证明和收入证明。"}
    assert client.post(there, taken).status_code == 302
    assert fresh(case).step == "supplement"


def test_a_visit_without_its_findings_is_not_believed(at_desk):
    case, client, there = at_desk
    taken = {"step": "visit", "outcome": "visited", "words": "情况属实，已上门看过。"}
    assert client.post(there, taken).status_code == 422
    assert fresh(case).step == "visit"


def test_what_was_typed_stays_when_the_reason_is_missing(at_desk):
    case, client, there = at_desk
    taken = {"step": "visit", "outcome": "incomplete", "asked-findings": "家中无人，改天再来。"}
    refused = client.post(there, taken)
    assert refused.status_code == 422
    assert "家中无人，改天再来。" in refused.content.decode()
    assert fresh(case).step == "visit"
