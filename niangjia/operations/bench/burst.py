"""A burst during which a web process and the database die: what was acknowledged is compared with
what is there (promises 19, 20 and 23)."""

import http.client
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from django.db import connection

from niangjia.allocation.models import Claim, Pool
from niangjia.operations import postgres
from niangjia.operations.bench import claim_load
from niangjia.operations.bench.stage import Stage

PEOPLE = 6_000
SUPPLY = 5_000
THREADS = 64
PATIENCE_SECONDS = 180.0
#: Of everybody, how many have been answered when something dies.
KILLS = {0.15: "web", 0.4: "database", 0.7: "web"}


@dataclass
class Survived:
    """What became of a burst. `lost`: acknowledged and not there; `double`: claims more than one of
    somebody's; `oversold`: more than there was."""

    people: int
    #: Begins every key of this burst, so that no key is one of another burst's.
    mark: str = field(default_factory=lambda: secrets.token_hex(6))
    acknowledged: dict[int, str] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    tries: int = 0
    kills: int = 0
    lost: int = 0
    double: int = 0
    oversold: int = 0

    @property
    def answered(self) -> int:
        return len(self.acknowledged) + len(self.refused)

    def figures(self) -> dict[str, float]:
        return {
            "burst_people": self.people,
            "burst_acknowledged": len(self.acknowledged),
            "burst_refused": len(self.refused),
            "burst_tries": self.tries,
            "kills": self.kills,
            "lost": self.lost,
            "double": self.double,
            "oversold": self.oversold,
        }


def survive(stage: Stage, pool: Pool, sessions: Path) -> Survived:
    """Have many people claim while processes are killed, and compare. Everybody asks, under one key
    each, until they are answered. Raises `ValueError` when somebody never was, or was refused while
    there was something left."""
    keys = sessions.read_text().split()[:PEOPLE]
    survived = Survived(people=len(keys))
    with stage.served() as port, asking(survived, keys, str(pool.pk), port):
        for share, what in sorted(KILLS.items()):
            wait_until(lambda share=share: survived.answered >= share * len(keys))  # type: ignore[misc]
            kill(stage, what)
            survived.kills += 1
        wait_until(lambda: survived.answered == len(keys))
    # Of before the database died.
    connection.close()
    compare(survived, pool)
    if set(survived.refused.values()) - {"sold-out"} or len(survived.acknowledged) != SUPPLY:
        raise ValueError(f"{len(survived.acknowledged)}, {set(survived.refused.values())}")
    return survived


@contextmanager
def asking(survived: Survived, keys: list[str], pool: str, port: int) -> Iterator[None]:
    """Within the block everybody asks."""
    waiting = iter(range(len(keys)))
    lock, over = threading.Lock(), threading.Event()

    def ask_on_behalf() -> None:
        while not over.is_set():
            with lock:
                number = next(waiting, None)
            if number is None:
                return
            while not over.is_set() and not ask(survived, number, keys[number], pool, port):
                time.sleep(0.1)

    threads = [threading.Thread(target=ask_on_behalf, daemon=True) for _number in range(THREADS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join(30)


def ask(survived: Survived, number: int, session: str, pool: str, port: int) -> bool:
    """Ask once for one of them; whether they have been answered by now."""
    survived.tries += 1
    head, *lines = (
        claim_load.request(pool, session, f"burst-{survived.mark}-{number}").decode().splitlines()
    )
    headers = dict(line.split(": ", 1) for line in lines if line)
    with (
        suppress(OSError, http.client.HTTPException),
        closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection,
    ):
        connection.request("POST", head.split()[1], headers=headers)
        answer = connection.getresponse()
        said = json.loads(answer.read())
        if answer.status == 201:
            survived.acknowledged[number] = said["claim_id"]
        elif answer.status < 500:
            survived.refused[number] = said["code"]
        return answer.status < 500
    return False


def kill(stage: Stage, what: str) -> None:
    """kill -9; what died is started again as the node's supervisor would."""
    if what == "web":
        # The server's own process starts another worker.
        web_processes()[-1].kill()
        return
    server = psutil.Process(postgres.pid(stage.home.postgres))
    server.kill()
    # What is about to end still counts as running.
    server.wait()
    postgres.start(stage.home.postgres)


def web_processes() -> list[psutil.Process]:
    """The web server that this process has started, and then its workers."""
    found = [
        process
        for process in psutil.Process().children(recursive=True)
        if any("node.serving" in part for part in process.cmdline())
    ]
    return sorted(found, key=lambda process: process.create_time())


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > deadline:
            raise ValueError("not everybody was answered")
        time.sleep(0.02)


def compare(survived: Survived, pool: Pool) -> None:
    """Hold what was acknowledged against the rows."""
    rows = list(Claim.objects.filter(pool=pool).values_list("id", "holder_id"))
    there = {str(claim_id) for claim_id, _holder_id in rows}
    pool.stock.refresh_from_db()
    survived.lost = len(set(survived.acknowledged.values()) - there)
    survived.double = len(rows) - len({holder_id for _claim_id, holder_id in rows})
    survived.oversold = max(0, len(rows) - pool.stock.supply, pool.stock.taken - pool.stock.supply)
