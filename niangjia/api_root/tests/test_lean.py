"""The lean door for claims answers what the site would, in the same words."""

import datetime as dt
import json

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from niangjia.allocation.models import Claim, Stock
from niangjia.allocation.tests.factories import answer_under, claim, make_pool
from niangjia.api_root import throttling
from niangjia.api_root.tests.lean import ask, bearer, browser, token_of
from niangjia.core import clock
from niangjia.members.models import Account, ApiToken, Scope
from niangjia.members.tests.factories.accounts import make_account
from niangjia.members.tests.factories.desk import signed_in
from niangjia.organisations.tests.factories import make_union

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "key-12345678"
#: Of each answer its own; and by what it varies, which matters to nobody, since nobody keeps it.
OWN = {"X-Request-ID", "Content-Length", "Vary"}


def hour(number):
    return clock.now() + dt.timedelta(hours=number)


def used_key(account, _pool):
    claim(make_pool(), account, "key-12345678")


def key_of_another_operation(account, _pool):
    answer_under(account, "key-12345678")


REFUSED = {
    "has-share": lambda account, pool: claim(pool, account),
    "sold-out": lambda account, pool: Stock.objects.filter(pool=pool).update(supply=0),
    "not-open": lambda account, pool: type(pool).objects.update(opens_at=hour(0.5)),
    "closed": lambda account, pool: type(pool).objects.update(closes_at=hour(-0.5)),
    "not-a-member": lambda account, pool: type(pool).objects.update(reach=make_union()),
    "not-verified": lambda account, pool: type(pool).objects.update(needs_real_name=True),
    "asks-more": lambda account, pool: type(pool).objects.update(asks_more=True),
    "cancelled": lambda account, pool: type(pool).objects.update(cancelled_at=hour(0)),
    "idempotency-key-reused": used_key,
    "idempotency-key-reused elsewhere": key_of_another_operation,
    "not-found": lambda account, pool: setattr(pool, "pk", account.pk),
}


class TestAnswersLikeTheSite:
    @pytest.mark.parametrize("code", REFUSED)
    @pytest.mark.parametrize("language", ["zh-CN", "en"])
    def test_what_it_refuses(self, door, site, code, language):
        pool, account = make_pool(), make_account()
        REFUSED[code](account, pool)
        told = {"language": language, "HTTP_IDEMPOTENCY_KEY": "key-12345678", **bearer(account)}
        ours = ask(door, pool, **told)
        assert not site.asked
        theirs = ask(door, pool, query="by=site", **told)
        assert site.asked
        assert ours.said["code"] == code.split()[0]
        same(ours, theirs)

    def test_what_it_grants_by_session_and_by_token(self, door, site):
        pool = make_pool(supply=4)
        for way in (bearer, browser):
            ours = ask(door, pool, **way(make_account()))
            assert not site.asked
            theirs = ask(door, pool, query="by=site", **way(make_account()))
            site.asked.clear()
            assert ours.status == theirs.status == 201
            assert ours.said.keys() == theirs.said.keys()
            assert ours.said["verdict"] == "granted"
            assert Claim.objects.filter(pk=ours.said["claim_id"]).exists()
            same_headers(ours, theirs)

    def test_what_is_held_until_it_is_confirmed(self, door):
        pool, told = make_pool(confirm_minutes=5), bearer(make_account())
        told["HTTP_IDEMPOTENCY_KEY"] = "key-12345678"
        ours = ask(door, pool, **told)
        again = ask(door, pool, **told)
        theirs = ask(door, pool, query="by=site", **told)
        assert ours.said["verdict"] == "held"
        assert ours.said == again.said == theirs.said
        assert "Idempotent-Replayed" not in ours.headers
        same_headers(again, theirs)
        assert Claim.objects.count() == 1

    def test_a_key_of_a_claim_stands_for_nothing_else(self, door, site):
        """At either door, and for pages; the control is another key."""
        account = make_account()
        assert ask(door, make_pool(), **bearer(account), HTTP_IDEMPOTENCY_KEY=KEY).status == 201
        assert not site.asked
        client, form = signed_in(account), {"name": "报表", "scopes": ["read"], "days": "30"}
        for key, told, shown, made in ((KEY, 422, 422, 0), ("another-12345678", 200, 201, 1)):
            said = client.post("/api/v1/me/export", headers={"Idempotency-Key": key})
            assert said.status_code == told
            key = key[::-1] if made else KEY
            page = client.post(reverse("members:tokens"), {"idempotency_key": key, **form})
            assert page.status_code == shown
            assert ApiToken.objects.filter(name="报表").count() == made

    def test_how_many_parts_are_wanted(self, door, site):
        pool = make_pool(parts_max=3)
        told = {"CONTENT_TYPE": "application/json"}
        ours = ask(door, pool, body=b'{"parts": 2}', **bearer(make_account()), **told)
        assert ours.status == 201
        assert Claim.objects.get().parts == 2
        refused = ask(door, pool, body=b'{"parts": 9}', **bearer(make_account()), **told)
        assert refused.said["code"] == "too-many-parts"
        assert not site.asked

    def test_a_claim_is_for_whoever_asks_whomever_it_names(self, door, site):
        pool, other = make_pool(), make_account()
        named = json.dumps({"parts": 1, "account_id": str(other.pk), "account": other.phone})
        told = {"body": named.encode(), "CONTENT_TYPE": "application/json"}
        for query in ("", "by=site"):
            asker = make_account()
            answer = ask(door, pool, query=query, **bearer(asker), **told)
            assert answer.status == 201
            assert Claim.objects.get(pk=answer.said["claim_id"]).account == asker
        assert not Claim.objects.filter(account=other).exists()


def same(ours, theirs):
    assert ours.status == theirs.status
    said = [{**line.said, "request_id": ""} for line in (ours, theirs)]
    assert said[0] == said[1]
    assert ours.said["request_id"] == ours.headers["X-Request-ID"]
    same_headers(ours, theirs)


def same_headers(ours, theirs):
    """The policy's parts come in any order."""
    kept = [
        {
            name: sorted(value.replace(";", ",").replace(" ", "").split(","))
            for name, value in line.headers.items()
            if name not in OWN
        }
        for line in (ours, theirs)
    ]
    assert kept[0] == kept[1]


LEFT_TO_THE_SITE = {
    "nobody": (401, lambda account: {}),
    "a foreign page": (403, lambda account: browser(account) | {"HTTP_ORIGIN": "http://evil"}),
    "a forged form": (403, lambda account: browser(account) | {"HTTP_X_CSRFTOKEN": "x" * 32}),
    "a token that reads": (
        403,
        lambda account: {"HTTP_AUTHORIZATION": f"Bearer {token_of(account, Scope.READ)}"},
    ),
    "an unknown token": (401, lambda account: {"HTTP_AUTHORIZATION": "Bearer nj_unknown"}),
    "another name": (400, lambda account: bearer(account) | {"HTTP_HOST": "evil.example"}),
    "a short key": (422, lambda account: bearer(account) | {"HTTP_IDEMPOTENCY_KEY": "short"}),
    "a form": (
        415,
        lambda account: bearer(account) | {"body": b"a=b", "CONTENT_TYPE": "text/plain"},
    ),
    "a wrong body": (
        422,
        lambda account: (
            bearer(account) | {"body": b'{"parts":0}', "CONTENT_TYPE": "application/json"}
        ),
    ),
}


class TestLeavesToTheSite:
    @pytest.mark.parametrize("what", LEFT_TO_THE_SITE)
    def test_whatever_is_odd(self, door, site, what):
        status, told = LEFT_TO_THE_SITE[what]
        pool = make_pool()
        assert ask(door, pool, **told(make_account())).status == status
        assert len(site.asked) == 1
        assert not Claim.objects.exists()

    def test_whoever_lost_their_account_their_session_or_their_password(self, door, site):
        """Promise 34: on the next request."""
        pool = make_pool()
        ways = [way(make_account()) for way in (browser, browser, browser, bearer)]
        lost = Account.objects.order_by("created_at")
        Account.objects.filter(pk__in=[lost[0].pk, lost[3].pk]).update(is_active=False)
        Account.objects.filter(pk=lost[1].pk).update(password="other")
        Session.objects.filter(session_key=ways[2]["HTTP_COOKIE"][8:40]).delete()
        assert [ask(door, pool, **way).status for way in ways] == [401] * 4
        assert not Claim.objects.exists()

    def test_whoever_asks_without_end(self, door, site, settings, monkeypatch):
        settings.NIANGJIA_API_REQUESTS_PER_MINUTE = 3
        monkeypatch.setattr(throttling, "counter", throttling.Counter())
        told = bearer(make_account())
        statuses = [ask(door, make_pool(), **told).status for _turn in range(5)]
        assert statuses[:3] == [201, 201, 201]
        assert statuses[-1] == 429
