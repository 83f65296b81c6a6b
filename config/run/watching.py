"""The embedded services while the house runs: one that has ended is started again, and the house goes on meanwhile."""

import os
import socket
import sys
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

SERVICES = {"DATABASE_URL": "PostgreSQL", "REDIS_URL": "Valkey"}


def embedded() -> list[str]:
    """The variables of the services that are ours to start: those that the environment does not name."""
    return [variable for variable in SERVICES if variable not in os.environ]


def revive(variables: Sequence[str]) -> dict[str, str]:
    """Start again what of these services has ended; the variables that lead there."""
    from config.embedded.instance import Instance

    return Instance("house").revive(database="DATABASE_URL" in variables, broker="REDIS_URL" in variables)


def look_after(variables: Sequence[str], start: Callable[[Sequence[str]], dict[str, str]] = revive) -> str:
    """Start again what of these services has ended. A sentence where that fails; empty while the house can go on."""
    gone = [variable for variable in variables if _refuses(os.environ[variable])]
    if not gone:
        return ""
    names = " and ".join(SERVICES[variable] for variable in gone)
    print(f"The embedded {names} has ended: starting it again.", file=sys.stderr, flush=True)
    try:
        addresses = start(gone)
    except (OSError, RuntimeError) as problem:
        return f"The embedded {names} does not start again: stopping everything. {problem}"
    if any(addresses[variable] != os.environ[variable] for variable in gone):
        return f"Another program has taken the port of the embedded {names}: stopping everything. Start it again."
    return ""


def _refuses(url: str) -> bool:
    address = urlsplit(url)
    try:
        socket.create_connection((address.hostname or "", address.port or 0), timeout=1).close()
    except OSError as problem:
        return isinstance(problem, ConnectionRefusedError)  # slow is not dead
    return False
