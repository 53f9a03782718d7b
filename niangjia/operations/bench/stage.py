"""Where benchmarks happen: a node of its own beside the real one, with the whole country."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from niangjia.operations.node import database, loading
from niangjia.operations.node.home import Home
from niangjia.operations.node.terminal import ProgressBar


@contextmanager
def opened(*, divisions: Path | None, grassroots: int) -> Iterator[Home]:
    """Within the block Django works on the benchmark's database, which is filled on first use and
    kept for the next. Its settings add a view that does nothing."""
    home = Home(Home.from_environment().path / "bench")
    home.path.mkdir(exist_ok=True)
    os.environ.pop(database.URL, None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "niangjia.operations.bench.settings"
    os.environ["NIANGJIA_DEMO"] = "0"
    with database.opened(home):
        fill(divisions=divisions, grassroots=grassroots)
        yield home


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
