"""The operations about one's own claims."""

import pytest

from niangjia.allocation import services
from niangjia.allocation.tests.factories import claim, make_pool
from niangjia.core import clock
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import signed_in

pytestmark = pytest.mark.django_db


def test_where_i_stand_then_take_what_is_offered_and_give_it_up():
    pool, account = make_pool(supply=0, has_waiting_list=True), make_account()
    browser = signed_in(account)
    before = browser.get(f"/api/v1/pools/{pool.pk}").json()
    assert (before["stage"], before["verdict"], before["claim"]) == ("open", "granted", None)
    mine = claim(pool, account)
    waiting = browser.get(f"/api/v1/pools/{pool.pk}").json()
    assert (waiting["stage"], waiting["place"], waiting["seconds"]) == ("waiting", 1, 30)
    assert browser.post(f"/api/v1/claims/{mine.claim_id}/confirmation").status_code == 409
    services.add_supply(pool_id=pool.pk, count=1, by=None, now=clock.now())
    for _ in range(2):
        taken = browser.post(f"/api/v1/claims/{mine.claim_id}/confirmation").json()
        assert (taken["state"], taken["expires_at"]) == ("confirmed", None)
    for _ in range(2):
        assert browser.post(f"/api/v1/claims/{mine.claim_id}/return").json()["state"] == "returned"
    assert [each["state"] for each in browser.get("/api/v1/claims").json()["items"]] == ["returned"]
    assert browser.get(f"/api/v1/claims/{mine.claim_id}").json()["name"] == pool.name
