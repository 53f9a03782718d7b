"""Two officers at the same moment, each on a connection of their own."""

import threading

import pytest
from django.db.models import QuerySet

from niangjia.cases.models import CaseEntry, EntryKind
from niangjia.cases.services import stepping
from niangjia.cases.tests.factories import AID, end_step, make_case, make_officer, publish
from niangjia.core import protection
from niangjia.core.errors import Conflict
from niangjia.core.tests.races import at_once
from niangjia.members.tests.factories.joining import make_chain

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene():
    _province, _city, county, union = make_chain()
    publish(AID)
    return make_case(union=union), [make_officer(county) for _ in range(2)]


def decide(case, officer):
    return lambda: end_step(case, officer, "check", "passed")


def steps(case):
    with protection.working("test"):
        return CaseEntry.objects.filter(case=case, kind=EntryKind.STEP).count()


def test_one_decides_and_the_other_is_told(scene):
    case, officers = scene
    answers = at_once(*(decide(case, officer) for officer in officers))
    refused = [answer for answer in answers if isinstance(answer, Conflict)]
    assert [refusal.code for refusal in refused] == ["step-taken"]
    assert steps(case) == 1


def test_without_the_lock_both_would_believe_it_is_their_step(scene, monkeypatch):
    """The control: both look before either writes, and neither is told of the other."""
    case, officers = scene
    both, check = threading.Barrier(2, timeout=60), stepping.check_outcome

    def together(*args, **options):
        both.wait()
        return check(*args, **options)

    monkeypatch.setattr(stepping, "check_outcome", together)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, *args, **options: self)
    answers = at_once(*(decide(case, officer) for officer in officers))
    assert not any(isinstance(answer, Conflict) for answer in answers)
