"""A kept page is never older than the database, and never somebody else's."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from niangjia.core.edge import kept


@pytest.fixture
def world(monkeypatch):
    """A state of the database that stands still until a test moves it."""
    world = SimpleNamespace(snapshot="1:1:", in_atomic_block=False, drawn=0)
    monkeypatch.setattr(kept, "SHELF", kept.Shelf())
    monkeypatch.setattr(kept, "current_snapshot", lambda: world.snapshot)
    monkeypatch.setattr(kept, "connection", world)
    return world


def ask(world, path="/", *, method="get", cookies=None, headers=None, act=lambda *_: None):
    """Ask for a page that says how often it was drawn; `act` is what the view does besides."""

    @kept.kept_while_true
    def view(request):
        world.drawn += 1
        response = HttpResponse(str(world.drawn))
        act(request, response)
        return response

    factory = RequestFactory(headers={"host": "localhost", **(headers or {})})
    factory.cookies.load(cookies or {})
    request = getattr(factory, method)(path)
    request.session = SimpleNamespace(modified=False)
    return view(request).content


def test_drawn_once_while_nothing_is_committed(world):
    assert ask(world) == ask(world) == b"1"


def test_drawn_anew_after_a_commit_and_the_old_one_is_gone(world):
    ask(world)
    world.snapshot = "2:2:"
    assert ask(world) == b"2"
    world.snapshot = "1:1:"
    assert ask(world) == b"3"


def test_every_asker_has_their_own(world):
    mine = ask(world, cookies={"session": "mine"})
    assert ask(world, cookies={"session": "yours"}) != mine
    assert ask(world) != mine
    assert ask(world, "/?late=on", cookies={"session": "mine"}) != mine
    assert ask(world, cookies={"session": "mine"}) == mine


def test_drawn_anew_in_another_minute(world, monkeypatch):
    ask(world)
    later = kept.clock.now() + dt.timedelta(minutes=1)
    monkeypatch.setattr(kept.clock, "now", lambda: later)
    assert ask(world) == b"2"


def change_session(request, response):
    request.session.modified = True


def set_cookie(request, response):
    response.set_cookie("a", "b")


def make_token(request, response):
    request.META["CSRF_COOKIE"] = "new"


def fail(request, response):
    response.status_code = 422


@pytest.mark.parametrize("act", [change_session, set_cookie, make_token, fail])
def test_what_is_no_mere_page_is_not_kept(world, act):
    ask(world, act=act)
    assert ask(world, act=act) == b"2"


@pytest.mark.parametrize(
    "asked",
    [{"method": "post"}, {"headers": {"HX-Request": "true"}}, {"cookies": {"messages": "once"}}],
)
def test_what_may_not_be_kept_is_drawn_each_time(world, asked):
    ask(world, **asked)
    assert ask(world, **asked) == b"2"


def test_inside_a_transaction_nothing_is_kept(world):
    ask(world)
    world.in_atomic_block = True
    assert ask(world) == b"2"


def test_when_the_shelf_is_full_the_oldest_page_makes_room(world, monkeypatch):
    monkeypatch.setattr(kept, "MOST_PAGES", 1)
    ask(world, "/1")
    ask(world, "/2")
    assert ask(world, "/2") == b"2"
    assert ask(world, "/1") == b"3"


@pytest.fixture
def part():
    """A part of a page that says how often it was drawn, and for which moment."""
    times = []

    @kept.kept_this_minute
    def part(facts, now):
        times.append(now)
        return f"{facts} {len(times)} {now:%H:%M:%S}"

    return part


NOON = dt.datetime(2026, 3, 6, 12, 0, 1, tzinfo=dt.UTC)


def test_a_part_is_drawn_once_for_the_same_facts_in_a_minute(part):
    assert part("open", NOON) == "open 1 12:00:00"
    assert part("open", NOON.replace(second=59)) == "open 1 12:00:00"
    assert part("shut", NOON) == "shut 2 12:00:00"


def test_a_part_is_drawn_anew_in_another_minute_and_the_old_one_is_gone(part):
    part("open", NOON)
    assert part("open", NOON.replace(minute=1)) == "open 2 12:01:00"
    assert part("open", NOON) == "open 3 12:00:00"


def test_a_part_is_drawn_for_each_language(part):
    with translation.override("zh-hans"):
        part("open", NOON)
    with translation.override("en"):
        assert part("open", NOON) == "open 2 12:00:00"
