"""The text of an API key: made by chance, shown once, found by its front and proved by its secret."""

import hashlib
import hmac
import secrets
from typing import NamedTuple

PREFIX = "prevent"  # so that scanners for leaked secrets know one when they see it
_FRONT = "23456789abcdefghjkmnpqrstvwxyz"
_FRONT_LENGTH = 12


class KeyText(NamedTuple):
    """Both halves of a key."""

    front: str
    secret: str

    def __str__(self) -> str:
        return f"{PREFIX}_{self.front}_{self.secret}"


def new_key_text() -> KeyText:
    """A new key: 256 bits of secret behind a front that names it."""
    front = "".join(secrets.choice(_FRONT) for _place in range(_FRONT_LENGTH))
    return KeyText(front, secrets.token_urlsafe(32))


def parse_key_text(text: str) -> KeyText | None:
    """The halves of what somebody sent as their key, or None where it cannot be one."""
    prefix, _, rest = text.partition("_")
    front, _, secret = rest.partition("_")
    if prefix != PREFIX or len(front) != _FRONT_LENGTH or not set(front) <= set(_FRONT) or not secret:
        return None
    return KeyText(front, secret) if secret.isascii() and len(secret) < 100 else None


def hash_secret(secret: str) -> str:
    """What is kept of a secret: SHA-256. It has 256 bits of chance, so nothing slower is needed to protect it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def secret_matches(secret: str, kept: str) -> bool:
    """Whether this is the secret whose hash was kept, in the same time for every wrong one."""
    return hmac.compare_digest(hash_secret(secret), kept)
