"""One run of the house for each clone."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Another `make run` of this clone is running."""


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold the lock of this clone; the kernel frees it on any death. Raises AlreadyRunning."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise AlreadyRunning("This clone is running already: stop it with Ctrl-C where it was started.") from None
    try:
        yield
    finally:
        os.close(descriptor)
