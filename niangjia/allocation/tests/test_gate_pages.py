"""Gates by their operations, and how much the pages of gates and codes ask of the database."""

import pytest
from django.urls import reverse

from niangjia.allocation.models import Steward
from niangjia.allocation.tests.gates import MINUTE, make_gate, make_steward, scan, send
from niangjia.core import clock
from niangjia.core.tests.costs import cost
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, signed_in

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def gate(db):
    """Two people may come in; one of them came twice."""
    made, made_parts = make_gate()
    made.parts, made.steward = made_parts, make_steward(made)
    now, part = clock.now(), made_parts[0]
    send(made, made.steward, scan(made, part, now), scan(made, part, now + MINUTE, door="西门"))
    return made


@pytest.fixture
def desk(gate):
    return signed_in(make_post(union=gate.union).account)


class TestByTheApi:
    def test_stewards_are_named_and_ended(self, gate, desk):
        there = f"/api/v1/desk/gates/{gate.pk}/stewards"
        account = make_account()
        for _twice in range(2):
            named = desk.post(there, {"phone": account.phone}, content_type=JSON)
            assert named.status_code == 201
        assert len(named.json()["items"]) == 2
        assert account.phone not in named.content.decode(), "masked"
        nobody = desk.post(there, {"phone": "13900000009"}, content_type=JSON)
        assert nobody.status_code == 422
        steward = Steward.objects.get(account=account)
        left = desk.delete(f"{there}?steward={steward.pk}").json()["items"]
        assert [each["id"] for each in left] == [str(Steward.objects.get(account=gate.steward).pk)]
        assert desk.get(there).json()["items"] == left

    def test_what_is_to_be_looked_at_is_judged_once(self, gate, desk):
        (listed,) = desk.get("/api/v1/desk/gates").json()["items"]
        assert (listed["came"], listed["conflicts"]) == (1, 1)
        there = f"/api/v1/desk/gates/{gate.pk}/conflicts"
        (conflict,) = desk.get(there).json()["items"]
        assert (conflict["problem"], conflict["door"]) == ("again", "西门")
        judge = f"/api/v1/desk/gates/entries/{conflict['id']}/judgement"
        wrong = desk.post(judge, {"judgement": "nonsense"}, content_type=JSON)
        assert wrong.status_code == 422
        judged = desk.post(judge, {"judgement": "harmless"}, content_type=JSON).json()
        assert (judged["state"], judged["judgement"]) == ("settled", "harmless")
        again = desk.post(judge, {"judgement": "misused"}, content_type=JSON)
        assert again.status_code == 409
        assert desk.get(there).json()["items"] == []


def test_queries_of_gates_and_codes(gate, desk):
    """They do not grow with how many came, nor with how much is to be looked at."""
    steward, holder = signed_in(gate.steward), signed_in(gate.parts[0].account)
    pages = {
        (steward, reverse("allocation:gates")): 4,
        (steward, reverse("allocation:gate", args=[gate.pk])): 4,
        (holder, reverse("allocation:code", args=[gate.parts[0].pk])): 7,
        (holder, reverse("allocation:code_alone", args=[gate.parts[0].pk])): 5,
        (desk, reverse("allocation:desk_gates")): 4,
        (desk, reverse("allocation:desk_gate", args=[gate.pk])): 7,
    }
    found = {(browser, there): cost(browser, there) for browser, there in pages}
    assert list(found.values()) == list(pages.values())
    now, part = clock.now(), gate.parts[1]
    send(gate, gate.steward, *(scan(gate, part, now + number * MINUTE) for number in range(4)))
    again = {(browser, there): cost(browser, there) for browser, there in pages}
    assert again == found
