"""How many questions each page and operation asks that no other test of the room counts, with
twice as much to show as well: what stands on it costs nothing more."""

import datetime as dt

import pytest
from django.test import Client

from niangjia.core import protection
from niangjia.core.tests.costs import cost
from niangjia.feedback.models import CallBack
from niangjia.feedback.tests.factories import invite, make_order, rate
from niangjia.members.tests.factories.desk import officer_client, signed_in

pytestmark = pytest.mark.django_db
API = "/api/v1"
#: Closed, and so told of.
LAST_MONTH = dt.datetime(2026, 10, 10, 4, 0, tzinfo=dt.UTC)
OFFICER = {
    "/desk/ratings/call-backs/{call_back}/": 7,
    "/desk/ratings/invitations/{invitation}/": 5,
    "/desk/ratings/scores/": 11,
    "/desk/ratings/scores/{union}/": 11,
    f"{API}/desk/orders": 5,
    f"{API}/desk/orders/{{order}}": 8,
    f"{API}/desk/call-backs": 5,
    f"{API}/desk/signals": 4,
}
WORKER = {"/mine/ratings/{invitation}/": 9, f"{API}/ratings": 4, f"{API}/ratings/{{invitation}}": 7}
ANYBODY = {
    f"{API}/scores/{{union}}": 7,
    f"{API}/scores/{{union}}/answers": 2,
    f"{API}/ratings/links/{{token}}": 6,
}


def test_every_page_and_operation_at_its_cost(office):
    invitation, token = invite(office)
    order = make_order(office)
    with protection.working("test"):
        call_back = CallBack.objects.get()
    names = {
        "order": order.number,
        "invitation": invitation.pk,
        "call_back": call_back.pk,
        "union": office.union.number,
        "token": token,
    }
    who = (
        (officer_client(office.county), OFFICER),
        (signed_in(invitation.account), WORKER),
        (Client(), ANYBODY),
    )

    def costs():
        return {
            address: cost(client, address.format(**names))
            for client, addresses in who
            for address in addresses
        }

    for _number in range(10):
        rate(invite(office, now=LAST_MONTH).invitation, now=LAST_MONTH)
    assert costs() == OFFICER | WORKER | ANYBODY
    make_order(office)
    invite(office, person=invitation.person)
    for _number in range(10):
        rate(invite(office, item_key="aid", now=LAST_MONTH).invitation, now=LAST_MONTH)
    assert costs() == OFFICER | WORKER | ANYBODY
