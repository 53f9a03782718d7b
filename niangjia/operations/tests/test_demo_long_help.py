"""The demonstration's help that takes long can be seen on its way, by whoever gives and gets it."""

import pytest

from niangjia.cases import services
from niangjia.cases.models import Case, CaseLetter
from niangjia.cases.services import letters
from niangjia.core import clock, protection
from niangjia.members.models import Role
from niangjia.members.selectors import demo
from niangjia.members.tests.factories.desk import make_post
from niangjia.members.tests.factories.joining import make_chain, make_membership
from niangjia.operations.demo import accounts, desk, long_help
from niangjia.organisations.models import Union


def quiet(done, total):
    """Nobody watches."""


@pytest.mark.django_db
def test_quarters_a_call_back_and_what_a_union_tells(monkeypatch, settings):
    settings.DEMO = True
    _province, _city, county, union = make_chain()
    monkeypatch.setattr(desk, "county_federation", lambda: county)
    services.seed_catalogue(root=Union.objects.get(depth=0), now=clock.now())
    accounts.load(progress=quiet)
    make_post(union=union, account=demo.find_account("chair"))
    make_post(union=county, account=demo.find_account("cases"), role=Role.CASE_OFFICER)
    chair = make_post(union=county, account=demo.find_account("decides"))
    letters.set_letter_head(by=chair, mark="义工", now=clock.now())
    for _household in range(2):
        make_membership(union=union)
    long_help.load(progress=quiet)
    with protection.working("test"):
        found = set(Case.objects.values_list("item__key", "step", "handler__name"))
    assert found == {
        ("hardship-aid", "aid-3", union.name),
        ("hardship-aid", "call-back", county.name),
        ("grassroots-support", "use", county.name),
        ("grassroots-support", "decision", county.name),
    }
    with protection.working("test"):
        assert CaseLetter.objects.filter(template=long_help.GRANTED).count() == 2
