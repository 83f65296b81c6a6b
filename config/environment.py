"""Reading the environment: one place that says which variables there are and refuses what makes no sense."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

CLONE = Path(__file__).resolve().parent.parent
LOCAL = CLONE / ".local"
SECRETS = LOCAL / "secrets.env"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def in_production() -> bool:
    """Whether PRODUCTION=1: nothing is made up or read from `.local`, all comes from the environment."""
    return flag("PRODUCTION")


def flag(name: str) -> bool:
    """Read a switch: "1" is on; unset, empty and "0" are off; anything else is refused."""
    value = os.environ.get(name, "")
    if value not in {"", "0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1.")
    return value == "1"


def text(name: str, default: str = "") -> str:
    """Read a text, empty counting as unset."""
    return os.environ.get(name) or default


def number(name: str, default: int) -> int:
    """Read a whole number."""
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number.")
    return int(value)


def listed(name: str) -> list[str]:
    """Read a list separated by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def secret(name: str) -> str:
    """Read a secret from the environment or, in development only, from `.local/secrets.env`.

    Raises:
        ImproperlyConfigured: it is in neither. The message names the variable, never a value.
    """
    value = secret_if_told(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. In development `make run` or any manage.py command makes it.")
    return value


def secret_if_told(name: str) -> str:
    """Read a secret as `secret` does, on a node that may do without: "" there."""
    return os.environ.get(name) or ({} if in_production() else development_secrets()).get(name, "")


def development_secrets() -> dict[str, str]:
    """The keys made for this clone, or nothing if none were made yet."""
    if not SECRETS.exists():
        return {}
    lines = SECRETS.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def database(url: str) -> dict[str, str]:
    """Take `postgresql://role:password@host:port/name` apart into Django's words.

    Raises:
        ImproperlyConfigured: it is no PostgreSQL address.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("A database address must start with postgresql://")
    return {
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "NAME": unquote(parts.path.lstrip("/")),
    }


def database_options(url: str) -> dict[str, str]:
    """What an address asks of the connection after its "?", such as `sslmode=verify-full`, in libpq's words."""
    return dict(parse_qsl(urlsplit(url).query))


def is_loopback(url: str) -> bool:
    """Whether an address can only be reached from this machine."""
    return urlsplit(url).hostname in LOOPBACK
