"""The embedded services while the house runs: nobody restarts them, so their death must not go unnoticed."""

import os
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

SERVICES = {"DATABASE_URL": "PostgreSQL", "REDIS_URL": "Valkey"}


def embedded() -> list[str]:
    """The variables of the services that are ours to start: those that the environment does not name."""
    return [variable for variable in SERVICES if variable not in os.environ]


def lost(variables: Iterable[str]) -> str:
    """A sentence about the first of these services that has ended; empty while all listen."""
    for variable in variables:
        address = urlsplit(os.environ[variable])
        try:
            socket.create_connection((address.hostname or "", address.port or 0), timeout=1).close()
        except ConnectionRefusedError:
            return f"The embedded {SERVICES[variable]} has ended: stopping everything. `make run` starts it again."
        except OSError:  # slow is not dead
            continue
    return ""
