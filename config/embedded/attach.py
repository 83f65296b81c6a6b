"""Giving a process the services and secrets it needs, if its environment does not name them."""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from config.embedded.secrets import make_secrets
from config.environment import in_production

# Commands that look at code and files only. All others get a database.
WITHOUT_SERVICES = frozenset(
    {
        "",
        "audit_public_key",
        "check",
        "collectstatic",
        "compilemessages",
        "diffsettings",
        "findstatic",
        "help",
        "makemessages",
        "pack_postcodes",
        "startapp",
        "version",
    }
)


@contextmanager
def attached(command_line: Sequence[str]) -> Iterator[None]:
    """Put services in the environment for a management command, and stop afterwards what this started."""
    name = next((word for word in command_line[1:] if not word.startswith("-")), "")
    asks_help = {"--help", "-h", "--version"} & set(command_line)
    with services("house", wanted=name not in WITHOUT_SERVICES and not asks_help):
        yield


@contextmanager
def services(instance: str, *, wanted: bool = True) -> Iterator[None]:
    """Put the addresses of an embedded instance in the environment where it names no others.

    In production nothing is started and no secret is made.
    """
    if in_production():
        yield
        return
    make_secrets()
    database, broker = "DATABASE_URL" not in os.environ, "REDIS_URL" not in os.environ
    if not wanted or not (database or broker):
        yield
        return
    from config.embedded.instance import Instance

    signal.signal(signal.SIGTERM, leave)
    with Instance(instance).held(database=database, broker=broker) as environment:
        if database:
            environment["EMBEDDED_DATABASE"] = "1"
        os.environ.update(environment)
        try:
            yield
        finally:
            for name in environment:
                os.environ.pop(name, None)


def leave(_number: int, _frame: FrameType | None) -> None:
    """End as a process does that SIGTERM ends, but let go of what is held."""
    sys.exit(128 + signal.SIGTERM)
