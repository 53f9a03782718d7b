"""What dies is started again, later each time; what a killed supervisor left is found."""

import subprocess
import sys
import time

import psutil
import pytest

from niangjia.operations.node import children
from niangjia.operations.node.children import Child
from niangjia.operations.node.home import Home

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
FAIL = [sys.executable, "-c", "raise SystemExit(3)"]
#: Has a child of its own that outlives its sudden end.
PARENT = [
    sys.executable,
    "-c",
    "import subprocess, time; print(subprocess.Popen(['sleep', '60']).pid, flush=True);"
    "time.sleep(60)",
]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "print('ready', flush=True); time.sleep(60)",
]


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path)
    yield home
    children.stop_leftovers(home)


def wait_until(holds):
    deadline = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_each_death_in_a_row_doubles_the_wait(home):
    child = Child("failing", FAIL, home)
    child.start()
    waits, now = [], 0.0
    for _death in range(4):
        child.process.wait()
        assert "ended (3)" in child.tend(now)
        waits.append(child.restart_at - now)
        assert child.tend(now) == ""
        assert child.process is None, "it must wait"
        now = child.restart_at
        child.tend(now)
        assert child.process is not None
    assert waits == [0.5, 1, 2, 4]


def test_a_long_healthy_life_forgives_earlier_deaths(home):
    child = Child("sleeping", SLEEP, home, deaths=5)
    child.start()
    child.tend(child.started_at + children.HEALTHY_SECONDS + 1)
    assert child.deaths == 0
    child.stop()


def test_children_of_the_dead_are_ended_before_it_starts_again(home):
    child = Child("parent", PARENT, home)
    child.start()
    wait_until(lambda: child.log.read_text().strip())
    orphan = psutil.Process(int(child.log.read_text()))
    child.process.kill()
    child.process.wait()
    assert orphan.is_running()
    child.tend(time.monotonic())
    wait_until(lambda: not orphan.is_running() or orphan.status() == psutil.STATUS_ZOMBIE)


def test_who_does_not_listen_is_made_to_end(home, monkeypatch):
    monkeypatch.setattr(children, "STOP_SECONDS", 0.2)
    child = Child("stubborn", STUBBORN, home)
    child.start()
    wait_until(lambda: child.log.read_text())
    process = psutil.Process(child.process.pid)
    child.stop()
    assert not process.is_running()


def test_leftovers_are_found_by_their_mark_and_others_left_alone(home, tmp_path):
    other = Home(tmp_path / "other")
    other.path.mkdir()
    ours, theirs = Child("ours", SLEEP, home), Child("theirs", SLEEP, other)
    ours.start()
    theirs.start()
    stranger = subprocess.Popen(SLEEP)
    try:
        wait_until(lambda: [p.pid for p in children.leftovers(home)] == [ours.process.pid])
        assert children.stop_leftovers(home) == 1
        assert not ours.is_alive()
        assert theirs.is_alive()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()
        theirs.stop()
