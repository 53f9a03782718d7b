"""The demonstration's members and applications."""

import datetime as dt

import pytest
from django.db.models import Count
from stdnum.cn import ric

from niangjia.core import clock
from niangjia.members.models import Application, Gender, Membership, MembershipChange, Person
from niangjia.members.selectors import demo as demo_accounts
from niangjia.operations.demo import accounts, desk, joining, members
from niangjia.operations.demo.members import identity_number_of
from niangjia.operations.demo.unions import make_unions
from niangjia.organisations import selectors
from niangjia.organisations.models import Union
from niangjia.regions import services as regions


def silent(done, total):
    """Progress that nobody watches."""


@pytest.mark.django_db
def test_every_state_is_there_and_the_figures_add_up(settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr(members, "MEMBERS", 200)
    monkeypatch.setattr(joining, "MEMBERS", 200)
    monkeypatch.setattr(
        joining,
        "TALES",
        [
            joining.Tale(min(tale.count, 3), tale.days_ago, tale.ending, tale.hours)
            for tale in joining.TALES
        ],
    )
    regions.load_divisions()
    make_unions(now=clock.now())
    for area in (accounts, desk, joining, joining):
        area.load(progress=silent)

    statuses = dict(Application.objects.values_list("status").annotate(Count("id")))
    assert set(statuses) == {"submitted", "admitted", "refused", "withdrawn"}
    assert Application.objects.filter(escalated_at__isnull=False).exists()
    late = Application.objects.filter(status="submitted", due_at__lt=clock.now())
    assert {each.handled_by.depth for each in late} <= {1}
    figures = selectors.figures(Union.objects.get(depth=0))
    assert figures["members"] == Membership.objects.exclude(status="ended").count() > 200
    assert figures["applications:open"] == statuses["submitted"]
    assert figures["applications:decided"] == statuses["admitted"] + statuses["refused"]
    unfinished = MembershipChange.objects.filter(membership__isnull=True)
    assert not unfinished.exists()
    member = demo_accounts.find_account("member")
    kinds = member.person.memberships.get().changes.order_by("at").values_list("kind", flat=True)
    assert list(kinds) == ["admitted", "transferred"]
    assert demo_accounts.find_account("worker").person.memberships.count() == 0
    assert Person.objects.filter(verified_at__isnull=True).count() == 0


def test_made_up_numbers_add_up_are_never_equal_and_belong_to_nobody():
    made = [identity_number_of(serial, Gender.MALE) for serial in range(0, 60_000, 7)]
    assert len({number for number, _born in made}) == len(made)
    for number, born in made[:500]:
        assert ric.calc_check_digit(number) == number[-1]
        assert number.startswith("330000")
        assert dt.date(1966, 1, 1) <= born <= dt.date(2005, 1, 1)
