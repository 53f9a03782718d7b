"""Two ratings of one service at once: one is taken, the other is told so."""

import threading
from functools import partial

import pytest

from niangjia.core import clock, errors
from niangjia.core.tests.races import at_once
from niangjia.feedback import services
from niangjia.feedback.models import Rating
from niangjia.feedback.services import rating as service
from niangjia.feedback.tests.factories import invite, make_office

pytestmark = pytest.mark.django_db(transaction=True)

UNIQUE = "feedback_rating_invitation_id_key"


def rate(invitation, level):
    return services.rate(
        invitation=invitation, channel="link", level=1 + level % 5, now=clock.now()
    )


def test_of_six_at_once_one_is_taken():
    invitation, _token = invite(make_office())
    results = at_once(*(partial(rate, invitation, number) for number in range(6)))
    assert Rating.objects.count() == 1
    refused = [each for each in results if isinstance(each, errors.Conflict)]
    assert {each.code for each in refused} == {"rated-already"}
    assert len(refused) == 5


@pytest.fixture
def no_lock(monkeypatch):
    """Reading and writing apart: everybody has looked before anybody writes."""
    queryset = type(service.Invitation.objects.all())
    monkeypatch.setattr(queryset, "select_for_update", lambda self, **_options: self)
    gate = threading.Barrier(4)
    living = service.living

    def wait(union):
        gate.wait(timeout=60)
        return living(union)

    monkeypatch.setattr(service, "living", wait)


def test_without_the_lock_the_constraint_still_takes_one(no_lock):
    invitation, _token = invite(make_office())
    results = at_once(*(partial(rate, invitation, number) for number in range(4)))
    assert Rating.objects.count() == 1
    assert sum(isinstance(each, errors.Conflict) for each in results) == 3


def test_without_lock_and_constraint_several_are_taken(no_lock, owner):
    """The control."""
    invitation, _token = invite(make_office())
    owner.execute(f"ALTER TABLE feedback_rating DROP CONSTRAINT {UNIQUE}")
    try:
        at_once(*[partial(rate, invitation, 4)] * 4)
        assert Rating.objects.count() > 1
    finally:
        owner.execute("TRUNCATE feedback_rating CASCADE")
        owner.execute(f"ALTER TABLE feedback_rating ADD CONSTRAINT {UNIQUE} UNIQUE (invitation_id)")
