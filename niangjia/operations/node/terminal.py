"""What a person at the terminal sees of long work."""

import sys
import time

BAR = 28
SECONDS_BETWEEN = 0.1


class ProgressBar:
    """One line that fills. Where nobody watches (a file, a pipe), one line at the end."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.started = time.monotonic()
        self.drawn = 0.0
        self.watched = sys.stdout.isatty()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self.watched and now - self.drawn >= SECONDS_BETWEEN:
            self.drawn = now
            share = min(done / total, 1) if total else 1
            filled = round(share * BAR)
            bar = "█" * filled + "·" * (BAR - filled)
            print(f"\r  {self.title:<32} {bar} {share:4.0%}", end="", flush=True)

    def finish(self) -> None:
        """Say that it is done, and how long it took."""
        seconds = time.monotonic() - self.started
        start = "\r" if self.watched else ""
        rest = " " * BAR if self.watched else ""
        print(f"{start}  {self.title:<32} {seconds:5.1f} s {rest}", flush=True)
