"""Tokens do what their scopes say; a write has one effect a key (promises 14, 20, 34)."""

import datetime as dt
import json

import pytest
from django.test import Client

from niangjia.core import clock
from niangjia.core.models import OutboxEvent
from niangjia.members import services
from niangjia.members.models import ApiToken
from niangjia.members.tests.factories.accounts import make_account

pytestmark = [pytest.mark.django_db, pytest.mark.urls("niangjia.api_root.tests.operations")]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def account():
    return make_account()


def token(account, *scopes, second_factor=False, days=30):
    return services.create_token(
        by=account,
        name="mine",
        scopes=scopes or ["read", "write"],
        days=days,
        second_factor=second_factor,
        now=clock.now(),
    )


@pytest.fixture
def ask():
    client = Client(raise_request_exception=False)

    def send(method, address, text="", body=None, **headers):
        if text:
            headers["Authorization"] = f"Bearer {text}"
        return client.generic(
            method.upper(),
            f"/api/t/{address}",
            json.dumps(body) if body else "",
            "application/json",
            headers=headers,
        )

    return send


def make(ask, text, name="thing", key="key-00001"):
    return ask("post", "things", text, {"name": name}, **{"Idempotency-Key": key})


def effects(name="thing"):
    return OutboxEvent.objects.filter(type=name).count()


class TestTokens:
    def test_a_token_is_its_owner(self, ask, account):
        text, row = token(account)
        response = ask("get", "me", text)
        assert response.json() == {"id": str(account.pk), "second_factor": False}
        assert not response.cookies
        row.refresh_from_db()
        assert row.last_used_at

    @pytest.mark.parametrize("text", ["nj_made-up", "x", "", "nj_é", "nj_\x01"])
    def test_anything_else_is_nobody(self, ask, text):
        response = ask("get", "me", text)
        assert response.status_code == 401
        assert response["WWW-Authenticate"].startswith("Bearer")

    def test_its_text_is_nowhere_in_the_database(self, account):
        text, _ = token(account)
        row = ApiToken.objects.values().get()
        assert text not in repr(row)
        assert text[:-4] not in repr(row)

    def test_it_ends_at_once_when_it_is_revoked(self, ask, account):
        text, row = token(account)
        for _ in range(2):
            services.revoke_token(by=account, token_id=row.pk, now=clock.now())
        assert ask("get", "me", text).status_code == 401

    def test_it_ends_when_it_expires(self, ask, account):
        text, _ = token(account, days=1)
        with clock.stopped_at(clock.now() + dt.timedelta(days=1, seconds=1)):
            assert ask("get", "me", text).status_code == 401

    def test_it_ends_with_its_account(self, ask, account):
        text, _ = token(account)
        account.is_active = False
        account.save()
        assert ask("get", "me", text).status_code == 401

    def test_what_may_only_read_cannot_write(self, ask, account):
        text, _ = token(account, "read")
        assert ask("get", "me", text).status_code == 200
        for key in ({}, {"Idempotency-Key": "key-00001"}):
            assert ask("post", "things", text, {"name": "thing"}, **key).status_code == 403
        assert effects() == 0

    def test_the_desk_needs_a_second_factor_at_its_making(self, account):
        from niangjia.core.errors import Invalid

        with pytest.raises(Invalid) as refusal:
            token(account, "desk")
        assert refusal.value.code == "second-factor"

    @pytest.mark.parametrize(("scopes", "passed"), [(("read",), False), (("read", "desk"), True)])
    def test_only_the_desk_s_scope_carries_the_second_factor(self, ask, account, scopes, passed):
        text, _ = token(account, *scopes, second_factor=True)
        assert ask("get", "me", text).json()["second_factor"] is passed


class TestSessions:
    def client(self, account):
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.force_login(account, backend=BACKEND)
        return client

    def test_a_session_reads(self, account):
        assert self.client(account).get("/api/t/me").json()["id"] == str(account.pk)

    def test_a_session_writes_only_from_a_page_of_ours(self, account):
        response = self.client(account).post(
            "/api/t/things", {"name": "thing"}, content_type="application/json"
        )
        assert (response.status_code, response.json()["code"]) == (403, "csrf")
        assert effects() == 0

    def test_nobody_is_told_to_sign_in_not_about_csrf(self):
        response = Client(enforce_csrf_checks=True).post(
            "/api/t/things", {"name": "thing"}, content_type="application/json"
        )
        assert response.status_code == 401


class TestKeys:
    def test_the_same_again_has_one_effect_and_one_answer(self, ask, account):
        text, _ = token(account)
        first, second = make(ask, text), make(ask, text)
        assert first.status_code == second.status_code == 201
        assert first.content == second.content
        assert second["Idempotent-Replayed"] == "true"
        assert "Idempotent-Replayed" not in first
        assert effects() == 1

    def test_control_without_the_key_it_has_two(self, ask, account):
        text, _ = token(account)
        for _ in range(2):
            ask("post", "things", text, {"name": "thing"})
        assert effects() == 2

    def test_a_changed_body_is_refused(self, ask, account):
        text, _ = token(account)
        make(ask, text)
        response = make(ask, text, "other")
        assert (response.status_code, response.json()["code"]) == (422, "idempotency-key-reused")
        assert effects("other") == 0

    def test_what_was_refused_can_be_corrected(self, ask, account):
        text, _ = token(account)
        assert make(ask, text, "conflict").status_code == 409
        assert make(ask, text).status_code == 201

    def test_a_breakdown_leaves_nothing(self, ask, account):
        text, _ = token(account)
        response = make(ask, text, "broken")
        assert response.status_code == 500
        assert "mistake" not in response.content.decode()
        assert effects("broken") == 0

    @pytest.mark.parametrize("key", ["short", "with a space", "x" * 201])
    def test_a_key_that_is_none_is_refused(self, ask, account, key):
        text, _ = token(account)
        assert make(ask, text, key=key).status_code == 422
        assert effects() == 0


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_what_is_not_json_is_refused(account, content_type):
    text, _ = token(account)
    response = Client().generic(
        "POST",
        "/api/t/things",
        '{"name": "x"}',
        content_type,
        headers={"Authorization": f"Bearer {text}"},
    )
    assert (response.status_code, response.json()["code"]) == (415, "not-json")
