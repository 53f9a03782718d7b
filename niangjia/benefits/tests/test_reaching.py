"""A benefit is given to members of unions that its own does not stand above, too."""

import json

import pytest

from niangjia.allocation.rules.standing import Verdict
from niangjia.allocation.tests.factories import claim, make_draft
from niangjia.benefits import services
from niangjia.benefits.selectors.benefits import list_open_benefits
from niangjia.benefits.tests.factories import make_coupon, make_town, make_town_at
from niangjia.benefits.tests.test_disputes import told
from niangjia.core import clock
from niangjia.core.errors import Conflict, Invalid
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.members.tests.factories.joining import make_membership
from niangjia.organisations.models import Kind
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db):
    """Of one union for its own members, with another beside it and one below that."""
    union = make_union()
    town = make_town_at(union, pool=make_draft(reach=union))
    town.beside = make_union(parent=union.parent)
    town.below = make_union(parent=town.beside, kind=Kind.GRASSROOTS)
    town.there = make_membership(union=town.below).person.account
    return town


def reach(town, union=None, do=services.add_reach):
    return do(by=town.post, benefit=town.benefit, union=union or town.beside, now=clock.now())


def seen(town):
    found = list_open_benefits(path=town.below.path, now=clock.now())
    return found.filter(pk=town.benefit.pk).exists()


def test_members_beside_can_have_it_see_it_and_keep_what_they_have(town):
    officer = make_post(union=town.beside)
    assert not seen(town)
    assert claim(town.benefit.pool_id, town.there).verdict == Verdict.OUT_OF_REACH
    for _time in (1, 2):
        reach(town)
    assert "benefits.also-yours" in told(officer.account)
    assert seen(town)
    coupon = make_coupon(town.benefit, town.there)
    reach(town, do=services.drop_reach)
    assert not seen(town)
    other = make_membership(union=town.below).person.account
    assert claim(town.benefit.pool_id, other).verdict == Verdict.OUT_OF_REACH
    assert town.buy(coupon, 600).amount_fen == 600


def test_one_above_as_well_but_none_that_has_it_anyhow(town):
    reach(town, town.post.union.parent)
    with pytest.raises(Invalid) as refused:
        reach(town, make_union(parent=town.post.union, kind=Kind.GRASSROOTS))
    assert set(refused.value.fields) == {"union"}
    everybodys = make_town()
    with pytest.raises(Conflict) as refused:
        reach(everybodys, town.beside)
    assert refused.value.code == "for-everybody"


def test_on_the_pages_and_by_operations(town):
    desk = officer_client(town.post)
    there = f"/desk/benefits/{town.benefit.number}/"
    wrong = desk.post(f"{there}reach/", {"union": "没有这个工会"})
    assert (wrong.status_code, "没有这个工会" in wrong.content.decode()) == (422, True)
    assert desk.post(f"{there}reach/", {"union": town.beside.name}).url == there
    words = f"还包括：{town.beside}"
    assert words in desk.get(there).content.decode()
    assert words in desk.get(f"/benefits/{town.benefit.number}/").content.decode()
    assert desk.post(f"{there}reach/end/", {"union": town.beside.number}).url == there
    own = f"/api/v1/desk/benefits/all/{town.benefit.number}/reach"
    body = json.dumps({"union": town.beside.number})
    made = desk.post(own, body, content_type="application/json")
    assert [each["number"] for each in made.json()["items"]] == [town.beside.number]
    assert desk.get(own).json() == made.json()
    assert desk.delete(f"{own}?union={town.beside.number}").json()["items"] == []
