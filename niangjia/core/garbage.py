"""Python's collector of garbage, while much is done at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def set_aside() -> Iterator[None]:
    """Within the block the collector leaves out what there was before it: the code and what it
    keeps, hundreds of thousands of things that are no garbage. Whoever makes some tens of thousands
    of short-lived ones waits a fifth of the time for it to look at all of those again and again.
    What is made in the block is collected as ever, and afterwards everything is."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
