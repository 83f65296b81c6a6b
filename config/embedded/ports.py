"""Free ports on loopback."""

import random
import socket
from collections.abc import Iterator

# Below what Linux and macOS give to outgoing connections: a server that is away for a moment gets its port back.
RANGE = range(20_000, 32_768)


def free_port(preferred: int | None = None) -> int:
    """A port nobody listens on now, the preferred one if it is free.

    Raises:
        OSError: none of many is free.
    """
    for wanted in _candidates(preferred):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", wanted))
            except OSError:
                continue
            return wanted
    raise OSError("No free port on 127.0.0.1.")


def _candidates(preferred: int | None) -> Iterator[int]:
    if preferred:
        yield preferred
    yield from random.sample(RANGE, 100)  # two that start at once seldom choose the same
