"""Keys for a developer's machine, made once for this clone and readable by nobody else."""

import base64
import fcntl
import os
import secrets
from collections.abc import Callable

from config.environment import LOCAL, SECRETS


def _thirty_two_bytes() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


KEYS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(64),
    "DATA_KEY_WRAPPING_KEYS": lambda: f"development:{_thirty_two_bytes()}",
    "CONTACT_CODE_KEY": lambda: secrets.token_urlsafe(32),
    "SEARCH_TERM_KEYS": lambda: secrets.token_urlsafe(32),
    "LEDGER_SIGNING_KEY": _thirty_two_bytes,
}


def make_secrets() -> None:
    """Write to `.local/secrets.env` what it lacks; a key that is there stays. Two processes at once make each once."""
    LOCAL.mkdir(mode=0o755, exist_ok=True)
    descriptor = os.open(SECRETS, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # until it is closed
        written = file.read()
        named = {line.split("=", 1)[0] for line in written.splitlines()}
        lacking = [f"{name}={make()}\n" for name, make in KEYS.items() if name not in named]
        if not written:
            lacking.insert(0, "# For development on this machine only. Whoever loses them loses what was encrypted.\n")
        elif not written.endswith("\n"):
            lacking.insert(0, "\n")
        file.write("".join(lacking))
