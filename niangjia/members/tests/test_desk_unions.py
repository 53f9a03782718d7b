"""The tree at the desk, and what officers change in it."""

import pytest
from django.urls import reverse

from niangjia.core import clock
from niangjia.core.models import AuditEntry
from niangjia.members import services
from niangjia.members.models import Membership, Post, Role
from niangjia.members.tests.factories.accounts import make_account, make_person
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.members.tests.factories.joining import make_application, make_membership
from niangjia.organisations.models import Status, Union
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(chain):
    """The chair of the county."""
    return officer_client(make_post(union=chain[2]))


def url(name, *args):
    return reverse(f"members:{name}", args=args)


def edited(union, client, **changes):
    form = client.get(url("union_edit", union.number)).context["form"]
    known = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in known.items() if value is not None} | changes
    return client.post(url("union_edit", union.number), data)


def test_the_tree_shows_figures_of_what_is_below_in_few_queries(
    chain, client, django_assert_num_queries
):
    make_membership(union=chain[3])
    make_application(union=chain[3])
    for _ in range(5):
        make_union(parent=chain[2])
    client.get(url("desk_union", chain[2].number))
    with django_assert_num_queries(8):
        page = client.get(url("desk_union", chain[2].number))
    assert chain[3].name in page.content.decode()
    assert page.context["row"].members == 1
    assert page.context["row"].open == 1


def test_the_search_stays_within_reach(chain, client):
    beside = make_union("隔壁小商品城工会")
    text = client.get(url("tree"), {"words": "小商品城"}).content.decode()
    assert chain[3].number in text
    assert beside.number not in text
    assert "没有这家工会" in client.get(url("tree"), {"words": "没有的"}).content.decode()


def test_editing_shows_on_the_public_page(chain, client):
    answer = edited(chain[3], client, introduction="欢迎来坐坐。", answer_working_days="5")
    assert answer.url == url("desk_union", chain[3].number)
    public = client.get(reverse("organisations:union", args=[chain[3].number])).content.decode()
    assert "欢迎来坐坐。" in public
    assert Union.objects.get(pk=chain[3].pk).answer_working_days == 5


def test_mistakes_come_back_beside_their_fields_with_what_was_typed(chain, client):
    answer = edited(chain[3], client, uscc="123", introduction="写了很久", answer_working_days="99")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "写了很久" in text
    assert "id_answer_working_days_error" in text
    wrong_code = edited(chain[3], client, uscc="81330782MC1234567X")
    assert "id_uscc_error" in wrong_code.content.decode()


def test_a_colleagues_newer_words_are_not_undone(chain, client):
    form = client.get(url("union_edit", chain[3].number)).context["form"]
    seen_at = form["seen_at"].value()
    edited(chain[3], client, introduction="同事写的")
    answer = edited(chain[3], client, introduction="我写的", seen_at=seen_at)
    assert answer.status_code == 422
    assert "我写的" in answer.content.decode()
    assert Union.objects.get(pk=chain[3].pk).introduction == "同事写的"


def test_founding_leads_to_appointing(chain, client):
    there = url("union_founding", chain[2].number)
    assert client.post(there, {"name": "", "kind": "grassroots"}).status_code == 422
    unknown = client.post(there, {"name": "新工会", "kind": "grassroots", "place": "无此地"})
    assert "没认出这个地方" in unknown.content.decode()
    answer = client.post(there, {"name": "新工会", "kind": "grassroots", "place": ""})
    founded = Union.objects.get(name="新工会")
    assert founded.parent == chain[2]
    assert answer.url == url("union_posts", founded.number)


def test_moving_takes_the_subtree_and_needs_both_ends_within_reach(chain, client):
    street = make_union("稠城街道总工会", parent=chain[2], kind="federation")
    there = url("union_move", chain[3].number)
    foreign = client.post(there, {"parent": make_union().number})
    assert "没有这家工会" in foreign.content.decode()
    assert client.post(there, {"parent": street.number}).status_code == 302
    assert Union.objects.get(pk=chain[3].pk).parent == street


def test_nobody_moves_or_dissolves_their_own_union(chain, client):
    for name in ("union_move", "union_dissolution"):
        assert client.get(url(name, chain[2].number)).status_code == 404


def test_dissolving_asks_and_loses_nobody(chain, client):
    member = make_membership(union=chain[3])
    waiting = make_application(union=chain[3])
    there = url("union_dissolution", chain[3].number)
    assert "会员仍是会员" in client.get(there).content.decode()
    assert Union.objects.get(pk=chain[3].pk).status == Status.ACTIVE
    client.post(there)
    assert Union.objects.get(pk=chain[3].pk).status == Status.DISSOLVED
    assert Membership.objects.get(pk=member.pk).union == chain[2]
    waiting.refresh_from_db()
    assert waiting.handled_by == chain[2]


def test_dissolving_ends_the_posts_there(chain, client):
    there = make_post(union=chain[3])
    client.post(url("union_dissolution", chain[3].number))
    there.refresh_from_db()
    assert there.ended_at is not None
    assert AuditEntry.objects.filter(action="post.ended", subject=f"post:{there.pk}").exists()
    services.delete_account(account=there.account, now=clock.now())


def test_who_a_dissolved_union_refused_is_reviewed_for_the_union_above(chain, client):
    refused = make_application(union=chain[3])
    services.decide_application(
        by=make_post(union=chain[3]),
        application=refused,
        verdict="refused",
        reason="你的单位已有工会，请向单位工会申请。",
        now=clock.now(),
    )
    client.post(url("union_dissolution", chain[3].number))
    review = services.request_review(
        account=refused.account, application=refused, statement="请再看", now=clock.now()
    )
    services.decide_application(
        by=make_post(union=chain[2]), application=review, verdict="admitted", now=clock.now()
    )
    assert Membership.objects.get(person=refused.person).union == chain[2]


def test_a_union_with_others_below_is_not_dissolved(chain):
    client = officer_client(make_post(union=chain[0]))
    answer = client.post(url("union_dissolution", chain[1].number))
    assert answer.status_code == 422
    assert Union.objects.get(pk=chain[1].pk).status == Status.ACTIVE


def test_appointing_by_phone_and_ending(chain, client):
    account = make_person(account=make_account(phone="+8613800001111"), name="赵主席").account
    there = url("union_posts", chain[3].number)
    data = {"phone": "138 0000 1111", "role": "chair", "reach": "subtree"}
    said = client.post(there, data, follow=True).content.decode()
    assert "赵主席" in said
    unknown = client.post(there, data | {"phone": "13800002222"}, follow=True).content.decode()
    assert "如果这个手机号登录过本站" in said
    assert "如果这个手机号登录过本站" in unknown
    again = client.post(there, data)
    assert again.status_code == 422
    post = Post.objects.get(account=account)
    assert client.get(url("post_ending", post.pk)).status_code == 200
    assert client.post(url("post_ending", post.pk)).status_code == 302
    post.refresh_from_db()
    assert post.ended_at
    assert client.post(url("post_ending", post.pk)).status_code == 409


def test_a_wrong_number_comes_back_as_typed(chain, client):
    data = {"phone": "12345", "role": "chair", "reach": "subtree"}
    answer = client.post(url("union_posts", chain[3].number), data)
    assert answer.status_code == 422
    assert 'value="12345"' in answer.content.decode()


def test_only_the_roles_one_may_appoint_to_are_offered(chain, client):
    own = client.get(url("union_posts", chain[2].number)).context["form"]
    below = client.get(url("union_posts", chain[3].number)).context["form"]
    assert {value for value, _ in own.fields["role"].choices} == set(Role) - {
        Role.CHAIR,
        Role.ADMINISTRATOR,
        Role.STAND_IN,
    }
    assert Role.CHAIR in [value for value, _ in below.fields["role"].choices]
