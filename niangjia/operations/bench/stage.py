"""Where benchmarks happen: a node of its own beside the real one, with the whole country."""

import os
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from niangjia.operations.bench import load
from niangjia.operations.node import database, loading
from niangjia.operations.node.children import Child
from niangjia.operations.node.home import Home
from niangjia.operations.node.supervisor import web_command
from niangjia.operations.node.terminal import ProgressBar

ROUNDS = 3
READY_SECONDS = 60


@dataclass(frozen=True)
class Stage:
    """A filled node; Django works on its database in this process too."""

    home: Home

    @contextmanager
    def served(self) -> Iterator[int]:
        """Within the block the site is served as `niangjia run` serves it, at the given port."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        web = Child("web", web_command("127.0.0.1", port), self.home)
        web.start()
        try:
            deadline = time.monotonic() + READY_SECONDS
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    if time.monotonic() > deadline or not web.is_alive():
                        raise
                    time.sleep(0.1)
            yield port
        finally:
            web.stop()


def compare(orders: Sequence[load.Order]) -> list[load.Measured]:
    """Measure the orders in turn, round after round, so that whatever else the machine does
    meanwhile hits them alike. A round to warm up comes first. Raises `ValueError` when an answer
    was anything but 200."""
    measured = [load.Measured() for _order in orders]
    for order in orders:
        load.measure(order)
    for _round in range(ROUNDS):
        for order, total in zip(orders, measured, strict=True):
            total.add(load.measure(order))
    for order, total in zip(orders, measured, strict=True):
        if set(total.statuses) != {"200"}:
            raise ValueError(f"{order.paths[0]} answered {total.statuses}")
    return measured


@contextmanager
def opened(*, divisions: Path | None, grassroots: int) -> Iterator[Stage]:
    """Within the block Django works on the benchmark's database, which is filled on first use and
    kept for the next. Its settings add a view that does nothing."""
    home = Home(Home.from_environment().path / "bench")
    home.path.mkdir(exist_ok=True)
    os.environ.pop(database.URL, None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "niangjia.operations.bench.settings"
    os.environ["NIANGJIA_DEMO"] = "0"
    with database.opened(home):
        fill(divisions=divisions, grassroots=grassroots)
        yield Stage(home)


def fill(*, divisions: Path | None, grassroots: int) -> None:
    """Load the data set unless it is there."""
    from niangjia.core import audit
    from niangjia.operations.bench import scale

    area = f"scale-{grassroots}"
    if loading.is_loaded(area):
        return
    bar = ProgressBar("The whole country")
    scale.load(divisions=divisions, grassroots=grassroots, progress=bar)
    audit.record(action="operations.area-loaded", by=None, subject=loading.subject(area))
    bar.finish()
