"""Wrapping of data keys by a key-encryption key: one of the environment, or one that a KMS keeps.

`DATA_KEY_WRAPPING_KEYS` lists them, "id:base64" or "kms:<key id>", with commas: the first wraps, all unwrap, so a new
one can be put in front without losing what older ones wrapped. Each wrapped key says which of them wrapped it.
"""

import base64
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from audit.kms import in_service

NONCE = 12
KMS = "kms"

Given = TypeVar("Given")
Got = TypeVar("Got")


class Wrapped(NamedTuple):
    """A data key as it lies in the database: whose, and by which wrapping key it opens."""

    subject: UUID
    wrapping_key: str
    wrapped: bytes


class WrappingKey(Protocol):
    """What wraps a data key, bound to its subject."""

    @property
    def at_once(self) -> int:
        """How many of its calls wait beside each other; one where nothing is waited for."""

    def wrap(self, key: bytes, *, subject: UUID) -> bytes: ...  # noqa: D102
    def unwrap(self, wrapped: bytes, *, subject: UUID) -> bytes: ...  # noqa: D102


@dataclass(frozen=True)
class InEnvironment:
    """32 bytes of the environment. Wraps by AES-256-GCM: nonce + ciphertext."""

    key: bytes
    at_once: int = 1

    def wrap(self, key: bytes, *, subject: UUID) -> bytes:
        """Wrap a 32-byte data key."""
        return encrypt(self.key, key, bound_to=f"data-key:{subject}")

    def unwrap(self, wrapped: bytes, *, subject: UUID) -> bytes:
        """The data key. Raises InvalidTag."""
        return decrypt(self.key, wrapped, bound_to=f"data-key:{subject}")


def wrapping_keys() -> dict[str, WrappingKey]:
    """The wrapping keys by their names, the one that wraps first. Raises ImproperlyConfigured."""
    return _wrapping_keys(settings.DATA_KEY_WRAPPING_KEYS)


@lru_cache(maxsize=4)
def _wrapping_keys(setting: str) -> dict[str, WrappingKey]:
    parts = [part.strip() for part in setting.split(",") if part.strip()]
    if not parts:
        raise ImproperlyConfigured("DATA_KEY_WRAPPING_KEYS is empty.")
    return dict(_named(*part.partition(":")[::2]) for part in parts)


def _named(name: str, text: str) -> tuple[str, WrappingKey]:
    if name == KMS:
        return f"{KMS}:{text}", in_service(text)
    key = base64.b64decode(text)
    if len(key) != 32:
        raise ImproperlyConfigured("DATA_KEY_WRAPPING_KEYS must be id:base64 pairs of 32-byte keys, or kms:<key id>.")
    return name, InEnvironment(key)


def wrap(key: bytes, *, subject: UUID) -> Wrapped:
    """Wrap a 32-byte data key by the first of the wrapping keys."""
    (wrapped,) = wrap_all([(subject, key)])
    return wrapped


def wrap_all(keys: Iterable[tuple[UUID, bytes]]) -> list[Wrapped]:
    """Wrap many data keys, beside each other where a service is asked for each."""
    name, by = next(iter(wrapping_keys().items()))
    return _each(lambda pair: Wrapped(pair[0], name, by.wrap(pair[1], subject=pair[0])), list(keys), by.at_once)


def _named_by(one: Wrapped) -> WrappingKey:
    found = wrapping_keys().get(one.wrapping_key)
    if found is None:
        raise ImproperlyConfigured(
            f"A data key was wrapped by {one.wrapping_key}, which DATA_KEY_WRAPPING_KEYS does not list: put it behind "
            "the others until `manage.py rotate_wrapping_keys` says that it wraps nothing."
        )
    return found


def unwrap(one: Wrapped) -> bytes:
    """The data key. Raises ImproperlyConfigured for an unknown wrapping key, InvalidTag if it was tampered with."""
    return _named_by(one).unwrap(one.wrapped, subject=one.subject)


def unwrap_all(many: Iterable[Wrapped]) -> list[bytes | None]:
    """The data keys in the same order, None for one that was tampered with. Raises ImproperlyConfigured."""
    rows = list(many)
    at_once = max((_named_by(row).at_once for row in rows), default=1)
    return _each(_unwrapped, rows, at_once)


def _unwrapped(one: Wrapped) -> bytes | None:
    try:
        return unwrap(one)
    except InvalidTag:
        return None


def _each(do: Callable[[Given], Got], items: list[Given], at_once: int) -> list[Got]:
    threads = min(at_once, len(items))
    if threads <= 1:
        return [do(item) for item in items]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(do, items))


def encrypt(key: bytes, plain: bytes, *, bound_to: str) -> bytes:
    """AES-256-GCM under a fresh 96-bit nonce; `bound_to` is authenticated: the text opens nowhere else."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to.encode())


def decrypt(key: bytes, sealed: bytes, *, bound_to: str) -> bytes:
    """Undo `encrypt`. Raises cryptography.exceptions.InvalidTag if any bit or the place differs."""
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound_to.encode())
