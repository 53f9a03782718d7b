"""Pages of draws: what everybody sees, what only one does, what officers do; queries counted."""

import pytest
from django.test import Client

from niangjia.allocation import services
from niangjia.allocation.models import Draw, DrawLine
from niangjia.allocation.tests.draws import (
    EVENING,
    SIGN_UP,
    VALUE,
    announce,
    make_draw_pool,
    make_drawn,
    make_officers,
    make_sealed,
    read,
)
from niangjia.core import clock
from niangjia.members.tests.factories.desk import make_post, signed_in

pytestmark = pytest.mark.django_db
CHINESE = {"HTTP_ACCEPT_LANGUAGE": "zh-hans"}


def text(response):
    return response.content.decode()


@pytest.fixture
def evening(monkeypatch):
    """The balls have just been drawn."""
    monkeypatch.setattr(clock, "now", lambda: EVENING)


class TestForEverybody:
    def test_before_it_is_sealed(self):
        pool, _accounts = make_draw_pool()
        draw = announce(pool)
        page = text(Client(**CHINESE).get(f"/draws/{draw.number}/"))
        assert "中国福利彩票双色球" in page
        assert draw.commitment in page
        assert "自己核对" not in page

    def test_sealed_drawn_and_void(self, evening):
        draw, _accounts = make_sealed()
        page = text(Client(**CHINESE).get(f"/draws/{draw.number}/"))
        assert draw.seal in page
        assert "之后已经开奖" in page
        one, other = make_officers(draw)
        read(draw, one)
        draw = read(draw, other)
        page = text(Client(**CHINESE).get(f"/draws/{draw.number}/"))
        assert VALUE in page
        assert "用这部手机重算一遍" in page

    def test_a_void_one_says_why_and_shows_the_one_after(self):
        pool, _accounts = make_draw_pool()
        void = announce(pool)
        for officer in make_officers(void):
            services.void_draw(by=officer, draw_id=void.pk, reason="mistake", now=SIGN_UP)
        again = announce(pool)
        page = text(Client(**CHINESE).get(f"/draws/{void.number}/"))
        assert "发布有误" in page
        assert f"/draws/{again.number}/" in page

    def test_files_are_the_bytes_that_were_hashed(self):
        draw, _accounts = make_drawn()
        for name, column in (
            ("sealed.json", "sealed_file"),
            ("entrants.txt", "entrants_file"),
            ("drawn.json", "drawn_file"),
        ):
            got = Client().get(f"/draws/{draw.number}/files/{name}")
            assert got.content.decode() == getattr(draw, column)
            assert got["Content-Disposition"] == f'attachment; filename="{name}"'

    def test_a_file_is_there_once_it_is_published(self):
        draw, _accounts = make_sealed()
        for name in ("drawn.json", "secret", "..%2fsealed.json"):
            assert Client().get(f"/draws/{draw.number}/files/{name}").status_code == 404
        assert Client().get("/draws/1234567890/").status_code == 404

    def test_the_list_and_how_it_goes(self):
        draw, _accounts = make_drawn()
        page = text(Client(**CHINESE).get("/draws/"))
        assert f"/draws/{draw.number}/" in page
        assert "手快不快" in page

    @pytest.mark.parametrize("make", [make_sealed, make_drawn])
    def test_queries(self, make, django_assert_num_queries):
        draw, accounts = make()
        client = Client()
        client.get("/draws/")
        with django_assert_num_queries(1):
            client.get("/draws/")
        with django_assert_num_queries(2):
            client.get(f"/draws/{draw.number}/")
        client = signed_in(accounts[0])
        client.get("/draws/")
        with django_assert_num_queries(6):
            client.get(f"/draws/{draw.number}/")
        with django_assert_num_queries(1):
            Client().get(f"/draws/{draw.number}/files/sealed.json")


class TestOnesOwnLine:
    def test_only_its_owner_sees_the_code(self):
        draw, accounts = make_drawn()
        line = DrawLine.objects.get(claim__account=accounts[0])
        assert line.nonce in text(signed_in(accounts[0]).get(f"/draws/{draw.number}/"))
        for client in (Client(), signed_in(accounts[1])):
            assert line.nonce not in text(client.get(f"/draws/{draw.number}/"))

    def test_anybody_finds_a_line_by_its_code_or_its_name(self):
        draw, _accounts = make_drawn()
        line = DrawLine.objects.get(rank=1)
        for typed, says in ((line.nonce, "凭据相符"), (line.pseudonym.lower(), "中签")):
            got = Client(**CHINESE).post(f"/draws/{draw.number}/line/", {"code": f" {typed} "})
            assert line.pseudonym in text(got)
            assert says in text(got)
        assert "凭据相符" not in text(got)

    @pytest.mark.parametrize(
        ("typed", "status", "says"),
        [("", 422, "请填写你的凭据"), ("0" * 32, 200, "没有这一行"), ("%00", 200, "没有这一行")],
    )
    def test_what_is_not_on_the_list(self, typed, status, says):
        draw, _accounts = make_drawn()
        got = Client(**CHINESE).post(f"/draws/{draw.number}/line/", {"code": typed})
        assert (got.status_code, says in text(got)) == (status, True)


class TestOfficers:
    def test_announce_a_draw(self, monkeypatch):
        monkeypatch.setattr(clock, "now", lambda: SIGN_UP)
        pool, _accounts = make_draw_pool()
        client = signed_in(make_post(union=pool.union).account, **CHINESE)
        form = {"source": "double_colour_ball", "issue": "26135", "day": "2026-11-25"}
        got = client.post(f"/desk/pools/{pool.pk}/draw/", form)
        assert got.status_code == 422
        assert "这种彩票那天不开奖" in text(got)
        assert 'value="26135"' in text(got)
        got = client.post(f"/desk/pools/{pool.pk}/draw/", form | {"day": "2026-11-24"}, follow=True)
        assert "抽签已公告" in text(got)
        assert Draw.objects.get().issue == "2026135"

    def test_two_of_them_draw_the_lots_and_neither_sees_what_the_other_typed(self, evening):
        draw, _accounts = make_sealed()
        clients = [signed_in(post.account, **CHINESE) for post in make_officers(draw)]
        address = f"/desk/draws/{draw.number}/"
        first = clients[0].post(f"{address}reading/", {"value": VALUE}, follow=True)
        assert "还要另一个人" in text(first)
        for client in clients:
            assert VALUE not in text(client.get(address))
        assert "你是第二个" in text(clients[1].get(address))
        wrong = clients[1].post(f"{address}reading/", {"value": "1 2 3"})
        assert (wrong.status_code, "1 2 3" in text(wrong)) == (422, True)
        other = clients[1].post(f"{address}reading/", {"value": "3 7 12 21 28 33 10"}, follow=True)
        assert "两人填的不一样" in text(other)
        done = clients[1].post(f"{address}reading/", {"value": "3 7 12 21 28 33 9"}, follow=True)
        assert "已经抽签" in text(done)
        assert VALUE in text(clients[0].get(address))

    def test_two_of_them_make_it_void(self, evening):
        draw, _accounts = make_sealed()
        clients = [signed_in(post.account, **CHINESE) for post in make_officers(draw)]
        address = f"/desk/draws/{draw.number}/"
        assert clients[0].post(f"{address}void/", {"reason": "mistake"}).status_code == 422
        for client in clients:
            page = client.post(f"{address}void/", {"reason": "annulled"}, follow=True)
        assert "这次抽签已作废" in text(page)
        assert f"/desk/pools/{draw.pool_id}/draw/" in text(page)

    def test_queries(self, evening, django_assert_num_queries):
        draw, _accounts = make_sealed()
        client = signed_in(make_officers(draw)[0].account)
        client.get("/desk/draws/")
        with django_assert_num_queries(4):
            client.get("/desk/draws/")
        with django_assert_num_queries(6):
            client.get(f"/desk/draws/{draw.number}/")
