"""Appointing and ending posts, and what current posts reach."""

import datetime as dt
from contextlib import contextmanager

import pytest
from django.utils import translation

from niangjia.core import clock
from niangjia.core.errors import Conflict, NotFound
from niangjia.core.models import AuditEntry, OutboxEvent
from niangjia.members import selectors, services
from niangjia.members.models import Post, Reach, Role
from niangjia.members.rules import Action
from niangjia.members.rules.notices import worded
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import make_post, officer_client
from niangjia.organisations.models import Status, Union
from niangjia.organisations.tests.factories import make_root, make_union

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)


@pytest.fixture
def tree():
    """A root, a city below it, a county below that."""
    root = make_root()
    city = make_union(parent=root, name="金华市总工会")
    return root, city, make_union(parent=city, name="义乌市总工会")


def event_of(prefix):
    """The one event about a post; founding the tree published others."""
    return OutboxEvent.objects.get(type__startswith=prefix)


@contextmanager
def refused(code):
    """A refusal of this sort."""
    with pytest.raises(Conflict) as raised:
        yield
    assert raised.value.code == code


def dissolved(union):
    """The same union, dissolved."""
    Union.objects.filter(pk=union.pk).update(status=Status.DISSOLVED, dissolved_date=NOW.date())
    union.refresh_from_db()
    return union


def appoint(by, union, role=Role.CHAIR, account=None, reach=Reach.SUBTREE):
    return services.appoint_post(
        by=by, account=account or make_account(), union=union, role=role, reach=reach, now=NOW
    )


def test_the_upper_union_appoints_a_chair(tree):
    _root, city, county = tree
    by = make_post(union=city).account
    post = appoint(by, county)
    assert (post.appointed_by_account_id, post.appointed_at) == (by.pk, NOW)
    assert selectors.current_posts(post.account) == [post]
    entry = AuditEntry.objects.get(action="post.appointed")
    assert (entry.account_id, entry.union_id) == (by.pk, county.pk)
    assert event_of("members.Post").payload["post_id"] == str(post.pk)


def test_a_chair_does_not_appoint_a_chair_of_their_own_union(tree):
    by = make_post(union=tree[2]).account
    with pytest.raises(NotFound):
        appoint(by, tree[2])
    assert appoint(by, tree[2], Role.MEMBERSHIP_OFFICER)


@pytest.mark.parametrize("role", [Role.MEMBERSHIP_OFFICER, Role.ANALYST])
def test_lower_roles_appoint_nobody(tree, role):
    by = make_post(union=tree[0], role=role).account
    with pytest.raises(NotFound):
        appoint(by, tree[2])


def test_a_union_beside_or_above_is_out_of_reach(tree):
    root, city, _county = tree
    by = make_post(union=make_union(parent=root)).account
    with pytest.raises(NotFound):
        appoint(by, city, Role.ANALYST)
    with pytest.raises(NotFound):
        appoint(by, root, Role.ANALYST)


def test_a_post_for_one_union_only_does_not_reach_below(tree):
    by = make_post(union=tree[1], reach=Reach.UNION).account
    with pytest.raises(NotFound):
        appoint(by, tree[2])
    with refused("reach-too-wide"):
        appoint(by, tree[1], Role.ANALYST)
    assert appoint(by, tree[1], Role.ANALYST, reach=Reach.UNION)


def test_nobody_appoints_themselves(tree):
    by = make_post(union=tree[1]).account
    with refused("oneself"):
        appoint(by, tree[2], account=by)


def test_never_twice(tree):
    by = make_post(union=tree[1]).account
    account = make_account()
    appoint(by, tree[2], account=account)
    with refused("already-held"):
        appoint(by, tree[2], account=account)


def test_not_at_a_dissolved_union_nor_to_a_closed_account(tree):
    by = make_post(union=tree[1]).account
    gone = dissolved(make_union(parent=tree[1]))
    with refused("dissolved"):
        appoint(by, gone)
    closed = make_account()
    closed.is_active = False
    closed.save()
    with refused("account-closed"):
        appoint(by, tree[2], account=closed)


def test_the_keeper_at_the_console_sets_up_the_root(tree):
    assert appoint(None, tree[0]).appointed_by_account_id is None


def test_ending_records_who_and_when_and_keeps_the_row(tree):
    by = make_post(union=tree[1]).account
    post = make_post(union=tree[2])
    services.end_post(by=by, post_id=post.pk, now=NOW)
    post.refresh_from_db()
    assert (post.ended_at, post.ended_by_account_id) == (NOW, by.pk)
    assert selectors.current_posts(post.account) == []
    payload = event_of("members.Post").payload
    assert payload["last_chair"] is True


def test_a_second_chair_left_means_not_the_last(tree):
    by = make_post(union=tree[1]).account
    post = make_post(union=tree[2])
    make_post(union=tree[2])
    services.end_post(by=by, post_id=post.pk, now=NOW)
    assert event_of("members.Post").payload["last_chair"] is False


def test_ending_twice_and_ending_ones_own_are_refused(tree):
    officer = make_post(union=tree[1])
    post = make_post(union=tree[2])
    services.end_post(by=officer.account, post_id=post.pk, now=NOW)
    with refused("already-ended"):
        services.end_post(by=officer.account, post_id=post.pk, now=NOW)
    own = make_post(account=officer.account, union=tree[2], role=Role.ANALYST)
    with refused("oneself"):
        services.end_post(by=officer.account, post_id=own.pk, now=NOW)


def test_out_of_reach_and_missing_posts_answer_the_same(tree):
    by = make_post(union=tree[2]).account
    above = make_post(union=tree[1])
    said = []
    for post_id in (above.pk, make_account().pk):
        with pytest.raises(NotFound) as raised:
            services.end_post(by=by, post_id=post_id, now=NOW)
        said.append(raised.value.code)
    assert said[0] == said[1]
    assert Post.objects.get(pk=above.pk).ended_at is None


def test_the_last_keeper_of_the_root_stays(tree):
    root = tree[0]
    chair = make_post(union=root)
    with refused("last-keeper"):
        services.end_post(by=None, post_id=chair.pk, now=NOW)
    make_post(union=root)
    assert services.end_post(by=None, post_id=chair.pk, now=NOW).ended_at == NOW


def test_current_posts_are_one_query(tree, django_assert_num_queries):
    account = make_account()
    for union in tree:
        make_post(account=account, union=union)
    make_post(account=account, union=tree[0], role=Role.ANALYST, ended_at=clock.now())
    with django_assert_num_queries(1):
        posts = selectors.current_posts(account)
        assert [post.union.name for post in posts] == [union.name for union in tree]


def test_reaches_take_only_the_posts_that_entitle(tree):
    account = make_account()
    make_post(account=account, union=tree[0], role=Role.ANALYST)
    make_post(account=account, union=tree[2], reach=Reach.UNION)
    posts = selectors.current_posts(account)
    assert [r.path for r in selectors.reaches(posts, Action.BROWSE)] == [
        tree[0].path,
        tree[2].path,
    ]
    (only,) = selectors.reaches(posts, Action.DECIDE_APPLICATIONS)
    assert (only.path, only.subtree) == (tree[2].path, False)


def test_the_nearest_post_acts_and_nobody_moves_their_own_union(tree):
    account = make_account()
    make_post(account=account, union=tree[0])
    near = make_post(account=account, union=tree[1])
    posts = selectors.current_posts(account)
    assert selectors.find_acting_post(posts, Action.EDIT_UNION, tree[2].path) == near
    alone = [near]
    assert selectors.find_acting_post(alone, Action.MOVE_UNIONS, tree[1].path) is None
    assert selectors.find_acting_post(alone, Action.MOVE_UNIONS, tree[2].path) == near
    with pytest.raises(NotFound):
        selectors.access_acting_post(alone, Action.EDIT_UNION, tree[0].path)


def test_a_closed_account_and_a_dissolved_union_give_no_post(tree):
    post = make_post(union=dissolved(make_union(parent=tree[0])))
    assert selectors.current_posts(post.account) == []
    other = make_post(union=tree[1])
    other.account.is_active = False
    other.account.save()
    assert selectors.current_posts(other.account) == []


@pytest.mark.django_db(transaction=True)
def test_a_kept_inbox_opens_no_more_once_the_post_has_ended(tree):
    """Promise 34, with the desk's page kept from the request before."""
    post = make_post(union=tree[2])
    browser = officer_client(post)
    # The first answer brings the browser its token; from the second on the page is kept.
    assert [browser.get("/desk/").status_code for _time in range(3)] == [200, 200, 200]
    above = make_post(union=tree[1]).account
    services.end_post(by=above, post_id=post.pk, now=clock.now())
    assert browser.get("/desk/").status_code == 404


def test_whoever_is_appointed_or_ended_is_told_in_their_language():
    union = make_union("小商品城工会")
    account = make_account()
    post = services.appoint_post(
        by=None, account=account, union=union, role=Role.ANALYST, now=clock.now()
    )
    services.end_post(by=None, post_id=post.pk, now=clock.now())
    ended, appointed = account.notices.order_by("-id")
    assert (appointed.kind, appointed.url) == ("post.appointed", "/desk/")
    assert "统计分析员" in worded(appointed).text
    with translation.override("en"):
        assert "Analyst" in worded(ended).text
    assert worded(ended).title == "你在小商品城工会的职务已免去"
