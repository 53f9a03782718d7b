"""The benchmark of claims counts what it says it counts; nothing here depends on how fast it is."""

import http.server
import threading
import uuid
from xml.etree import ElementTree

import pytest
from django.db import connection

from niangjia.allocation.models import Claim, Stock
from niangjia.allocation.tests.factories import claim, make_pool
from niangjia.core import clock
from niangjia.members.doors import crowds
from niangjia.members.models import Membership
from niangjia.members.tests.factories.accounts import make_account
from niangjia.operations.bench import (
    burst,
    claim_load,
    claims,
    crowd,
    hot_row,
    plot,
    province,
    scale,
)
from niangjia.operations.bench.load import Measured


class Site(http.server.BaseHTTPRequestHandler):
    """Grants every other claim, and keeps what was asked."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.server.asked.append((self.path, dict(self.headers)))
        self.send_response(201 if len(self.server.asked) % 2 else 409)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *arguments):
        pass


@pytest.fixture
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def test_everybody_asks_once_and_every_answer_is_counted(site, tmp_path):
    sessions = tmp_path / "sessions"
    sessions.write_text("\n".join(f"session-{number}" for number in range(9)))
    order = claim_load.ClaimOrder(site.server_port, "pool", str(sessions), 60, connections=3)
    measured = claim_load.carry_out(order)
    assert measured.statuses == {"201": 5, "409": 4}
    assert len(measured.latencies_ms) == 9
    assert {path for path, _headers in site.asked} == {"/api/v1/pools/pool/claims"}
    assert len({headers["Cookie"] for _path, headers in site.asked}) == 9
    assert len({headers["Idempotency-Key"] for _path, headers in site.asked}) == 9


@pytest.mark.parametrize(
    ("answer", "is_whole"),
    [
        (b"HTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\n{}", True),
        (b"HTTP/1.1 201 Created\r\nContent-Length: 20\r\n\r\n{}", False),
        (b"HTTP/1.1 201 Created\r\ncontent-le", False),
        (b"HTTP/1.1 204 No Content\r\n\r\n", True),
    ],
)
def test_an_answer_counts_when_all_of_it_has_come(answer, is_whole):
    assert claim_load.is_whole(answer) is is_whole


def test_what_was_acknowledged_and_is_there_is_not_lost(as_owner):
    pool = make_pool(supply=2)
    answers = [claim(pool, make_account()) for _turn in range(2)]
    survived = burst.Survived(
        2, acknowledged={n: str(each.claim_id) for n, each in enumerate(answers)}
    )
    burst.compare(survived, pool)
    assert (survived.lost, survived.double, survived.oversold) == (0, 0, 0)


def test_whatever_goes_wrong_shows(as_owner):
    pool, account = make_pool(supply=2, per_person=2), make_account()
    for _turn in range(2):
        claim(pool, account)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE allocation_stock DROP CONSTRAINT stock_never_oversold")
    Stock.objects.update(supply=1)
    survived = burst.Survived(
        1, acknowledged={0: str(Claim.objects.first().pk), 1: str(uuid.uuid4())}
    )
    burst.compare(survived, pool)
    assert (survived.lost, survived.double, survived.oversold) == (1, 1, 1)


@pytest.fixture
def small(as_owner, monkeypatch):
    """A crowd of forty."""
    monkeypatch.setattr(scale, "MADE_UP_TOWNSHIPS_PER_COUNTY", 1)
    monkeypatch.setattr(scale, "tidy_up", lambda: None)
    monkeypatch.setattr(province, "WORKERS", 40)
    monkeypatch.setattr(province, "EMPLOYERS", 2)
    monkeypatch.setattr(province, "UNIONS", 260)
    crowd.load()


def test_the_crowd_is_signed_in_and_may_claim(small, tmp_path):
    crowd.sign_everybody_in(tmp_path / "sessions")
    keys = (tmp_path / "sessions").read_text().split()
    accounts = crowds.accounts_of_sessions(keys, now=clock.now())
    assert len(accounts) == Membership.objects.count() == 40
    pool = claims.open_pool(5)
    assert str(claim(pool, make_account()).verdict) == "not-verified"
    account = province.numbered(4, 7)
    assert str(account) in accounts.values()
    granted = claim(pool, type("Someone", (), {"pk": account}))
    assert str(granted.verdict) == "granted"


@pytest.mark.django_db(transaction=True)
def test_the_yardsticks_are_run_by_pgbench(owner):
    with hot_row.tables():
        for batched in (False, True):
            assert hot_row.claims_per_second(batched=batched, clients=1, seconds=1) > 0
        (written,) = owner.execute("SELECT count(*) FROM bench_claim").fetchone()
        (rest,) = owner.execute("SELECT rest FROM bench_stock").fetchone()
    assert written == 10**12 - rest > hot_row.BATCH


def test_the_plot_is_a_picture_with_a_name_at_each_curve():
    lines = [
        claims.Line(clients, Measured(1.0, [10.0] * rate), 0.5, [900.0], [40_000.0])
        for clients, rate in ((8, 900), (200, 7_000))
    ]
    # Ours, and nobody else's.
    picture = ElementTree.fromstring(plot.svg(7.5, claims.curves(lines)))  # noqa: S314
    said = " ".join(picture.itertext())
    assert all(curve.name in said for curve in claims.curves(lines))
    assert "7.5" in said
    assert "7,000" in said
