"""Linked cases on the desk and by the interface for programs."""

import json

import pytest

from niangjia.cases import services
from niangjia.cases.models import CaseLink
from niangjia.cases.tests.factories import fresh, make_case
from niangjia.core import clock, protection
from niangjia.members.tests.factories.accounts import make_person
from niangjia.members.tests.factories.desk import make_post, officer_client

pytestmark = pytest.mark.django_db
REASON = "两件事不是同一件，诉求不同"


@pytest.fixture
def client(chain):
    return officer_client(make_post(union=chain[3], account=make_person().account))


@pytest.fixture
def cases(chain):
    return make_case(union=chain[3]), make_case(union=chain[3])


def there(case, *more):
    return "/".join(["/desk/cases", case.number, "links", *more, ""])


def link_of(case):
    with protection.working("test"):
        return CaseLink.objects.get(case=case)


def test_a_proposal_stands_on_the_page_and_is_answered(client, cases):
    earlier, later = cases
    services.propose_link(case_id=later.pk, other_id=earlier.pk, now=clock.now())
    assert earlier.number in client.get(f"/desk/cases/{later.number}/").content.decode()
    page = client.get(there(later)).content.decode()
    assert earlier.number in page
    assert "建议关联" in page
    client.post(there(later, "confirmation"), {"link": str(link_of(later).pk)})
    assert link_of(later).state == "confirmed"
    assert "并入" in client.get(there(later)).content.decode()


def test_linking_ending_and_taking_apart(client, cases):
    earlier, later = cases
    wrong = client.post(there(later), {"other": "123", "kind": "duplicate"})
    assert wrong.status_code == 422
    assert "看不到这个编号" in wrong.content.decode()
    client.post(there(later), {"other": f" {earlier.number} ", "kind": "duplicate"})
    link = str(link_of(later).pk)
    client.post(there(later, "merger"), {"link": link})
    assert fresh(later).result == "merged"
    short = client.post(there(later, "end"), {"link": link, "reason": "错了"})
    assert short.status_code == 422
    assert "错了" in short.content.decode()
    client.post(there(later, "end"), {"link": link, "reason": REASON})
    assert fresh(later).state == "open"


@pytest.mark.parametrize("link", ["", "x", "019a0000-0000-7000-8000-000000000000"])
def test_a_link_of_another_case_is_not_there(client, cases, chain, link):
    others = make_case(union=chain[3]), make_case(union=chain[3])
    made = services.propose_link(case_id=others[0].pk, other_id=others[1].pk, now=clock.now())
    for key in (link, str(made.pk)):
        answer = client.post(there(cases[0], "confirmation"), {"link": key})
        assert answer.status_code == 404
    assert link_of(others[0]).state == "proposed"


def test_the_list_takes_the_same_queries_however_many_links(
    client, cases, chain, django_assert_num_queries, django_assert_max_num_queries
):
    earlier, later = cases
    services.propose_link(case_id=later.pk, other_id=earlier.pk, now=clock.now())
    client.get(there(later))
    with django_assert_max_num_queries(20) as first:
        client.get(there(later))
    for _n in range(3):
        more = make_case(union=chain[3])
        services.propose_link(case_id=later.pk, other_id=more.pk, now=clock.now())
    with django_assert_num_queries(len(first)):
        client.get(there(later))


def test_the_operations_do_the_same(client, cases):
    earlier, later = cases
    base = f"/api/v1/desk/cases/{later.number}/links"

    def send(path="", **body):
        return client.post(f"{base}{path}", json.dumps(body), content_type="application/json")

    made = send(other=earlier.number, kind="duplicate")
    assert made.status_code == 201
    (row,) = made.json()["items"]
    assert (row["number"], row["is_later"]) == (earlier.number, True)
    assert send("/merger", link=row["id"]).json()["items"][0]["merged_at"]
    assert send("/end", link=row["id"], reason="短").status_code == 422
    assert send("/end", link=row["id"], reason=REASON).json()["items"] == []
    assert client.get(base).json() == {"items": [], "next": None}
    assert send("/confirmation", link=row["id"]).status_code == 409
    assert send("/rejection", link=row["id"]).status_code == 409
