"""Python's search for reference cycles, made rare while very many objects without any come and go."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects made before the youngest are searched: about two batches' worth, where Python has 700.
APART = 50_000


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Let the search for cycles run rarely, for the whole process, until the block ends. Rows go without it."""
    usual = gc.get_threshold()
    gc.set_threshold(APART, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
