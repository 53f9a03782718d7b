"""A union says which of its own work outdoors: one by one, and many at one go."""

import pytest
from django.urls import reverse

from niangjia.core.models import AuditEntry
from niangjia.members.models import Membership, Notice, Role
from niangjia.members.services.memberships import place_member
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.members.tests.factories.joining import MONDAY, make_chain, make_membership
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db
REASON = "环卫班组，常年在户外作业。"
JSON = "application/json"


@pytest.fixture
def post():
    """The membership officer of a county, below which a cleaning company has a union."""
    return make_post(union=make_chain()[2], role=Role.MEMBERSHIP_OFFICER)


@pytest.fixture
def crew(post):
    """Three of its members."""
    union = post.union.children.get()
    return [make_membership(union=union) for _each in range(3)]


def page(union):
    return reverse("members:union_workplaces", args=[union.number])


def typed(members, **changes):
    numbers = "\n".join(each.spaced_number for each in members)
    return {"workplace": "outdoors", "numbers": numbers, "reason": REASON} | changes


def outdoors():
    return set(Membership.objects.filter(workplace="outdoors").values_list("pk", flat=True))


def test_many_at_one_go_each_is_told_and_again_is_nothing(post, crew, django_assert_num_queries):
    client, union = officer_client(post), crew[0].union
    there = page(union)
    assert there in client.get(reverse("members:desk_union", args=[union.number])).content.decode()
    for _twice in range(2):
        assert client.post(there, typed(crew[:2])).status_code == 302
    assert outdoors() == {crew[0].pk, crew[1].pk}
    assert Notice.objects.filter(kind="membership.corrected").count() == 2
    assert AuditEntry.objects.filter(action="membership.corrected").count() == 2
    step = crew[0].changes.order_by("id").last()
    assert step.particulars == {"workplace": {"before": "", "after": "outdoors"}}
    with django_assert_num_queries(5):
        shown = client.get(there).content.decode()
    assert "<dd>2</dd>" in shown
    assert crew[0].person.name not in shown, "who somebody is takes a purpose"


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"numbers": ""}, "numbers", "请填写"),
        ({"numbers": "12 34"}, "numbers", "不是本工会的会员：1234"),
        ({"workplace": "moon"}, "workplace", ""),
        ({"reason": "短"}, "reason", ""),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_written(
    post, crew, changes, field, said
):
    answer = officer_client(post).post(page(crew[0].union), typed(crew, **changes))
    assert answer.status_code == 422
    assert f"id_{field}_error" in answer.content.decode()
    assert said in answer.content.decode()
    assert not outdoors()


def test_a_stranger_among_them_keeps_all_out(post, crew):
    stranger = make_membership(union=make_union())
    answer = officer_client(post).post(page(crew[0].union), typed([*crew, stranger]))
    assert answer.status_code == 422
    assert not outdoors()


def test_by_operation_and_gone_with_the_union(post, crew):
    client, union = officer_client(post), crew[0].union
    there = f"/api/v1/desk/unions/{union.number}/workplaces"
    body = {
        "numbers": [each.number for each in crew],
        "workplace": "outdoors",
        "reason": REASON,
    }
    answers = [client.post(there, body, content_type=JSON).json() for _twice in range(2)]
    assert answers == [{"changed": 3, "outdoors": 3}, {"changed": 0, "outdoors": 3}]
    unreached = f"/api/v1/desk/unions/{make_union().number}/workplaces"
    assert client.post(unreached, body, content_type=JSON).status_code == 404
    moved = place_member(
        person=crew[0].person,
        union=make_union(),
        employer_name="别家",
        job="文员",
        by_account_id=None,
        now=MONDAY,
    )
    assert moved.workplace == "", "the next union says anew"
