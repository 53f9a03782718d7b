"""Several at the same moment, each on a connection of its own, for tests that commit."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run every work in a thread, all starting together; what each answered or raised."""
    start = threading.Barrier(len(works), timeout=60)
    answers: list[Any] = [None] * len(works)

    def run(index: int) -> None:
        try:
            start.wait()
            answers[index] = works[index]()
        except Exception as error:
            answers[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return answers
