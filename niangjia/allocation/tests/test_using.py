"""What was used cannot be given back."""

import pytest

from niangjia.allocation import services
from niangjia.allocation.models import Claim, ClaimState
from niangjia.allocation.tests.factories import claim, make_pool
from niangjia.core import clock
from niangjia.core.errors import Conflict
from niangjia.members.tests.factories.accounts import make_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine():
    account = make_account()
    return account, claim(make_pool(), account).claim_id


def test_what_was_used_stays(mine):
    account, claim_id = mine
    now = clock.now()
    assert services.mark_used(claim_id=claim_id, now=now).used_at == now
    services.mark_used(claim_id=claim_id, now=clock.now())
    assert Claim.objects.get(pk=claim_id).used_at == now, "twice is once"
    with pytest.raises(Conflict) as refused:
        services.return_claim(by=account, claim_id=claim_id, now=clock.now())
    assert refused.value.code == "used"
    services.mark_unused(claim_id=claim_id)
    returned = services.return_claim(by=account, claim_id=claim_id, now=clock.now())
    assert returned.state == ClaimState.RETURNED


def test_what_was_given_back_cannot_be_used(mine):
    account, claim_id = mine
    services.return_claim(by=account, claim_id=claim_id, now=clock.now())
    with pytest.raises(Conflict):
        services.mark_used(claim_id=claim_id, now=clock.now())
    assert Claim.objects.get(pk=claim_id).used_at is None
