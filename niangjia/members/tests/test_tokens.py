"""The page of a person's tokens."""

import pytest

from niangjia.core import clock
from niangjia.core.models import AuditEntry
from niangjia.members import services
from niangjia.members.models import ApiToken
from niangjia.members.services import tokens
from niangjia.members.tests.factories.accounts import make_account

pytestmark = pytest.mark.django_db
GOOD = {"name": "我的程序", "scopes": ["read"], "days": "90"}


@pytest.fixture
def account():
    return make_account()


@pytest.fixture
def page(client, account):
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_token_is_made_shown_once_and_works(page, account):
    response = page.post("/mine/tokens/", GOOD)
    assert response.status_code == 201
    text = response.context["text"]
    assert text in response.content.decode()
    assert text not in page.get("/mine/tokens/").content.decode()
    assert services.use_token(text=text, now=clock.now()).account == account
    assert AuditEntry.objects.filter(action="token.created", account_id=account.pk).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 61},
        {"scopes": []},
        {"scopes": ["all"]},
        {"days": "9999"},
        {"days": "x"},
        {"name": "a\x00b"},
        {"scopes": ["desk"]},
        {"name": " "},
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(page, wrong):
    response = page.post("/mine/tokens/", {**GOOD, **wrong})
    assert response.status_code == 422
    assert not ApiToken.objects.exists()
    assert response.context["form"].errors


def test_a_person_has_twenty_at_most(page, account):
    for _ in range(tokens.MAX_TOKENS):
        services.create_token(
            by=account, name="x", scopes=["read"], days=1, second_factor=False, now=clock.now()
        )
    assert page.post("/mine/tokens/", GOOD).status_code == 422


def test_revoking_ends_it(page, account):
    _, row = services.create_token(
        by=account, name="x", scopes=["read"], days=1, second_factor=False, now=clock.now()
    )
    response = page.post(f"/mine/tokens/{row.pk}/revocation/", follow=True)
    assert "已撤销" in response.content.decode()


def test_nobody_revokes_what_is_not_theirs(page):
    _, row = services.create_token(
        by=make_account(), name="x", scopes=["read"], days=1, second_factor=False, now=clock.now()
    )
    page.raise_request_exception = False
    assert page.post(f"/mine/tokens/{row.pk}/revocation/").status_code == 404
    row.refresh_from_db()
    assert row.revoked_at is None


def test_the_page_is_for_who_is_signed_in(client):
    assert client.get("/mine/tokens/").status_code == 302


def test_twenty_tokens_cost_no_more_than_one(page, account, django_assert_max_num_queries):
    for _ in range(20):
        services.create_token(
            by=account, name="x", scopes=["read"], days=1, second_factor=False, now=clock.now()
        )
    with django_assert_max_num_queries(8):
        page.get("/mine/tokens/")
