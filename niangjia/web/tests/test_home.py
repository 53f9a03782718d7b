import datetime as dt

import pytest
from django.urls import reverse

from niangjia.activities.tests.factories import make_activity
from niangjia.benefits.tests.factories import make_benefit, make_coupon
from niangjia.core import clock
from niangjia.members.models import Account, Notice
from niangjia.members.tests.factories.desk import make_post, signed_in
from niangjia.members.tests.factories.joining import make_membership
from niangjia.organisations.tests.factories import make_division, make_root, make_union
from niangjia.places.tests.factories import make_place
from niangjia.regions.rules import places

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    return Account.objects.create_user("+8613800000001")


def tell(account):
    """Something to read, whatever it says."""
    Notice.objects.create(account=account, kind="application.admitted", created_at=clock.now())


def test_a_visitor_costs_one_query(client, django_assert_num_queries):
    client.get("/")
    with django_assert_num_queries(1):
        answer = client.get("/")

    assert answer.status_code == 200


def test_the_figures_are_exact_at_once(client):
    root = make_root()
    before = client.get("/").text
    make_union(parent=root)
    after = client.get("/").text

    unions = '<dd class="figure-value">{}</dd>'
    assert unions.format(1) in before
    assert unions.format(2) in after


def test_an_empty_tree_shows_no_figures(client):
    assert "figure-value" not in client.get("/").text


def test_a_kept_page_is_kept_for_its_language_and_display(client):
    chinese = client.get("/", headers={"accept-language": "zh-CN"}).text
    english = client.get("/", headers={"accept-language": "en"}).text
    client.cookies["display"] = "dark.elder"
    elder = client.get("/", headers={"accept-language": "zh-CN"}).text

    assert "入会只要三步" in chinese
    assert "Joining takes three steps" in english
    assert "标准模式" in elder
    assert "标准模式" not in chinese


def test_caches_between_us_and_the_reader_are_told(client):
    vary = client.get("/").headers["Vary"]

    assert "Cookie" in vary
    assert "Accept-Language" in vary


def test_somebody_signed_in_sees_what_is_theirs(client, account):
    client.force_login(account)
    assert "眼下没有要你办的事" in client.get("/").text

    tell(account)
    page = client.get("/").text

    assert reverse("members:notices") in page
    assert '1<span class="visually-hidden"> 条未读</span>' in page


def test_one_persons_page_is_never_kept_for_another(client, account):
    tell(account)
    client.force_login(account)
    client.get("/")
    client.logout()

    assert "条未读" not in client.get("/").text


def test_signed_in_costs_a_bounded_number_of_queries(
    client, account, django_assert_max_num_queries
):
    client.force_login(account)
    client.get("/")
    with django_assert_max_num_queries(15):
        client.get("/")


def test_what_waits_in_any_room_stands_first(client):
    post = make_post()
    member = make_membership(union=post.union).person
    ending = make_benefit(post, valid_until=clock.now() + dt.timedelta(days=2))
    coupon = make_coupon(ending, member.account)

    page = signed_in(member.account).get("/").text

    leads_there = f'href="{reverse("benefits:coupon", args=[coupon.number])}"'
    assert page.index(leads_there) < page.index("在这里能办什么")
    assert leads_there not in client.get("/").text


#: A Monday, two in the afternoon in China.
NOW = dt.datetime(2026, 11, 23, 6, 0, tzinfo=dt.UTC)


@clock.stopped_at(NOW)
def test_around_the_chosen_place_is_what_one_may_find_there(client):
    union = make_union(parent=make_root(), division=make_division("义乌市"))
    make_place(union, name="江滨驿站")
    make_place(union, name="夜间驿站", hours="Mo-Su 18:00-22:00", longitude=120.08)
    make_activity(union, name="周末健步走")
    make_activity(union, name="会员座谈", seen_by=union)
    assert "江滨驿站" not in client.get("/").text
    client.cookies[places.COOKIE] = union.division_id

    visitors = client.get("/").text
    members = signed_in(make_membership(union=union).person.account).get("/").text

    for page in (visitors, members):
        assert "义乌附近" in page
        assert "江滨驿站" in page
        assert "夜间驿站" not in page
        assert "周末健步走" in page
    assert "会员座谈" in members
    assert "会员座谈" not in visitors
