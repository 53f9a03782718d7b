"""The benchmarks' frame measures what it says; nothing here depends on how fast a machine is."""

import http.server
import json
import os
import threading

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from niangjia.operations.bench import Result, load, scale, stage
from niangjia.operations.node.home import Home
from niangjia.organisations import selectors
from niangjia.organisations.models import Kind, Union


class Site(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append((self.path, self.headers.get("Cookie")))
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *arguments):
        pass


@pytest.fixture
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked = []
    # The generator hangs up with a request under way.
    server.handle_error = lambda request, address: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def test_every_answer_is_counted_by_its_status(site):
    order = load.Order(site.server_port, ["/", "/missing"], 0.3, connections=2, cookie="a=b")
    measured = load.carry_out(order)
    answered = sum(measured.statuses.values())
    assert set(measured.statuses) == {"200", "404"}
    assert answered == len(measured.latencies_ms)
    # Each connection has one request under way when the time is over.
    assert answered <= len(site.asked) <= answered + order.connections
    assert set(site.asked) == {("/", "a=b"), ("/missing", "a=b")}


def test_anew_asks_for_no_address_twice(site):
    for _round in range(2):
        load.carry_out(load.Order(site.server_port, ["/a", "/b"], 0.2, connections=2, anew=True))
    asked = [path for path, _cookie in site.asked]
    assert len(set(asked)) == len(asked) > 4
    assert {path.split("?")[0] for path in asked} == {"/a", "/b"}


def test_percentiles_and_rounds():
    first = load.Measured(1.0, [float(number) for number in range(1, 101)], {"200": 100})
    assert first.percentile_ms(95) == 96
    first.add(load.Measured(3.0, [1.0] * 100, {"200": 99, "500": 1}))
    assert first.per_second == 50
    assert first.statuses == {"200": 199, "500": 1}


def test_the_last_line_is_json():
    result = Result("pages", ["page", "ratio"], [["home", "0.50"]], {"pages.home": 0.5}, {"x": 1})
    assert json.loads(result.json()) == {
        "bench": "pages",
        "ratios": {"pages.home": 0.5},
        "figures": {"x": 1},
    }
    assert "home   0.50" in result.table()


@pytest.mark.usefixtures("as_owner")
def test_the_data_set_is_what_the_services_would_have_written(monkeypatch):
    monkeypatch.setattr(scale, "MADE_UP_TOWNSHIPS_PER_COUNTY", 1)
    # Inside the test's transaction nothing can be vacuumed.
    monkeypatch.setattr(scale, "tidy_up", lambda: None)
    scale.load(divisions=None, grassroots=40, progress=lambda done, total: None)
    root = Union.objects.get(depth=0)
    grassroots = Union.objects.filter(kind=Kind.GRASSROOTS)
    assert root.name == "中华全国总工会"
    assert grassroots.count() == 40
    assert len({union.parent_id for union in grassroots}) == 40
    for union in grassroots.select_related("parent")[:5]:
        assert union.path == f"{union.parent.path}{union.number[:-1]}/"
        assert union.depth == union.parent.depth + 1
    counted = selectors.figures(root)
    assert counted["unions:grassroots"] == 40
    assert counted["unions:federation"] == Union.objects.filter(kind=Kind.FEDERATION).count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('organisations_union_serial')")
        assert cursor.fetchone()[0] == Union.objects.count() + 1


def test_another_data_set_has_another_fingerprint(tmp_path):
    table = tmp_path / "areas.csv"
    table.write_text("330782,义乌市")
    first = stage.fingerprint(tmp_path, 40)
    assert stage.fingerprint(tmp_path, 40) == first
    assert len({first, stage.fingerprint(tmp_path, 41), stage.fingerprint(None, 40)}) == 3
    table.write_text("330782,义乌县")
    assert stage.fingerprint(tmp_path, 40) != first


@pytest.mark.django_db(transaction=True)
def test_a_database_carries_its_label_until_it_is_dropped(monkeypatch, tmp_path):
    server = make_conninfo(os.environ[stage.database.OWNER_URL], dbname="postgres")
    name = f"test_label_{os.getpid()}"
    monkeypatch.setattr(stage.postgres, "url", lambda data: server)
    monkeypatch.setattr(stage.database, "NAME", name)
    home = Home(tmp_path)
    assert stage.label(home) == ""
    with psycopg.connect(server, autocommit=True) as made:
        made.execute(f"CREATE DATABASE {name}")
    assert stage.label(home) == ""
    stage.write_label(home, "abc")
    assert stage.label(home) == "abc"
    stage.drop(home)
    assert stage.label(home) == ""
