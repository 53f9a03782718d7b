"""Each page states its query count: every page, file and reading operation of ours asks the
database exactly as often as it says in `tests.routes.costs`, with two things on it or with three.
"""

from collections.abc import Mapping
from io import BytesIO

import pytest
from django.test import Client

from niangjia.activities.tests.matching import make_adult
from niangjia.cases.services.letters import set_letter_head
from niangjia.core import clock
from niangjia.core.tests.hostile import photo
from niangjia.members.models import Account
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post, officer_client, signed_in
from niangjia.members.tests.factories.joining import (
    MONDAY,
    make_applicant,
    make_chain,
    make_membership,
)
from niangjia.organisations.models import Union
from niangjia.organisations.tests.factories import make_union
from tests.database import kept_for_the_module
from tests.links import make_links
from tests.opening import Doors
from tests.routes.costs import COSTS
from tests.world import make_objects, offer_services

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def found(django_db_setup, django_db_blocker):
    """What every page asks with two of everything there, and with three."""
    with kept_for_the_module(django_db_blocker), clock.stopped_at(MONDAY):
        province, _city, county, union = make_chain()
        account = make_adult()
        make_membership(union=make_union(parent=county), person=account.person)
        offer_services()
        make_more(county, account, line="0571-12351")
        objects = make_objects(union, account)
        officer = make_post(union=county, account=make_person().account)
        seal = photo(size=(300, 300), form="PNG")
        set_letter_head(by=officer, mark="义工", picture=BytesIO(seal), name="章.png", now=MONDAY)
        doors = Doors(
            objects=objects | make_links(union, account, objects) | {"province": province.number},
            anybody=Client(),
            own=signed_in(account),
            officer=officer_client(officer),
        )
        doors.open_all()
        two = doors.open_all()
        make_more(county, account, line="0574-12351")
        yield two, doors.open_all()


def make_more(county: Union, account: Account, *, line: str) -> None:
    """One of everything at another union there."""
    make_objects(make_union(parent=county), account, applicant=make_applicant(), line=line)


def differing(counts: Mapping[str, int | str], said: Mapping[str, int | str]) -> list[str]:
    """In words, for whoever changed a page: what asks otherwise than `said`."""
    return [
        f"{name}: asks {counts.get(name, 'nothing')}, says {said.get(name, 'nothing')}"
        for name in sorted(counts.keys() | said.keys())
        if counts.get(name) != said.get(name)
    ]


def test_every_page_asks_as_often_as_it_says(found):
    two, _three = found
    wrong = differing(two, COSTS)
    assert not wrong, "\n".join(wrong)


def test_three_of_everything_ask_no_more_than_two(found):
    two, three = found
    wrong = differing(three, two)
    assert not wrong, "\n".join(wrong)


def test_a_page_that_says_nothing_or_something_else_is_told():
    """The control."""
    assert differing({"new": 3, "old": 4, "same": 1}, {"old": 5, "same": 1, "gone": 2}) == [
        "gone: asks nothing, says 2",
        "new: asks 3, says nothing",
        "old: asks 4, says 5",
    ]
