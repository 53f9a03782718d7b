"""Promise 10: every route × role × foreign object is refused just as a missing object is."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

import pytest
from django.test import Client
from django.urls import path, reverse

from niangjia.api_root.api import api
from niangjia.core import clock
from niangjia.members import rules
from niangjia.members.models import Account, Application, Role
from niangjia.members.tests.factories.accounts import make_account, make_person
from niangjia.members.tests.factories.desk import make_post, signed_in
from niangjia.members.tests.factories.joining import make_chain, make_membership
from niangjia.members.views.desk import applications
from niangjia.organisations.tests.factories import make_union
from niangjia.web import urls
from tests import routes
from tests.database import kept_for_the_module
from tests.world import again, make_objects, missing_of, offer_services, office

pytestmark = pytest.mark.django_db

#: What changes with each answer and says nothing of the object.
CHANGING = re.compile(
    r'(name="csrfmiddlewaretoken" value=|X-CSRFToken": "|nonce=|csrf_token=|"request_id": )"?[^"&]*'
)
#: What pages are asked by; an operation is by its own method, for whatever other its address is
#: refused before anybody is looked at.
METHODS = ("get", "post")
#: Refused: asked to sign in, not signed in, no second factor, not there, not this way, not read.
REFUSALS = {302, 401, 403, 404, 405, 422}
#: Enough for any of the forms to be taken seriously.
TYPED = {
    "verdict": "refused",
    "reason": "请先向所在单位工会申请入会。",
    "statement": "请上级工会再看一下。",
    "purpose": "asked",
    "words": "会员来电询问",
    "phone": "13800001111",
    "numbers": [],
    "by": "name",
    "text": "王小明",
    "parent": "1",
    "role": "analyst",
    "reach": "union",
    "step": "check",
    "outcome": "passed",
    "until": "2026-12-01",
}


@dataclass
class World:
    """A tree with somebody's things in it, and people to whom they are foreign."""

    objects: dict[str, str]
    missing: dict[str, str]
    strangers: dict[str, Client]
    analyst: Client
    above: Client


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """One world for all tests here: none keeps what it changes."""
    with kept_for_the_module(django_db_blocker):
        yield make_world()


@pytest.fixture(autouse=True)
def _unhurried(settings):
    """One person opens every address here; how many in a minute is another test's."""
    settings.NIANGJIA_API_REQUESTS_PER_MINUTE = 0


@pytest.fixture
def world(made):
    """The world, with browsers of the test's own."""
    return replace(
        made,
        strangers={who: again(client) for who, client in made.strangers.items()},
        analyst=again(made.analyst),
        above=again(made.above),
    )


def make_world() -> World:
    """Everything lies at one grassroots union; everybody else is elsewhere."""
    _province, _city, county, target = make_chain()
    offer_services()
    objects = make_objects(target, make_person().account)
    member = make_membership(union=make_union(parent=county)).person.account
    ended = make_post(union=target, ended_at=clock.now())
    return World(
        objects=objects,
        missing=missing_of(objects),
        strangers={
            "anonymous": Client(),
            "worker": signed_in(make_account()),
            "member": signed_in(member),
            "officer of another union": office(make_union(parent=county)),
            "officer of another province": office(make_union()),
            "ended post": signed_in(ended.account),
        },
        analyst=office(county, Role.ANALYST),
        above=office(county),
    )


def address(name: str, key: str) -> str:
    """The route's address with `key` where the object stands."""
    return reverse(name, args=[key])


@cache
def methods_of_operations() -> dict[str, list[str]]:
    """The methods of each operation, by its name; a name that two share has those of both."""
    found = defaultdict(list)
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                found[operation.view_func.__name__] += map(str.lower, operation.methods)
    return found


def methods_of(name: str) -> Iterable[str]:
    """How a route is asked."""
    space, _colon, plain = name.rpartition(":")
    return methods_of_operations()[plain] if space == "api-1" else METHODS


def answer(client: Client, method: str, name: str, key: str) -> tuple[int, str, str]:
    """Status, where it leads and body, without what changes each time and the key itself."""
    options = {"content_type": "application/json"} if name.startswith("api-1:") else {}
    data = {} if method == "get" else TYPED
    got = getattr(client, method)(address(name, key), data, **options)
    content = b"".join(got) if got.streaming else got.content
    body = CHANGING.sub("", content.decode(errors="replace"))
    return got.status_code, got.get("Location", "").replace(key, "·"), body.replace(key, "·")


def assert_refused_alike(client: Client, name: str, foreign: str, missing: str) -> None:
    """Foreign and missing answer the same, and neither with the thing."""
    for method in methods_of(name):
        foreign_answer = answer(client, method, name, foreign)
        assert foreign_answer == answer(client, method, name, missing), (name, method)
        assert foreign_answer[0] in REFUSALS, (name, method)


def test_every_route_is_classified():
    assert routes.unclassified() == set()


def test_no_two_operations_share_a_name():
    """Else the matrix would know one of them alone."""
    assert [name for name, methods in methods_of_operations().items() if len(methods) > 1] == []


def test_a_new_route_is_noticed(monkeypatch):
    """The control: a route nobody thought about."""
    new = path("new/<str:number>/", lambda request, number: None, name="new")
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, new])
    from django.urls import clear_url_caches

    clear_url_caches()
    try:
        assert routes.unclassified() == {"new"}
    finally:
        monkeypatch.undo()
        clear_url_caches()


@pytest.mark.parametrize("name", sorted(routes.OWN))
def test_what_is_somebodys_own_is_nobody_elses(world, name):
    kind = routes.OWN[name]
    for client in [*world.strangers.values(), world.analyst, world.above]:
        assert_refused_alike(client, name, world.objects[kind], world.missing[kind])


@pytest.mark.parametrize("name", sorted(name for name, (_, kind) in routes.OFFICER.items() if kind))
def test_out_of_reach_is_like_missing(world, name):
    action, kind = routes.OFFICER[name]
    clients = list(world.strangers.values())
    if not rules.may(Role.ANALYST, action):
        clients.append(world.analyst)
    for client in clients:
        assert_refused_alike(client, name, world.objects[kind], world.missing[kind])


@pytest.mark.parametrize("name", sorted(name for name, (_, kind) in routes.OFFICER.items() if kind))
def test_the_union_above_is_let_in(world, name):
    """Else the tests above would pass with every door walled up."""
    _action, kind = routes.OFFICER[name]
    allowed = answer(world.above, "get", name, world.objects[kind])
    assert allowed[0] in {200, 405}
    assert answer(world.above, "get", name, world.missing[kind])[0] in {404, 405}


@pytest.mark.parametrize(
    "name", sorted(name for name, (_, kind) in routes.OFFICER.items() if not kind)
)
def test_the_desk_itself_is_not_there_for_others(world, name):
    action, _kind = routes.OFFICER[name]
    options = {"content_type": "application/json"} if name.startswith("api-1:") else {}
    for who in ("anonymous", "worker", "member", "ended post"):
        for method in methods_of(name):
            got = getattr(world.strangers[who], method)(reverse(name), TYPED, **options)
            assert got.status_code in REFUSALS, (who, method)
            if got.status_code == 302:
                assert got["Location"].startswith(reverse("account_login")), (who, method)
    if not rules.may(Role.ANALYST, action):
        assert world.analyst.get(reverse(name)).status_code in {404, 405}


def test_an_unscoped_view_is_noticed(world, monkeypatch):
    """The control: with the scope taken out, the matrix fails."""
    monkeypatch.setattr(
        applications,
        "access_application_within",
        lambda posts, number: Application.objects.get(number=number),
    )
    with pytest.raises((AssertionError, Application.DoesNotExist)):
        test_out_of_reach_is_like_missing(world, "members:desk_application")


def test_every_officers_page_demands_a_second_factor(world):
    """Promise 14, by route: without it nothing is shown to those who may."""
    account = Account.objects.get(pk=world.above.session["_auth_user_id"])
    bare = signed_in(account, two_factors=False)
    for name, (action, kind) in routes.OFFICER.items():
        there = address(name, world.objects[kind]) if kind else reverse(name)
        options = {"content_type": "application/json"} if name.startswith("api-1:") else {}
        for method in methods_of(name):
            got = getattr(bare, method)(there, TYPED, **options)
            assert got.status_code in REFUSALS, (name, method, action)
            if got.status_code == 302:
                assert "/2fa/" in got["Location"], (name, method)
            if got.status_code == 401 and not options:
                assert "/2fa/" in got.text, (name, method)
