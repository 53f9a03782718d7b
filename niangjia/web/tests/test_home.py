import pytest
from django.urls import reverse

from niangjia.core import clock
from niangjia.members.models import Account, Notice
from niangjia.organisations.tests.factories import make_root, make_union

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
    with django_assert_max_num_queries(6):
        client.get("/")
