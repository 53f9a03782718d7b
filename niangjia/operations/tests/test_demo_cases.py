"""The demonstration's members ask as people do: where the form would send it."""

import pytest

from niangjia.cases.tests.factories import AID, COMPLAINT, publish
from niangjia.core import clock
from niangjia.members.tests.factories.joining import make_chain, make_membership
from niangjia.operations.demo import desk
from niangjia.operations.demo.cases import Teller
from niangjia.operations.demo.chance import Dice
from niangjia.organisations.tests.factories import make_division


@pytest.mark.django_db
def test_what_begins_with_the_place_goes_there_and_all_else_to_ones_own_union(monkeypatch):
    _province, _city, county, union = make_chain()
    place = make_division("义乌市", code="330782")
    for each in (county, union):
        each.division = place
        each.save()
    monkeypatch.setattr(desk, "county_federation", lambda: county)
    publish(COMPLAINT, begins="place")
    publish(AID)
    member = make_membership(union=union)
    teller, now = Teller(clock.now()), clock.now()
    complaints = [teller.open(member, COMPLAINT["key"], Dice("case", n), now) for n in range(6)]
    assert {case.handler for case in complaints} == {county}
    assert {case.is_anonymous for case in complaints} == {True, False}
    assert teller.open(member, AID["key"], Dice("case", 0), now).handler == union
