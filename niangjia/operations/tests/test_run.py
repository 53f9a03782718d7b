"""`niangjia run` under fire: kill -9 of any process, and nothing acknowledged is lost."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from niangjia.operations import postgres
from niangjia.operations.node import children, roles
from niangjia.operations.node.home import CHECKOUT, Home
from niangjia.operations.postgres import cluster

#: Generous, because everything else may run on the same two cores.
PATIENCE_SECONDS = 120


class Run:
    """One `niangjia run` on a home of its own, with the divisions and no demonstration."""

    def __init__(self, home):
        self.home = Home(home)
        self.port = free_port()
        self.process = None

    def launch(self):
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("NIANGJIA_")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "niangjia", "run", "--port", str(self.port)],
            cwd=CHECKOUT,
            env={**inherited, "NIANGJIA_HOME": str(self.home.path), "NIANGJIA_DEMO": "0"},
            stdout=(self.home.path / "out.log").open("ab"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def start(self):
        self.launch()
        wait_until(self.answers, self.output)

    def press_ctrl_c(self):
        """As a terminal does: to everything that runs in it, not only to the supervisor."""
        os.killpg(self.process.pid, signal.SIGINT)

    def output(self):
        return (self.home.path / "out.log").read_text()

    def answers(self):
        url = f"http://127.0.0.1:{self.port}/"
        with suppress(OSError, urllib.error.URLError):
            return urllib.request.urlopen(url, timeout=5).status == 200
        return False

    def pid(self, name):
        return self.home.running()["processes"].get(name)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE_SECONDS)
        return self.process.returncode


class Writer(threading.Thread):
    """Writes numbers one by one, and remembers those whose commit was acknowledged."""

    def __init__(self, url):
        super().__init__()
        self.url, self.acknowledged, self.done = url, [], threading.Event()

    def run(self):
        number = 0
        while not self.done.is_set():
            with suppress(psycopg.Error), psycopg.connect(self.url, autocommit=True) as connection:
                while not self.done.is_set():
                    number += 1
                    connection.execute("INSERT INTO acknowledged VALUES (%s)", [number])
                    self.acknowledged.append(number)
            time.sleep(0.05)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(holds, explain=lambda: "waited in vain", every=0.1):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, explain()
        time.sleep(every)


@contextmanager
def folder():
    """A folder every account can walk to, unlike pytest's own; what runs in it is stopped."""
    path = Path(tempfile.mkdtemp(prefix="niangjia-test-"))
    path.chmod(0o755)
    yield path
    children.stop_leftovers(Home(path))
    postgres.stop(path / "postgres")
    shutil.rmtree(path)


@pytest.fixture
def place():
    with folder() as path:
        yield path


@pytest.fixture(scope="module")
def node():
    with folder() as path:
        node = Run(path)
        node.start()
        yield node
        node.stop()


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_killed_process_is_started_again(node, name):
    before = node.pid(name)
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: node.pid(name) not in {None, before})
    wait_until(node.answers)
    assert f"{name} ended (-9)" in node.output()


def test_a_killed_database_is_started_again_and_keeps_what_it_acknowledged(node):
    url = postgres.url(node.home.postgres, "niangjia")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE acknowledged (number int PRIMARY KEY)")
    writer = Writer(url)
    writer.start()
    for _kill in range(2):
        enough = len(writer.acknowledged) + 20
        wait_until(lambda enough=enough: len(writer.acknowledged) > enough)
        before = postgres.pid(node.home.postgres)
        psutil.Process(before).kill()
        wait_until(lambda before=before: postgres.pid(node.home.postgres) not in {None, before})
    enough = len(writer.acknowledged) + 20
    wait_until(lambda: len(writer.acknowledged) > enough)
    writer.done.set()
    writer.join()
    with psycopg.connect(url, autocommit=True) as connection:
        kept = {number for (number,) in connection.execute("SELECT number FROM acknowledged")}
        connection.execute("DROP TABLE acknowledged")
    assert set(writer.acknowledged) <= kept
    wait_until(node.answers)


def test_a_second_supervisor_and_a_taken_port_are_refused_in_one_line(node, tmp_path):
    for home, said in ((node.home.path, "runs already"), (tmp_path, "is not free")):
        done = subprocess.run(
            [sys.executable, "-m", "niangjia", "run", "--port", str(node.port)],
            cwd=CHECKOUT,
            env={**os.environ, "NIANGJIA_HOME": str(home)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1
        assert said in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1


def test_a_killed_supervisor_is_cleaned_up_after_by_the_next(node):
    node.process.kill()
    node.process.wait()
    orphans = list(children.leftovers(node.home))
    assert len(orphans) >= 2
    node.start()
    # Until the next supervisor has come to it, the orphans still answer.
    wait_until(lambda: "killed supervisor left behind" in node.output(), node.output)
    wait_until(lambda: node.home.running() and node.answers(), node.output)
    assert not any(orphan.is_running() for orphan in orphans)


@pytest.fixture
def day_off(node):
    """An application on the node; `declare()` makes a day off before the day it was promised."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("NIANGJIA_")}
    url = roles.app_url(postgres.url(node.home.postgres, "niangjia"))
    process = subprocess.Popen(
        [sys.executable, "-m", "niangjia.operations.tests.day_off"],
        cwd=CHECKOUT,
        env={**inherited, "NIANGJIA_HOME": str(node.home.path), "NIANGJIA_DATABASE_URL": url},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    process.application_id = process.stdout.readline().strip()
    assert process.application_id, "the application could not be made; its traceback is above"

    def declare():
        process.communicate("now\n", timeout=PATIENCE_SECONDS)
        assert process.returncode == 0

    process.declare = declare
    yield process
    process.kill()
    process.wait()


MOVED = "SELECT count(*) FROM members_notice WHERE kind = 'application.due_moved'"
TAKEN_IN = (
    "SELECT count(*) FROM core_outboxdelivery "
    "WHERE handler = 'niangjia.members.handlers.move_due_dates'"
)
JOBS = (
    "SELECT string_agg(status::text, ' ') FROM procrastinate_jobs "
    "WHERE args->>'handler' = 'niangjia.members.handlers.move_due_dates'"
)
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))"


def test_work_stuck_on_a_killed_worker_is_done_once_within_a_minute(node, day_off):
    """Promise 22, with the heartbeats of production: the worker dies in the middle of a job,
    which waits for a row that this test holds. A promise of seconds, so the clock is asked."""
    url = postgres.url(node.home.postgres, "niangjia")
    with psycopg.connect(url, autocommit=True) as connection, psycopg.connect(url) as holder:

        def ask(question, *values):
            return connection.execute(question, values).fetchone()[0]

        holder.execute(
            "SELECT FROM members_application WHERE id = %s FOR UPDATE", [day_off.application_id]
        )
        day_off.declare()
        wait_until(lambda: ask(WAITING, holder.info.backend_pid) == 1, node.output)
        before = node.pid("worker")
        os.kill(before, signal.SIGKILL)
        killed_at = time.monotonic()
        wait_until(lambda: not psutil.pid_exists(before))
        assert (ask(JOBS), ask(MOVED), ask(TAKEN_IN)) == ("doing", 0, 0)
        holder.rollback()
        wait_until(lambda: ask(MOVED) > 0, node.output)
        seconds = time.monotonic() - killed_at
        wait_until(lambda: ask(JOBS) == "succeeded", node.output)
        assert (ask(MOVED), ask(TAKEN_IN)) == (1, 1)
    print(f"a job stuck on a killed worker took its effect {seconds:.1f} s after the kill")
    assert seconds < 60
    assert node.pid("worker") != before


def test_everything_stops_in_order_however_impatient_one_is(node):
    """Last in this file: nothing is left, the database had time, and the port is free again."""
    with psycopg.connect(postgres.url(node.home.postgres), autocommit=True) as connection:
        connection.execute("CREATE TABLE work AS SELECT generate_series(1, 1000000)")

    def said():
        return "".join(file.read_text() for file in (node.home.postgres / "log").iterdir())

    node.press_ctrl_c()
    wait_until(lambda: "received fast shutdown request" in said(), said, every=0)
    node.press_ctrl_c()
    assert node.process.wait(PATIENCE_SECONDS) == 0
    assert said().rstrip().endswith("database system is shut down")
    assert postgres.pid(node.home.postgres) is None
    assert list(children.leftovers(node.home)) == []
    assert not node.home.is_supervised()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", node.port))


@pytest.mark.parametrize("appeared", ["postgres/PG_VERSION", "postgres/log"])
def test_ctrl_c_while_the_database_comes_up_leaves_nothing_running(place, appeared):
    """Nor does it spoil anything: the next start goes on where this one was."""
    run = Run(place)
    run.launch()
    wait_until((place / appeared).exists, run.output)
    run.press_ctrl_c()
    assert run.process.wait(PATIENCE_SECONDS) == 130
    wait_until(lambda: not list(cluster.processes(run.home.postgres)))
    postgres.start(run.home.postgres)
