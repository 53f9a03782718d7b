"""Bringing together what arrives at the same moment, so that it is worked off together."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

W = TypeVar("W")

logger = logging.getLogger(__name__)
#: More at once would make everybody wait longer than it makes anything cheaper.
BATCH_MOST = 256
#: Whoever comes when so many wait already is asked to come again.
WAITING_MOST = 4_000
#: In a burst, those who have just been answered are waited for so long to ask for the next thing,
#: and so often again as long as they keep coming.
LINGER_SECONDS = 0.001
LINGER_TURNS = 5


class Gatherer(Generic[W]):
    """Hands whatever was `put` to `work`, in batches, on one thread of its own.

    Nothing waits for company: the first one is worked off at once, and those who come meanwhile are
    the next batch. So batches grow with the load, and the work for each shrinks. `work` answers
    everybody in its batch, whatever happens; what it raises nevertheless is logged, and the thread
    goes on.
    """

    def __init__(self, work: Callable[[list[W]], None]) -> None:
        self.work = work
        self.waiting: queue.SimpleQueue[W] = queue.SimpleQueue()
        self.starting = threading.Lock()
        self.thread: threading.Thread | None = None

    def put(self, wanted: W) -> bool:
        """Have something worked off; False when too many wait already. Takes some microseconds."""
        if self.waiting.qsize() >= WAITING_MOST:
            return False
        self.waiting.put(wanted)
        if self.thread is None:
            self.start()
        return True

    def start(self) -> None:
        """Start the thread, in the process that needs it, once."""
        with self.starting:
            if self.thread is None:
                self.thread = threading.Thread(target=self.run, name="gatherer", daemon=True)
                self.thread.start()

    def run(self) -> None:
        """Work until the process ends."""
        while True:
            batch = self.next_batch()
            try:
                self.work(batch)
            except Exception:
                logger.exception("a batch of %d was not answered", len(batch))
            answered = len(batch)
            # Nobody is kept who has been answered: a line that was let go of tells its client.
            del batch
            if answered > 1:
                self.linger(answered)

    def linger(self, answered: int) -> None:
        """Let those who were answered together come back together, as long as more of them come: in
        one batch they cost the database half of what they cost in two. It delays nobody while
        another process commits, which is when they would wait for the stock anyway."""
        had_come = 0
        for _turn in range(LINGER_TURNS):
            time.sleep(LINGER_SECONDS)
            waiting = self.waiting.qsize()
            if waiting == had_come or waiting >= answered:
                return
            had_come = waiting

    def next_batch(self) -> list[W]:
        """Those who wait, the oldest first; waits for the first one."""
        batch = [self.waiting.get()]
        while len(batch) < BATCH_MOST:
            try:
                batch.append(self.waiting.get_nowait())
            except queue.Empty:
                break
        return batch
