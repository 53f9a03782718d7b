"""`python -m niangjia.operations.tour`: exit code 1 when a page has anything wrong with it."""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from niangjia.operations import browser as browsing
from niangjia.operations.tour import index, pages, shooting

ROOT = Path(__file__).parent.parent.parent.parent
FOLDER = ROOT / "docs" / "tour"
START_SECONDS = 240
STOP_SECONDS = 30


@contextmanager
def node() -> Iterator[str]:
    """A demonstration of its own, in a folder that is thrown away."""
    home = ROOT / "var" / "tour"
    shutil.rmtree(home, ignore_errors=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "NIANGJIA_HOME": str(home), "NIANGJIA_DEMO": "1"}
    for named in ("NIANGJIA_DATABASE_URL", "NIANGJIA_DATABASE_OWNER_URL"):
        environment.pop(named, None)
    command = [sys.executable, "-m", "niangjia", "run", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    url = f"http://localhost:{port}"
    try:
        wait_for(url, process)
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(STOP_SECONDS)
        shutil.rmtree(home, ignore_errors=True)


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Until the node answers."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own node
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    sys.exit("The node did not start.")


def tour(url: str, only: list[str]) -> shooting.Album:
    """Take the pictures of a running demonstration."""
    stops = tuple(stop for stop in pages.STOPS if not only or stop.name in only)
    FOLDER.mkdir(parents=True, exist_ok=True)
    album = shooting.Album(FOLDER)
    with browsing.launched() as browser:
        shooting.shoot_all(browser, url, stops, album)
    if not only:
        index.write(album, stops)
    return album


def main() -> None:
    """Run the tour."""
    parser = argparse.ArgumentParser(prog="tour", description=__doc__)
    parser.add_argument("--url", help="a running demonstration; without it, one is started")
    parser.add_argument("only", nargs="*", help="names of pages; without any, all")
    chosen = parser.parse_args()
    if chosen.url:
        album = tour(chosen.url, chosen.only)
    else:
        with node() as url:
            album = tour(url, chosen.only)
    for problem in album.problems:
        print(problem, file=sys.stderr)
    print(f"{sum(map(len, album.taken.values()))} pictures, {len(album.problems)} problems")
    sys.exit(bool(album.problems))


if __name__ == "__main__":
    main()
